import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Looks } from '../../src/looks.js'
import { SourceFilesOnDisk } from '../../src/source-files-disk.js'
import { SourceTextCache } from '../../src/source-text-cache.js'
import { tempTree } from './temp-tree.js'

const open = (looks?: Looks) => new SourceFilesOnDisk(new SourceTextCache(), looks)

describe('SourceFilesOnDisk.readText', () => {
  it('gives the text without its BOM and with its line ends', () => {
    const root = tempTree({ 'a.md': '\uFEFFone\r\ntwo\n' })

    expect(open().readText(join(root, 'a.md'), root)).toEqual({
      ok: true,
      value: { path: join(root, 'a.md'), text: 'one\r\ntwo\n', hadBom: true },
    })
  })

  it('says that a file is missing, as something other than a problem', () => {
    const root = tempTree()

    expect(open().readText(join(root, 'a.md'), root)).toMatchObject({ ok: false, missing: true })
    expect(open().readText(join(root, 'no/such/a.md'), root)).toMatchObject({ ok: false, missing: true })
  })

  it('C2: refuses bytes that are not UTF-8, naming the file and the place', () => {
    const root = tempTree({ 'a.md': new Uint8Array([0x68, 0x0a, 0x69, 0xff, 0x0a]) })

    expect(open().readText(join(root, 'a.md'), root)).toMatchObject({
      missing: false,
      problem: {
        subErrorType: 'invalid_utf8',
        source: join(root, 'a.md'),
        message: expect.stringMatching(/a\.md: .*UTF-8.*line 2/),
      },
    })
  })

  it('refuses a file of 100 MB without reading it', () => {
    const root = tempTree({ 'a.md': '' })
    truncateSync(join(root, 'a.md'), 100 * 1024 * 1024)

    expect(open().readText(join(root, 'a.md'), root)).toMatchObject({ problem: { subErrorType: 'too_large' } })
  })

  it('follows a link inside the root', () => {
    const root = tempTree({ 'real/a.md': 'text', 'link.md': { link: 'real/a.md' }, folder: { link: 'real' } })

    expect(open().readText(join(root, 'link.md'), root)).toMatchObject({ ok: true, value: { text: 'text' } })
    expect(open().readText(join(root, 'folder/a.md'), root)).toMatchObject({ ok: true, value: { text: 'text' } })
  })

  it('B12: does not read what a link leads to outside the root, whether the file or a folder on the way is the link', () => {
    const outside = tempTree({ 'secret.md': 'secret' })
    const root = tempTree({ 'a.md': { link: join(outside, 'secret.md') }, folder: { link: outside } })

    expect(open().readText(join(root, 'a.md'), root)).toMatchObject({
      missing: false,
      problem: { subErrorType: 'outside_root' },
    })
    expect(open().readText(join(root, 'folder/secret.md'), root)).toMatchObject({
      problem: { subErrorType: 'outside_root' },
    })
    expect(open().readText(join(root, '../x'), root)).toMatchObject({ problem: { subErrorType: 'outside_root' } })
  })

  it('works under a root that is itself reached by a link', () => {
    const real = tempTree({ 'a.md': 'text' })
    const other = tempTree({ root: { link: real } })

    expect(open().readText(join(other, 'root/a.md'), join(other, 'root'))).toMatchObject({ ok: true })
  })

  it('refuses folders, broken links and links in a circle, each by its name', () => {
    const root = tempTree({
      'd.md': { folder: true },
      'b.md': { link: 'nothing' },
      'l.md': { link: 'm.md' },
      'm.md': { link: 'l.md' },
    })
    const codeOf = (name: string) => {
      const read = open().readText(join(root, name), root)
      return read.ok ? 'ok' : read.problem.subErrorType
    }

    expect(['d.md', 'b.md', 'l.md'].map(codeOf)).toEqual(['not_a_file', 'broken_link', 'link_loop'])
  })

  it('reads a changed file again, though it has read it before', () => {
    const root = tempTree({ 'a.md': 'one' })
    const cache = new SourceTextCache()
    const read = () => new SourceFilesOnDisk(cache).readText(join(root, 'a.md'), root)
    const first = read()

    writeFileSync(join(root, 'a.md'), 'second')

    expect(first).toMatchObject({ value: { text: 'one' } })
    expect(read()).toMatchObject({ value: { text: 'second' } })
  })
})

describe('SourceFilesOnDisk.readJson', () => {
  it('names file, line and column of what is wrong', () => {
    const root = tempTree({ 's.json': '{\n  "a": 1,\n  b: 2\n}' })

    expect(open().readJson(join(root, 's.json'), root)).toMatchObject({
      missing: false,
      problem: { subErrorType: 'invalid_source_json', line: 3, message: expect.stringContaining('s.json') },
    })
  })

  it('refuses comments: the settings are strict JSON', () => {
    const root = tempTree({ 's.json': '{ // why\n}' })

    expect(open().readJson(join(root, 's.json'), root).ok).toBe(false)
  })

  it('refuses a __proto__ key, also in disguise', () => {
    const root = tempTree({ 'a.json': '{"__proto__": {"x": 1}}', 'b.json': '{"\\u005f_proto__": {"x": 1}}' })

    expect(open().readJson(join(root, 'a.json'), root).ok).toBe(false)
    expect(open().readJson(join(root, 'b.json'), root).ok).toBe(false)
  })

  it('C16: puts a replacement character for half a surrogate pair, and leaves whole pairs alone', () => {
    const root = tempTree({ 's.json': '{"a": ["\\ud800x", "\\ud83d\\ude00"]}' })

    expect(open().readJson(join(root, 's.json'), root)).toEqual({ ok: true, value: { a: ['\ufffdx', '😀'] } })
  })
})

describe('SourceFilesOnDisk.list', () => {
  it('C11: gives entries in byte order, with what their links lead to', () => {
    const outside = tempTree()
    const root = tempTree({
      'b.md': { text: 'b', mode: 0o755 },
      'B.md': 'B',
      sub: { folder: true },
      in: { link: 'sub' },
      out: { link: outside },
      gone: { link: 'nothing' },
      up: { link: '.' },
    })

    const listed = open().list(root, root)

    expect(listed.ok && listed.value.map(({ name, type, viaLink }) => [name, type, viaLink])).toEqual([
      ['B.md', 'file', false],
      ['b.md', 'file', false],
      ['gone', 'broken', true],
      ['in', 'directory', true],
      ['out', 'outside', true],
      ['sub', 'directory', false],
      ['up', 'loop', true],
    ])
    expect(listed.ok && listed.value.find(({ name }) => name === 'b.md')?.mode).toBe(0o755)
  })

  it('finds a circle of two folders that link to each other', () => {
    const root = tempTree({ 'a/to-b': { link: '../b' }, 'b/to-a': { link: '../a' } })
    const files = open()

    const inA = files.list(join(root, 'a'), root)
    const inB = files.list(join(root, 'a/to-b'), root)

    expect(inA.ok && inA.value[0]?.type).toBe('directory')
    expect(inB.ok && inB.value[0]?.type).toBe('loop')
  })

  it('gives nothing for a missing folder, and a problem for a file', () => {
    const root = tempTree({ file: 'x' })

    expect(open().list(join(root, 'none'), root)).toEqual({ ok: true, value: [] })
    expect(open().list(join(root, 'file'), root)).toMatchObject({
      ok: false,
      problem: { subErrorType: 'not_a_directory' },
    })
  })
})

describe('Looks', () => {
  it('holds while nothing changes, and no longer when a file or the list of a folder does', () => {
    const root = tempTree({ 'a.md': 'one' })
    const looks = new Looks()
    const files = open(looks)
    files.readText(join(root, 'a.md'), root)
    files.list(join(root, 'sub'), root)
    expect(looks.holds()).toBe(true)

    mkdirSync(join(root, 'sub'))

    expect(looks.holds()).toBe(false)
  })

  it('is not settled while a file has only just changed', () => {
    const root = tempTree({ 'a.md': 'one' })
    const looks = new Looks()

    open(looks).readText(join(root, 'a.md'), root)

    expect(looks.settledBefore(Date.now())).toBe(false)
    expect(looks.settledBefore(Date.now() + 1_000)).toBe(true)
  })
})

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type Change, ChangeConflict, homeLayout, OutsideRootError } from '@gangway/home'
import { type ApplyOptions, applyChange } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../src/files/digest.js'
import { temporaryFolder, treeOf, write } from '../folder.js'

function place(): { root: string; options: ApplyOptions } {
  const root = temporaryFolder()
  return { root, options: { roots: [root], locksDir: homeLayout(join(root, 'home')).locksDir } }
}

describe('applying a change', () => {
  it('writes a new file with its folders and mode', async () => {
    const { root, options } = place()

    await applyChange({ type: 'writeFile', path: join(root, 'a', 'b.sh'), content: 'x', mode: 0o755 }, options)

    expect(treeOf(root)).toEqual({ a: 'folder', 'a/b.sh': '755 x' })
  })

  it('refuses to write over a file that has content, and writes over a blank one', async () => {
    const { root, options } = place()
    const path = write(join(root, 'AGENTS.md'), 'mine')
    const blank = write(join(root, 'blank.md'), ' \n\n')

    await expect(applyChange({ type: 'writeFile', path, content: 'x' }, options)).rejects.toThrow(ChangeConflict)
    await applyChange({ type: 'writeFile', path: blank, content: 'x' }, options)

    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect(readFileSync(blank, 'utf8')).toBe('x')
  })

  it('replaces exactly the file that was planned', async () => {
    const { root, options } = place()
    const path = write(join(root, 'AGENTS.md'), 'mine')
    const change: Change = { type: 'writeFile', path, content: 'mine and more', replaces: digestOf('mine') }

    await applyChange(change, options)

    expect(readFileSync(path, 'utf8')).toBe('mine and more')
    await expect(applyChange(change, options)).rejects.toThrow('its content is another')
    expect(treeOf(root)['AGENTS.md']).toBe('644 mine and more')
  })

  it('merges into what is in the file at that moment', async () => {
    const { root, options } = place()
    const path = write(join(root, 'config.toml'), '# mine\nmodel = "m"\n')

    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        applyChange({ type: 'mergeToml', path, patch: { mcp_servers: { [name]: { command: name } } } }, options),
      ),
    )
    await applyChange(
      { type: 'mergeJson', path: join(root, 'hooks.json'), patch: { hooks: { Stop: { $append: [1] } } } },
      options,
    )

    const text = readFileSync(path, 'utf8')
    expect(text.startsWith('# mine\nmodel = "m"\n')).toBe(true)
    for (const name of ['a', 'b', 'c']) expect(text).toContain(`[mcp_servers.${name}]\ncommand = "${name}"`)
    expect(JSON.parse(readFileSync(join(root, 'hooks.json'), 'utf8'))).toEqual({ hooks: { Stop: [1] } })
  })

  it('leaves a file alone that does not parse', async () => {
    const { root, options } = place()
    const path = write(join(root, 'config.toml'), 'a = \n')

    await expect(applyChange({ type: 'mergeToml', path, patch: { a: 1 } }, options)).rejects.toThrow('line 1, column 5')

    expect(readFileSync(path, 'utf8')).toBe('a = \n')
  })

  it('names a file that is not UTF-8', async () => {
    const { root, options } = place()
    const path = write(join(root, 'config.toml'), Buffer.from([0x61, 0xe9, 0x0a]))

    await expect(applyChange({ type: 'mergeToml', path, patch: { a: 1 } }, options)).rejects.toThrow(
      `not valid UTF-8 (${path})`,
    )
  })

  it('makes a folder whole, with modes and empty folders', async () => {
    const { root, options } = place()
    const source = write(join(root, 'source', 'run.sh'), 'echo')

    await applyChange(
      {
        type: 'copyTree',
        path: join(root, 'skills', 'one'),
        files: [
          { relativePath: 'SKILL.md', content: '# one', mode: 0o600 },
          { relativePath: 'bin/deep/run.sh', source, mode: 0o775 },
        ],
        folders: ['empty/inner'],
      },
      options,
    )

    expect(treeOf(join(root, 'skills'))).toEqual({
      one: 'folder',
      'one/SKILL.md': '600 # one',
      'one/bin': 'folder',
      'one/bin/deep': 'folder',
      'one/bin/deep/run.sh': '775 echo',
      'one/empty': 'folder',
      'one/empty/inner': 'folder',
    })
  })

  it('copies files of any size byte for byte, with the rights of each where the change names none', async () => {
    const { root, options } = place()
    const page = 64 * 1024
    const sizes = [0, 1, page - 1, page, page + 1, 3 * page]
    const contents = sizes.map((size) => Buffer.alloc(size, String(size)))
    const sources = contents.map((bytes, index) => write(join(root, 'from', String(index)), bytes.toString()))
    chmodSync(sources[1]!, 0o755)
    chmodSync(sources[5]!, 0o666)
    const files = sources.map((source, index) => ({ relativePath: `copy-${index}`, source }))

    await applyChange({ type: 'copyTree', path: join(root, 'to'), files }, options)

    const copies = files.map(({ relativePath }) => join(root, 'to', relativePath))
    expect(copies.map((path, index) => readFileSync(path).equals(contents[index]!))).toEqual(sizes.map(() => true))
    expect(copies.map((path) => statSync(path).mode)).toEqual(sources.map((path) => statSync(path).mode))
  })

  it('leaves nothing of a folder when one of its files cannot be read', async () => {
    const { root, options } = place()
    const files = [
      { relativePath: 'SKILL.md', content: '# one', mode: 0o600 },
      { relativePath: 'gone', source: join(root, 'none'), mode: 0o600 },
    ]

    await expect(applyChange({ type: 'copyTree', path: join(root, 's', 'one'), files }, options)).rejects.toThrow(
      'ENOENT',
    )

    expect(readdirSync(join(root, 's'))).toEqual([])
  })

  it('refuses a folder that is there already', async () => {
    const { root, options } = place()
    write(join(root, 's', 'one', 'mine'), 'x')

    await expect(applyChange({ type: 'copyTree', path: join(root, 's', 'one'), files: [] }, options)).rejects.toThrow(
      ChangeConflict,
    )
    await expect(
      applyChange({ type: 'copyTree', path: join(root, 's', 'one'), files: [], replace: true }, options),
    ).rejects.toThrow('without a journal')

    expect(readdirSync(join(root, 's', 'one'))).toEqual(['mine'])
  })
})

describe('a change that would write outside its roots', () => {
  const cases: readonly [string, (root: string) => Change][] = [
    ['beside the root', (root) => ({ type: 'writeFile', path: `${root}-2/x`, content: '' })],
    ['above it by dots', (root) => ({ type: 'writeFile', path: `${root}/inside/../../x`, content: '' })],
    ['relative', () => ({ type: 'writeFile', path: 'x', content: '' })],
    ['the root itself', (root) => ({ type: 'copyTree', path: join(root, 'inside'), files: [] })],
    ['by dots in a tree', (root) => tree(root, '../x')],
    ['by an absolute path in a tree', (root) => tree(root, '/x')],
    ['by a NUL in a tree', (root) => tree(root, 'a\u0000b')],
    ['through a linked folder', (root) => ({ type: 'writeFile', path: join(root, 'inside', 'out', 'x'), content: '' })],
    [
      'through a linked folder deeper down',
      (root) => ({ type: 'copyTree', path: join(root, 'inside', 'out', 'a', 'b'), files: [] }),
    ],
    [
      'through a linked file',
      (root) => ({ type: 'mergeToml', path: join(root, 'inside', 'file.toml'), patch: { a: 1 } }),
    ],
    [
      'through a link without a goal',
      (root) => ({ type: 'writeFile', path: join(root, 'inside', 'dangling'), content: '' }),
    ],
  ]
  const tree = (root: string, relativePath: string): Change => ({
    type: 'copyTree',
    path: join(root, 'inside', 'one'),
    files: [{ relativePath, content: 'x', mode: 0o644 }],
  })

  function hostilePlace(): { root: string; options: ApplyOptions } {
    const root = temporaryFolder()
    mkdirSync(join(root, 'inside'))
    mkdirSync(join(root, 'elsewhere'))
    write(join(root, 'elsewhere', 'file.toml'), 'x = 1\n')
    symlinkSync('../elsewhere', join(root, 'inside', 'out'))
    symlinkSync('../elsewhere/file.toml', join(root, 'inside', 'file.toml'))
    symlinkSync('../elsewhere/new', join(root, 'inside', 'dangling'))
    return { root, options: { roots: [join(root, 'inside')], locksDir: join(root, 'gangway', 'locks') } }
  }

  for (const [name, change] of cases) {
    it(`is refused: ${name}`, async () => {
      const { root, options } = hostilePlace()
      const before = treeOf(root)

      await expect(applyChange(change(root), options)).rejects.toThrow(OutsideRootError)

      expect(treeOf(root)).toEqual(before)
    })
  }

  it('is made all the same where the person themself has linked elsewhere', async () => {
    const { root, options } = hostilePlace()
    const roots = [{ path: join(root, 'inside'), linksMayLeave: true }]

    await applyChange(
      { type: 'mergeToml', path: join(root, 'inside', 'file.toml'), patch: { a: 1 } },
      { ...options, roots },
    )

    expect(readFileSync(join(root, 'elsewhere', 'file.toml'), 'utf8')).toBe('x = 1\na = 1\n')
    expect(statSync(join(root, 'elsewhere', 'file.toml')).isFile()).toBe(true)
  })
})

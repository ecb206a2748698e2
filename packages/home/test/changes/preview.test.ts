import { join } from 'node:path'
import { ChangeConflict } from '@gangway/home'
import { previewChanges } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../src/files/digest.js'
import { temporaryFolder, treeOf, write } from '../folder.js'

describe('a preview', () => {
  it('C9: shows each file once, before and after all changes, and writes nothing', () => {
    const root = temporaryFolder()
    const config = write(join(root, 'config.toml'), '# c\nmodel = "m"\n')
    const agents = write(join(root, 'AGENTS.md'), 'old')
    const before = treeOf(root)

    const files = previewChanges([
      { type: 'mergeToml', path: config, patch: { a: { x: 1 } } },
      { type: 'writeFile', path: agents, content: 'new', replaces: digestOf('old') },
      { type: 'mergeToml', path: config, patch: { b: { y: 2 } } },
      { type: 'mergeJson', path: join(root, 'hooks.json'), patch: { hooks: {} } },
      {
        type: 'copyTree',
        path: join(root, 's', 'one'),
        files: [{ relativePath: 'a/b', content: Buffer.from([0, 255]), mode: 0o644 }],
      },
    ])

    expect(files).toEqual([
      {
        path: config,
        status: 'modify',
        before: '# c\nmodel = "m"\n',
        after: '# c\nmodel = "m"\n\n[a]\nx = 1\n\n[b]\ny = 2\n',
        changes: [0, 2],
      },
      { path: agents, status: 'replace', before: 'old', after: 'new', changes: [1] },
      {
        path: join(root, 'hooks.json'),
        status: 'create',
        before: undefined,
        after: '{\n  "hooks": {}\n}\n',
        changes: [3],
      },
      {
        path: join(root, 's', 'one', 'a', 'b'),
        status: 'create',
        before: undefined,
        after: Buffer.from([0, 255]),
        changes: [4],
      },
    ])
    expect(treeOf(root)).toEqual(before)
  })

  it('shows a text that something is added to as changed, not as replaced', () => {
    const agents = write(join(temporaryFolder(), 'AGENTS.md'), 'mine\n')

    const files = previewChanges([
      { type: 'writeFile', path: agents, content: 'mine\n\nadded\n', replaces: digestOf('mine\n') },
    ])

    expect(files.map(({ status }) => status)).toEqual(['modify'])
  })

  it('leaves out files that stay as they are', () => {
    const config = write(join(temporaryFolder(), 'config.toml'), 'a = 1\n')

    expect(previewChanges([{ type: 'mergeToml', path: config, patch: { a: 1 } }])).toEqual([])
  })

  it('shows what a replaced folder loses', () => {
    const root = temporaryFolder()
    write(join(root, 'one', 'old'), 'o')
    write(join(root, 'one', 'both'), 'b')

    const files = previewChanges([
      {
        type: 'copyTree',
        path: join(root, 'one'),
        replace: true,
        files: [{ relativePath: 'both', content: 'c', mode: 0o644 }],
      },
    ])

    expect(files).toEqual([
      { path: join(root, 'one', 'both'), status: 'replace', before: 'b', after: 'c', changes: [0] },
      { path: join(root, 'one', 'old'), status: 'replace', before: 'o', after: undefined, changes: [0] },
    ])
  })

  it('refuses what applying would refuse', () => {
    const root = temporaryFolder()
    const path = write(join(root, 'one', 'x'), 'x')

    expect(() => previewChanges([{ type: 'writeFile', path, content: 'y' }])).toThrow(ChangeConflict)
    expect(() => previewChanges([{ type: 'copyTree', path: join(root, 'one'), files: [] }])).toThrow(ChangeConflict)
    expect(() => previewChanges([{ type: 'writeFile', path: join(root, 'one'), content: 'y' }])).toThrow(
      'it is a folder',
    )
  })
})

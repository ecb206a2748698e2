import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PlannedFiles } from '../../src/planned-files.js'
import { TargetSide } from '../../src/target-view.js'
import { tempTree } from './temp-tree.js'

describe('the view of the target', () => {
  it('sees what is on the disk, links followed', () => {
    const root = tempTree({
      'a.toml': 'x = 1\n',
      'b.json': '{"x": [1]} // why',
      sub: { link: '.' },
      gone: { link: 'nothing' },
    })
    const view = new TargetSide({ planned: new PlannedFiles() }).viewFor('CONFIG')

    expect(view.toml(join(root, 'a.toml'))).toEqual({ x: 1 })
    expect(view.json(join(root, 'b.json'))).toEqual({ x: [1] })
    expect(view.toml(join(root, 'none.toml'))).toBeUndefined()
    expect(['a.toml', 'sub', 'gone', 'none'].map((name) => view.kindOf(join(root, name)))).toEqual([
      'file',
      'directory',
      'other',
      'missing',
    ])
    expect([...view.names(root)].sort()).toEqual(['a.toml', 'b.json', 'gone', 'sub'])
    expect(view.digest(join(root, 'a.toml'))).toMatch(/^[0-9a-f]{64}$/)
  })

  it('takes a blank document for none', () => {
    const root = tempTree({ 'a.toml': ' \n', 'b.json': '' })
    const view = new TargetSide({ planned: new PlannedFiles() }).viewFor('CONFIG')

    expect(view.toml(join(root, 'a.toml'))).toBeUndefined()
    expect(view.json(join(root, 'b.json'))).toBeUndefined()
  })

  it('throws the failure of the item for a document that does not parse or is not UTF-8', () => {
    const root = tempTree({ 'a.toml': 'x = = 1', 'b.json': '[]', 'c.toml': new Uint8Array([0xff]) })
    const view = new TargetSide({ planned: new PlannedFiles() }).viewFor('MCP_SERVER_CONFIG')

    expect(() => view.toml(join(root, 'a.toml'))).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          itemType: 'MCP_SERVER_CONFIG',
          errorType: 'invalid_existing_config',
          source: join(root, 'a.toml'),
          line: 1,
        }),
      }),
    )
    expect(() => view.json(join(root, 'b.json'))).toThrow('the root must be an object')
    expect(() => view.toml(join(root, 'c.toml'))).toThrow('not valid UTF-8')
  })

  it('sees what earlier items of the plan will have done', () => {
    const root = tempTree({ 'config.toml': '# mine\nmodel = "x"\n' })
    const side = new TargetSide({ planned: new PlannedFiles() })
    const path = join(root, 'config.toml')
    side.plan([{ type: 'mergeToml', path, patch: { mcp_servers: { a: { command: 'x' } } } }], 'CONFIG')
    side.plan([{ type: 'mergeToml', path, patch: { sandbox_mode: 'read-only' } }], 'CONFIG')
    const view = side.viewFor('CONFIG')

    expect(view.toml(path)).toEqual({ model: 'x', sandbox_mode: 'read-only', mcp_servers: { a: { command: 'x' } } })
    expect(view.text(path)).toContain('# mine')
    expect(view.text(path)).toContain('[mcp_servers.a]')
  })

  it('sees planned files and folders, also those inside a copied one', () => {
    const root = tempTree({ 'skills/old/SKILL.md': 'x' })
    const side = new TargetSide({ planned: new PlannedFiles() })
    side.plan(
      [
        {
          type: 'copyTree',
          path: join(root, 'skills/new'),
          files: [{ relativePath: 'a/b.md', content: 'text', mode: 0o644 }],
        },
        { type: 'writeFile', path: join(root, 'deep/er/c.md'), content: 'c' },
      ],
      'SKILLS',
    )
    const view = side.viewFor('SKILLS')

    expect([...view.names(join(root, 'skills'))].sort()).toEqual(['new', 'old'])
    expect(view.kindOf(join(root, 'skills/new/a'))).toBe('directory')
    expect(view.text(join(root, 'skills/new/a/b.md'))).toBe('text')
    expect(view.kindOf(join(root, 'skills/new/x'))).toBe('missing')
    expect([...view.names(join(root, 'skills/new/a'))]).toEqual(['b.md'])
    expect(view.kindOf(join(root, 'deep/er'))).toBe('directory')
    expect(view.holds(join(root, 'deep/er/c.md'), { content: 'c' })).toBe(true)
  })

  it('says why nothing can be made below a file', () => {
    const root = tempTree({ file: 'x' })
    const view = new TargetSide({ planned: new PlannedFiles() }).viewFor('SKILLS')

    expect(view.blockedBecause(join(root, 'file/a/b'))).toMatchObject({
      subErrorType: 'target_not_directory',
      source: join(root, 'file'),
    })
    expect(view.blockedBecause(join(root, 'new/a/b'))).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { mcpServersKind } from '../../src/kinds/mcp-servers.js'
import { mcpServersReader } from '../../src/sources/claude-code/mcp-servers.js'
import { account, journey } from '../config/bring.js'
import { grow, type TreeNode, tempTree } from '../core/temp-tree.js'

const json = (value: unknown) => JSON.stringify(value)

function place(
  tree: { readonly [path: string]: TreeNode },
  from: 'home' | 'repo',
  configDir?: (root: string) => string,
) {
  const root = tempTree(tree)
  return { root, ...journey(mcpServersReader, mcpServersKind, root, from, configDir?.(root)) }
}

/** Command of each server. */
function commands(found: ReturnType<typeof place>) {
  return Object.fromEntries(
    found.read().artifacts.map(({ name, members }) => [name, members.find(({ key }) => key === 'command')?.value]),
  )
}

describe('where servers are stated', () => {
  it('lets later files of a home win over earlier ones, and accounts for what lost', () => {
    const found = place(
      {
        'home/.mcp.json': json({ mcpServers: { a: { command: 'mcp.json' }, m: { command: 'm' } } }),
        'home/.claude.json': json({ mcpServers: { a: { command: 'claude.json' } } }),
      },
      'home',
    )

    expect(commands(found)).toEqual({ a: 'claude.json', m: 'm' })
    expect(account(found.plan(), found.read())['.mcp.json#/mcpServers/a']).toBe('dropped:overridden')
  })

  it("takes a repository's own servers before what the person has for it", () => {
    const tree = {
      'repo/.git/HEAD': 'x',
      'repo/.mcp.json': json({ mcpServers: { shared: { command: 'from-mcp-json' } } }),
    }
    const found = place(tree, 'repo')
    const mine = { shared: { command: 'mine' }, own: { command: 'own' } }
    grow(found.root, { 'home/.claude.json': json({ projects: { [`${found.root}/repo`]: { mcpServers: mine } } }) })

    expect(commands(found)).toEqual({ shared: 'from-mcp-json', own: 'own' })
  })

  it('A20: finds .claude.json in the folder that CLAUDE_CONFIG_DIR names', () => {
    const found = place(
      {
        'home/.claude.json': json({ mcpServers: { wrong: { command: 'w' } } }),
        'moved/.claude.json': json({ mcpServers: { right: { command: 'r' } } }),
      },
      'home',
      (root) => `${root}/moved`,
    )

    expect(commands(found)).toEqual({ right: 'r' })
  })

  it('A7: asks enabledMcpjsonServers about servers of .mcp.json only', () => {
    const found = place(
      {
        'repo/.git/HEAD': 'x',
        'repo/.mcp.json': json({
          mcpServers: { yes: { command: 'y' }, no: { command: 'n' }, never: { command: 'v' } },
        }),
        'repo/.claude.json': json({ mcpServers: { user: { command: 'u' } } }),
        'repo/.claude/settings.json': json({
          enabledMcpjsonServers: ['yes', 'never'],
          disabledMcpjsonServers: ['never'],
        }),
      },
      'repo',
    )

    expect(found.read().artifacts.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['never', false],
      ['no', false],
      ['user', true],
      ['yes', true],
    ])
  })

  it("heeds the home's lists when the repository has none", () => {
    const found = place(
      {
        'repo/.git/HEAD': 'x',
        'repo/.mcp.json': json({ mcpServers: { a: { command: 'a' } } }),
        'home/.claude/settings.json': json({ disabledMcpjsonServers: ['a'] }),
      },
      'repo',
    )

    expect(found.read().artifacts.map(({ enabled }) => enabled)).toEqual([false])
  })
})

describe('files that cannot be read', () => {
  it('C2: name the file, the line and the column', () => {
    const found = place({ 'home/.claude.json': '{\n nope' }, 'home')

    expect(found.read().problem).toMatchObject({
      itemType: 'MCP_SERVER_CONFIG',
      subErrorType: 'invalid_source_json',
      source: `${found.root}/home/.claude.json`,
      line: 2,
      column: 2,
    })
  })

  it('C2: name .mcp.json when its root is no object, and the settings when they are broken', () => {
    const list = place({ 'home/.mcp.json': '[]' }, 'home')
    const settings = place(
      { 'home/.mcp.json': json({ mcpServers: { a: { command: 'a' } } }), 'home/.claude/settings.json': '{' },
      'home',
    )

    expect(list.read().problem?.message).toContain('.mcp.json')
    expect(settings.read().problem?.source).toBe(`${settings.root}/home/.claude/settings.json`)
  })

  it('cannot reach out of the home by a link', () => {
    const found = place(
      {
        'outside.json': json({ mcpServers: { a: { command: 'a' } } }),
        'home/.claude.json': { link: '../outside.json' },
      },
      'home',
    )

    expect(found.read().artifacts).toEqual([])
    expect(found.read().problem?.message).toContain('.claude.json')
  })
})

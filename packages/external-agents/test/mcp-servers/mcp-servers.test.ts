// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of the source are what is tested

import { describe, expect, it } from 'vitest'
import { mcpServersKind } from '../../src/kinds/mcp-servers.js'
import { mcpServersReader } from '../../src/sources/claude-code/mcp-servers.js'
import { account, journey, outcomes, textsBelow } from '../config/bring.js'
import { type TreeNode, tempTree } from '../core/temp-tree.js'

type Tree = { readonly [path: string]: TreeNode }

const homeWith = (servers: unknown, tree: Tree = {}) => {
  const root = tempTree({ ...tree, 'home/.claude.json': JSON.stringify({ mcpServers: servers }) })
  const way = journey(mcpServersReader, mcpServersKind, root)
  return { root, ...way, config: () => textsBelow(`${root}/home/.codex`)['config.toml'] }
}

describe('servers of a home', () => {
  it('arrive where the reference brings them, in byte order', async () => {
    const { config, bring, offered } = homeWith({
      stdio1: { type: 'stdio', command: 'npx', args: ['-y', '@x/server', 7], env: { K: 'v', MODE: '${MODE}', N: 5 } },
      http1: {
        type: 'http',
        url: 'https://mcp.example.com/a',
        headers: { Authorization: 'Bearer ${GH_TOKEN}', 'X-Static': 's', 'X-Env': '${XENV}', 'X-Num': 3 },
      },
      both: { command: 'x', url: 'https://mcp.example.com/f' },
      'we ird.name': { command: 'x' },
    })

    expect(offered()).toEqual(['both', 'http1', 'stdio1', 'we ird.name'])
    const planned = await bring()

    expect(planned.map(({ source, target }) => [source, target])).toEqual(
      ['both', 'http1', 'stdio1', 'we ird.name'].map((name) => [name, name]),
    )
    expect(config()).toBe(
      [
        '[mcp_servers.both]',
        'command = "x"',
        '',
        '[mcp_servers.http1]',
        'url = "https://mcp.example.com/a"',
        'bearer_token_env_var = "GH_TOKEN"',
        '',
        '[mcp_servers.http1.http_headers]',
        'X-Static = "s"',
        'X-Num = "3"',
        '',
        '[mcp_servers.http1.env_http_headers]',
        'X-Env = "XENV"',
        '',
        '[mcp_servers.stdio1]',
        'command = "npx"',
        'args = [ "-y", "@x/server", "7" ]',
        'env_vars = [ "MODE" ]',
        '',
        '[mcp_servers.stdio1.env]',
        'K = "v"',
        'N = "5"',
        '',
        '[mcp_servers."we ird.name"]',
        'command = "x"',
        '',
      ].join('\n'),
    )
    expect(offered()).toEqual([])
  })

  it('A4: take streamable-http for HTTP, and account for SSE and WebSocket', () => {
    const { plan, read } = homeWith({
      http3: { type: 'streamable-http', url: 'https://mcp.example.com/c' },
      sse1: { type: 'sse', url: 'https://mcp.example.com/sse' },
      ws1: { type: 'ws', url: 'wss://mcp.example.com/ws' },
      none: {},
      text: 'str',
    })

    const planned = plan()

    expect(outcomes(planned)).toEqual({
      http3: 'change',
      none: 'skipped:no-transport',
      sse1: 'skipped:transport-sse',
      text: 'skipped:no-transport',
      ws1: 'skipped:transport-ws',
    })
    const fates = account(planned, read())
    expect(fates['.claude.json#/mcpServers/sse1']).toBe('needs-action:transport-sse')
    expect(fates['.claude.json#/mcpServers/ws1']).toBe('dropped:transport-ws')
  })

  it('A5: fill in what is known, refer to the environment where that works, and say what to do about the rest', () => {
    const { root, plan, read } = homeWith({
      home: { command: '${HOME}/bin/x', args: ['${PORT:-8080}'] },
      other: { command: 'x', env: { A: '${B}', C: 'pre-${D:-e}' } },
      header: { url: 'https://x.example/', headers: { Authorization: 'Basic ${A}', 'X-B': '${B:-b}' } },
      args: { command: 'x', args: ['--t=${TOKEN}'] },
      url: { url: '${BASE}/mcp' },
      odd: { command: 'x', args: ['${workspaceFolder}/${env:X}'] },
    })

    const planned = plan()

    const named = (name: string) => planned.find((one) => one.name === name)!
    expect(JSON.stringify(named('home').outcome)).toContain(`"command":"${root}/home/bin/x","args":["8080"]`)
    expect(JSON.stringify(named('other').outcome)).toContain('"env_vars":["A","C"]')
    expect(named('other').environment).toEqual(['A', 'C'])
    expect(named('header').environment).toEqual(['HEADER_AUTHORIZATION', 'B'])
    expect(named('header').fates.flatMap((fate) => (fate.fate === 'needs-action' ? [fate.action] : []))).toEqual([
      'export HEADER_AUTHORIZATION="Basic ${A}"',
      'export B="${B:-b}"',
    ])
    expect(outcomes(planned)).toMatchObject({
      args: 'skipped:placeholder-not-expressible',
      url: 'skipped:placeholder-not-expressible',
      odd: 'skipped:placeholder-not-expressible',
    })
    expect(account(planned, read())['.claude.json#/mcpServers/args']).toBe('needs-action:placeholder-not-expressible')
  })

  it('A6: keep cwd, time-out, tool lists, header helper and client id; report the rest', () => {
    const { plan, read } = homeWith({
      a: {
        command: 'x',
        cwd: '/var/data',
        timeout: 5000,
        alwaysAllow: ['t'],
        disabledTools: ['u'],
        envFile: '.env',
        trust: true,
      },
      b: { url: 'https://x.example', headersHelper: '/bin/h', oauth: { clientId: 'c', callbackPort: 3000 } },
      c: { url: 'https://x.example', oauth: { clientId: 'c', authServerMetadataUrl: 'https://y' }, env: { A: '1' } },
    })

    const planned = plan()

    expect(planned[0]!.outcome).toMatchObject({
      changes: [
        {
          patch: {
            mcp_servers: {
              a: {
                command: 'x',
                cwd: '/var/data',
                tool_timeout_sec: 5,
                disabled_tools: ['u'],
                tools: { t: { approval_mode: 'approve' } },
              },
            },
          },
        },
      ],
    })
    const fates = account(planned, read())
    expect(fates['.claude.json#/mcpServers/a/envFile']).toBe('needs-action:environment-file')
    expect(fates['.claude.json#/mcpServers/a/trust']).toBe('dropped:no-counterpart')
    expect(fates['.claude.json#/mcpServers/b/headersHelper']).toBe('mapped')
    expect(fates['.claude.json#/mcpServers/b/oauth']).toBe('rewritten:log-in-again')
    expect(fates['.claude.json#/mcpServers/c/oauth']).toBe('needs-action:oauth-partly')
    expect(fates['.claude.json#/mcpServers/c/env/A']).toBe('dropped:not-for-this-transport')
  })

  it('A22: do not vanish when the settings name servers of .mcp.json', () => {
    const { offered } = homeWith(
      { other: { command: 'p' } },
      {
        'home/.claude/settings.json': JSON.stringify({ enabledMcpjsonServers: ['only'] }),
      },
    )

    expect(offered()).toEqual(['other'])
  })

  it('that are switched off arrive switched off', () => {
    const { plan } = homeWith({ off1: { command: 'x', disabled: true }, off2: { command: 'x', enabled: false } })

    for (const { name, outcome } of plan()) {
      expect(outcome).toMatchObject({ changes: [{ patch: { mcp_servers: { [name!]: { enabled: false } } } }] })
    }
  })

  it('B3: keep their secrets where they are, unless told otherwise', async () => {
    const servers = {
      a: { command: 'x', env: { GITHUB_TOKEN: 'ghp_0123456789abcdefghij', PORT: '80' } },
      b: { url: 'https://x.example', headers: { authorization: 'Bearer abcdefghijk', 'X-Api-Key': 'k-12345678' } },
      c: { command: 'x', args: ['--api-key', 'k-12345678'] },
      d: { url: 'https://x.example/?api_key=abcdefgh12345' },
    }
    const { config, bring, plan, read } = homeWith(servers)
    const copied = homeWith(servers)

    const planned = await bring()
    await copied.bring({ copySecrets: true })

    expect(config()).toContain('env_vars = [ "GITHUB_TOKEN" ]')
    expect(config()).toContain('bearer_token_env_var = "B_BEARER_TOKEN"')
    expect(config()).toContain('X-Api-Key = "B_X_API_KEY"')
    expect(config()).not.toMatch(/ghp_|abcdefghijk|k-1234/)
    expect(planned[1]!.environment).toEqual(['B_BEARER_TOKEN', 'B_X_API_KEY'])
    expect(outcomes(planned)).toMatchObject({ c: 'skipped:secret-not-copied', d: 'skipped:secret-not-copied' })
    expect(account(plan(), read())['.claude.json#/mcpServers/c']).toBe('needs-action:secret-not-copied')
    expect(copied.config()).toMatch(
      /GITHUB_TOKEN = "ghp_[\s\S]*authorization = "Bearer abcdefghijk"[\s\S]*"k-12345678"[\s\S]*api_key=/,
    )
  })

  it('B13: are refused by name when the name could not stand in a configuration', async () => {
    const { config, plan, bring } = homeWith({
      '': { command: 'x' },
      'a\nb': { command: 'x' },
      'n\u0000l': { command: 'x' },
      'a]\n[projects."/"]': { command: 'x' },
      'x]y': { command: 'x' },
      constructor: { command: 'fine' },
    })

    await bring()

    expect(outcomes(plan())).toEqual({
      '': 'failed:invalid_name',
      'a\nb': 'failed:invalid_name',
      'n\u0000l': 'failed:invalid_name',
      'a]\n[projects."/"]': 'failed:invalid_name',
      'x]y': 'failed:invalid_name',
      constructor: 'nothing',
    })
    expect(config()).toBe('[mcp_servers.constructor]\ncommand = "fine"\n')
  })

  it('never touch a server of the same name, unless told to', async () => {
    const before = '# mine\n[mcp_servers.a]\ncommand = "mine" # keep\nargs = ["1"]\n'
    const tree = { 'home/.codex/config.toml': before }
    const servers = { a: { command: 'theirs' }, b: { command: 'b' } }
    const kept = homeWith(servers, tree)
    const renamed = homeWith(servers, tree)
    const replaced = homeWith(servers, tree)

    expect(outcomes(await kept.bring())).toEqual({ a: 'skipped:target-exists', b: 'change' })
    await renamed.bring({ onConflict: 'rename' })
    await replaced.bring({ onConflict: 'overwrite' })

    expect(kept.config()).toBe(`${before}\n[mcp_servers.b]\ncommand = "b"\n`)
    expect(renamed.config()).toContain('[mcp_servers.a-2]\ncommand = "theirs"')
    expect(replaced.config()).toBe(
      '# mine\n[mcp_servers.a]\ncommand = "theirs" # keep\n\n[mcp_servers.b]\ncommand = "b"\n',
    )
  })

  it('get another name only where another server has theirs, and only once', async () => {
    const before = '[mcp_servers.a]\ncommand = "mine"\n\n[mcp_servers.b]\ncommand = "b"\n'
    const { bring, config } = homeWith(
      { a: { command: 'theirs' }, b: { command: 'b' }, 'a-2': { command: 'other' } },
      { 'home/.codex/config.toml': before },
    )

    expect(outcomes(await bring({ onConflict: 'rename' }))).toEqual({ a: 'change', 'a-2': 'change', b: 'nothing' })
    const once = config()
    expect(outcomes(await bring({ onConflict: 'rename' }))).toEqual({ a: 'nothing', 'a-2': 'nothing', b: 'nothing' })

    expect(once).toContain('[mcp_servers.a-3]\ncommand = "theirs"')
    expect(config()).toBe(once)
  })

  it('are left out as a whole when mcp_servers is no table', () => {
    const { plan, offered } = homeWith({ b: { command: 'b' } }, { 'home/.codex/config.toml': 'mcp_servers = [1]\n' })

    expect(outcomes(plan())).toEqual({ b: 'skipped:target-type-conflict' })
    expect(offered()).toEqual([])
  })
})

describe('permissions that name a server', () => {
  it('A15: become limits of that server, the strictest of which wins', () => {
    const { plan, read } = homeWith(
      { 'git.hub': { command: 'x' }, off: { command: 'y' }, asks: { command: 'z' } },
      {
        'home/.claude/settings.json': JSON.stringify({
          permissions: {
            allow: ['mcp__git_hub__list', 'mcp__git_hub__drop', 'mcp__asks__read'],
            ask: ['mcp__git_hub__push', 'mcp__asks'],
            deny: ['mcp__git_hub__drop', 'mcp__off__*'],
          },
        }),
      },
    )

    const planned = plan()

    const tables = planned.flatMap(({ outcome }) => (outcome.type === 'change' ? outcome.changes : []))
    expect(tables).toMatchObject([
      { patch: { mcp_servers: { asks: { default_tools_approval_mode: 'prompt' } } } },
      {
        patch: {
          mcp_servers: {
            'git.hub': {
              disabled_tools: ['drop'],
              tools: { list: { approval_mode: 'approve' }, push: { approval_mode: 'prompt' } },
            },
          },
        },
      },
      { patch: { mcp_servers: { off: { enabled: false } } } },
    ])
    const fates = account(planned, read())
    expect(fates['settings.json#/permissions/allow/1']).toBe('dropped:stricter-rule-wins')
    expect(fates['settings.json#/permissions/allow/2']).toBe('dropped:stricter-rule-wins')
    expect(fates['settings.json#/permissions/deny/0']).toBe('rewritten:tool-limit')
  })

  it('need action when the target has a server of its own under that name', () => {
    const { plan, read } = homeWith(
      { a: { command: 'theirs' } },
      {
        'home/.codex/config.toml': '[mcp_servers.a]\ncommand = "mine"\n',
        'home/.claude/settings.json': JSON.stringify({ permissions: { allow: ['mcp__a__x'], deny: ['mcp__a__y'] } }),
      },
    )

    const fates = account(plan(), read())

    expect(fates['settings.json#/permissions/deny/0']).toBe('needs-action:limit-not-kept')
    expect(fates['settings.json#/permissions/allow/0']).toBe('dropped:target-exists')
  })
})

import { describe, expect, it } from 'vitest'
import { configKind } from '../../src/kinds/config.js'
import { settingsReader } from '../../src/sources/claude-code/settings.js'
import { type TreeNode, tempTree } from '../core/temp-tree.js'
import { account, journey, outcomes, textsBelow } from './bring.js'

const home = (tree: { readonly [path: string]: TreeNode }) => {
  const root = tempTree(tree)
  return { root, ...journey(settingsReader, configKind, root) }
}
const json = (value: unknown) => JSON.stringify(value, null, 2)

describe('settings of a home', () => {
  it('brings variables and the sandbox to where the reference brings them, in the order of the file', async () => {
    const { root, bring, read } = home({
      'home/.claude/settings.json': json({ env: { FOO: 'shared', NUM: 42, YES: true }, sandbox: { enabled: true } }),
      'home/.claude/settings.local.json': json({ env: { LOCAL: '1', FOO: 'local' } }),
    })

    const planned = await bring()

    expect(textsBelow(`${root}/home/.codex`)).toEqual({
      'config.toml': [
        'sandbox_mode = "workspace-write"',
        '',
        '[shell_environment_policy]',
        'inherit = "core"',
        '',
        '[shell_environment_policy.set]',
        'FOO = "local"',
        'NUM = "42"',
        'YES = "true"',
        'LOCAL = "1"',
        '',
      ].join('\n'),
    })
    expect(account(planned, read())).toEqual({
      'settings.json#/env/FOO': 'dropped:overridden',
      'settings.json#/env/NUM': 'mapped',
      'settings.json#/env/YES': 'mapped',
      'settings.json#/sandbox/enabled': 'mapped',
      'settings.local.json#/env/LOCAL': 'mapped',
      'settings.local.json#/env/FOO': 'mapped',
    })
  })

  it('reports the paths of both files, settings.json even when only the local file is there', () => {
    const { root, plan } = home({ 'home/.claude/settings.local.json': json({ env: { A: '1' } }) })

    const [planned] = plan()

    expect(planned).toMatchObject({
      name: null,
      source: `${root}/home/.claude/settings.json`,
      target: `${root}/home/.codex/config.toml`,
    })
  })

  it('A17: gives null, list and object variables a fate of their own', async () => {
    const { bring, read } = home({
      'home/.claude/settings.json': json({ env: { A: '1', NUL: null, ARR: ['a'], OBJ: { x: 1 }, 'B AD': 'x' } }),
    })

    expect(account(await bring(), read())).toEqual({
      'settings.json#/env/A': 'mapped',
      'settings.json#/env/NUL': 'dropped:value-not-text',
      'settings.json#/env/ARR': 'dropped:value-not-text',
      'settings.json#/env/OBJ': 'dropped:value-not-text',
      'settings.json#/env/B AD': 'dropped:invalid-name',
    })
  })

  it('B3: leaves secrets out, names them to be exported, and lets exported variables through', async () => {
    const { root, bring, read } = home({
      'home/.claude/settings.json': json({ env: { FOO: 'bar', ANTHROPIC_API_KEY: 'sk-test-not-a-key' } }),
    })

    const planned = await bring()

    expect(planned[0]!.environment).toEqual(['ANTHROPIC_API_KEY'])
    expect(account(planned, read())['settings.json#/env/ANTHROPIC_API_KEY']).toBe('needs-action:secret-not-copied')
    const text = textsBelow(`${root}/home/.codex`)['config.toml']!
    expect(text).not.toContain('sk-test')
    expect(text).toContain('inherit = "all"')
  })

  it('B3: copies secrets when it is told to', async () => {
    const { root, bring } = home({
      'home/.claude/settings.json': json({ env: { ANTHROPIC_API_KEY: 'sk-test-not-a-key' } }),
    })

    const planned = await bring({ copySecrets: true })

    expect(planned[0]!.environment).toEqual([])
    expect(textsBelow(`${root}/home/.codex`)['config.toml']).toContain('inherit = "core"\n')
    expect(textsBelow(`${root}/home/.codex`)['config.toml']).toContain('ANTHROPIC_API_KEY = "sk-test-not-a-key"')
  })

  it('B2: adds what is missing, and keeps comments, layout and every value that is there', async () => {
    const before =
      '# a comment\nsandbox_mode = "read-only" # mine\n\n[shell_environment_policy]\ninherit = "none"\n\n[shell_environment_policy.set]\nFOO = "mine"\n'
    const { root, bring, read } = home({
      'home/.codex/config.toml': before,
      'home/.claude/settings.json': json({ env: { FOO: 'theirs', NEW: '1' }, sandbox: { enabled: true } }),
    })

    const planned = await bring()

    expect(textsBelow(`${root}/home/.codex`)['config.toml']).toBe(`${before}NEW = "1"\n`)
    expect(account(planned, read())).toEqual({
      'settings.json#/env/FOO': 'dropped:target-has-own-value',
      'settings.json#/env/NEW': 'mapped',
      'settings.json#/sandbox/enabled': 'dropped:target-has-own-value',
    })
  })

  it('keeps a value of another type, and says so', () => {
    const { plan, read, offered } = home({
      'home/.codex/config.toml': 'shell_environment_policy = "x"\n',
      'home/.claude/settings.json': json({ env: { A: '1' } }),
    })

    const planned = plan()

    expect(outcomes(planned)).toEqual({ '': 'nothing' })
    expect(account(planned, read())).toEqual({ 'settings.json#/env/A': 'dropped:target-type-conflict' })
    expect(offered()).toEqual([])
  })

  it('replaces values when it is told to overwrite, and leaves the file alone when told to skip', () => {
    const { plan } = home({
      'home/.codex/config.toml': 'sandbox_mode = "read-only"\n',
      'home/.claude/settings.json': json({ sandbox: { enabled: true } }),
    })

    const [over] = plan({ onConflict: 'overwrite' })
    const [skipped] = plan({ onConflict: 'skip' })

    expect(over!.outcome).toMatchObject({ changes: [{ patch: { sandbox_mode: 'workspace-write' } }] })
    expect(outcomes([skipped!])).toEqual({ '': 'skipped:target-exists' })
  })

  it('offers nothing when nothing would change, and nothing again after an import', async () => {
    const none = home({ 'home/.claude/settings.json': json({ model: 'opus', statusLine: {} }) })
    const some = home({ 'home/.claude/settings.json': json({ env: { A: '1' } }) })

    expect(none.offered()).toEqual([])
    expect(some.offered()).toEqual([''])
    await some.bring()
    expect(some.offered()).toEqual([])
  })

  it('A15: gives every other key a fate', () => {
    const { plan, read } = home({
      'home/.claude/settings.json': json({
        model: 'opus',
        apiKeyHelper: '/bin/x',
        outputStyle: 'Explanatory',
        statusLine: { type: 'command', command: 'x' },
        sandbox: {
          enabled: false,
          network: { allowedDomains: ['github.com'], deniedDomains: ['x.org'] },
          allowUnsandboxedCommands: false,
        },
        enabledPlugins: { 'a@m': true, 'b@m': false },
        extraKnownMarketplaces: { m: { source: { source: 'github', repo: 'o/r' } } },
        enabledMcpjsonServers: ['x'],
        disableAllHooks: false,
        hooks: { Stop: [] },
        permissions: {
          defaultMode: 'bypassPermissions',
          disableBypassPermissionsMode: 'disable',
          additionalDirectories: ['../docs', 7],
        },
      }),
    })

    expect(account(plan(), read())).toEqual({
      'settings.json#/model': 'dropped:model-of-another-provider',
      'settings.json#/apiKeyHelper': 'dropped:no-counterpart',
      'settings.json#/outputStyle': 'dropped:no-counterpart',
      'settings.json#/statusLine': 'dropped:no-counterpart',
      'settings.json#/sandbox/enabled': 'dropped:not-loosened',
      'settings.json#/sandbox/network/allowedDomains/0': 'needs-action:network-closed',
      'settings.json#/sandbox/network/deniedDomains/0': 'dropped:network-closed',
      'settings.json#/sandbox/allowUnsandboxedCommands': 'needs-action:restriction-not-kept',
      'settings.json#/enabledMcpjsonServers': 'mapped:heeded-elsewhere',
      'settings.json#/disableAllHooks': 'mapped:heeded-elsewhere',
      'settings.json#/permissions/defaultMode': 'needs-action:mode-not-kept',
      'settings.json#/permissions/disableBypassPermissionsMode': 'needs-action:restriction-not-kept',
      'settings.json#/permissions/additionalDirectories/0': 'needs-action:depends-on-start-folder',
      'settings.json#/permissions/additionalDirectories/1': 'dropped:no-counterpart',
    })
  })
})

describe('settings that cannot be read', () => {
  it('names file, line and column of what is not JSON', () => {
    const { root, read } = home({ 'home/.claude/settings.json': '{\n  "env": { nope }\n}' })

    expect(read().problem).toMatchObject({
      itemType: 'CONFIG',
      subErrorType: 'invalid_source_json',
      source: `${root}/home/.claude/settings.json`,
      line: 2,
    })
  })

  it('C16: refuses a root that is no object and bytes that are no text, naming the file', () => {
    const list = home({ 'home/.claude/settings.json': '[1]' })
    const latin = home({ 'home/.claude/settings.json': Uint8Array.from([0x7b, 0xe9, 0x7d]) })

    expect(list.read().problem?.message).toContain(`${list.root}/home/.claude/settings.json`)
    expect(latin.read().problem).toMatchObject({ subErrorType: 'invalid_utf8' })
  })

  it('takes a broken local file for a warning, as the reference passes over it', () => {
    const { read, offered } = home({
      'home/.claude/settings.json': json({ env: { A: '1' } }),
      'home/.claude/settings.local.json': '{ nope',
    })

    expect(read().problem).toBeUndefined()
    expect(read().warnings).toHaveLength(1)
    expect(offered()).toEqual([''])
  })
})

describe('settings of a repository', () => {
  it('go to its .codex folder, with folders beside it written so that they hold in any checkout', async () => {
    const root = tempTree({
      'repo/.git/HEAD': 'x',
      'repo/.claude/settings.json': json({
        env: { REPO: '1' },
        sandbox: { enabled: true },
        permissions: { additionalDirectories: ['../docs', '/srv/data'] },
      }),
    })

    await journey(settingsReader, configKind, root, 'repo').bring()

    const text = textsBelow(`${root}/repo/.codex`)['config.toml']!
    expect(text).toContain('sandbox_mode = "workspace-write"')
    expect(text).toMatch(/writable_roots = \[\s*"\.\.\/\.\.\/docs", "\/srv\/data"\s*\]/)
  })

  it("keeps the home's permission profile and exported variables in force", async () => {
    const root = tempTree({
      'repo/.git/HEAD': 'x',
      'home/.claude/settings.json': json({
        env: { GITHUB_TOKEN: 'ghp_0123456789abcdefghij' },
        sandbox: { enabled: true },
        permissions: { deny: ['Read(./.env)'] },
      }),
      'repo/.claude/settings.json': json({ env: { REPO: '1' }, sandbox: { enabled: true } }),
    })
    await journey(settingsReader, configKind, root, 'home').bring()

    await journey(settingsReader, configKind, root, 'repo').bring()

    const text = textsBelow(`${root}/repo/.codex`)['config.toml']!
    expect(text).toContain('default_permissions = "imported"')
    expect(text).not.toContain('inherit')
  })
})

import { describe, expect, it } from 'vitest'
import { configKind } from '../../src/kinds/config.js'
import { settingsReader } from '../../src/sources/claude-code/settings.js'
import { type TreeNode, tempTree } from '../core/temp-tree.js'
import { account, journey, outcomes, textsBelow } from './bring.js'

const withPermissions = (permissions: unknown, more: object = {}, tree: { readonly [path: string]: TreeNode } = {}) => {
  const root = tempTree({ ...tree, 'home/.claude/settings.json': JSON.stringify({ permissions, ...more }) })
  return { root, ...journey(settingsReader, configKind, root) }
}

describe('command permissions', () => {
  it('A15: become rules of the target, the strictest of which wins there as here', async () => {
    const { root, bring, read } = withPermissions({
      allow: ['Bash(npm run *)', 'Bash(git diff:*)'],
      ask: ['Bash(git push:*)'],
      deny: ['Bash(rm -rf:*)', 'Bash(curl "a b" *)'],
    })

    const planned = await bring()

    expect(textsBelow(`${root}/home/.codex`)).toEqual({
      'rules/imported.rules': [
        '# Command rules brought over from another coding agent. The strictest rule that matches wins.',
        'prefix_rule(pattern = ["npm", "run"], decision = "allow")',
        'prefix_rule(pattern = ["git", "diff"], decision = "allow")',
        'prefix_rule(pattern = ["git", "push"], decision = "prompt")',
        'prefix_rule(pattern = ["rm", "-rf"], decision = "forbidden")',
        'prefix_rule(pattern = ["curl", "a b"], decision = "forbidden")',
        '',
      ].join('\n'),
    })
    expect(new Set(Object.values(account(planned, read())))).toEqual(new Set(['mapped']))
  })

  it('never allow more than before: single commands and wide patterns are asked for', () => {
    const { plan, read } = withPermissions({
      allow: ['Bash(git status)', 'Bash(npm*)', 'Bash(git * main)', 'Bash(a && b:*)', 'Bash', 'Bash(FOO=1 npm test:*)'],
    })

    const planned = plan()

    expect(account(planned, read())).toEqual({
      'settings.json#/permissions/allow/0': 'dropped:would-allow-more',
      'settings.json#/permissions/allow/1': 'rewritten:whole-words-only',
      'settings.json#/permissions/allow/2': 'dropped:no-such-rule',
      'settings.json#/permissions/allow/3': 'dropped:no-such-rule',
      'settings.json#/permissions/allow/4': 'needs-action:allows-everything',
      'settings.json#/permissions/allow/5': 'dropped:no-such-rule',
    })
  })

  it('A15: a limit that a rule cannot hold needs action, and what it can hold is kept', () => {
    const { plan, read } = withPermissions({
      deny: ['Bash(rm*)', 'Bash(git * --force)', 'Bash', 'Bash(shutdown)'],
      ask: ['Bash(git * main)'],
    })

    const planned = plan()

    expect(account(planned, read())).toEqual({
      'settings.json#/permissions/deny/0': 'needs-action:whole-words-only',
      'settings.json#/permissions/deny/1': 'needs-action:deny-not-kept',
      'settings.json#/permissions/deny/2': 'needs-action:deny-not-kept',
      'settings.json#/permissions/deny/3': 'rewritten:also-longer-commands',
      'settings.json#/permissions/ask/0': 'needs-action:ask-not-kept',
    })
    expect(JSON.stringify(planned)).toContain('[\\"rm\\"]')
  })

  it('do not leave a sandbox that the source kept them in', () => {
    const { plan, read } = withPermissions(
      { allow: ['Bash(npm run:*)'] },
      { sandbox: { enabled: true, allowUnsandboxedCommands: false } },
    )

    expect(account(plan(), read())['settings.json#/permissions/allow/0']).toBe('dropped:would-leave-sandbox')
  })

  it('of both files count, and rules that are there are not added again', async () => {
    const { root, bring, offered } = withPermissions(
      { deny: ['Bash(rm:*)'] },
      {},
      {
        'home/.claude/settings.local.json': JSON.stringify({ permissions: { deny: ['Bash(dd:*)'] } }),
        'home/.codex/rules/imported.rules': 'prefix_rule(pattern = ["rm"], decision = "forbidden")\n# mine\n',
      },
    )

    await bring()

    expect(textsBelow(`${root}/home/.codex`)['rules/imported.rules']).toBe(
      'prefix_rule(pattern = ["rm"], decision = "forbidden")\n# mine\nprefix_rule(pattern = ["dd"], decision = "forbidden")\n',
    )
    expect(offered()).toEqual([])
  })

  it('cannot smuggle code into the rules file', async () => {
    const { root, bring } = withPermissions({ deny: ["Bash('a\"]) \nx = 1 #':*)", 'Bash(é "\u2028":*)'] })

    await bring()

    const lines = textsBelow(`${root}/home/.codex`)['rules/imported.rules']!.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toBe('prefix_rule(pattern = ["a\\"]) \\nx = 1 #"], decision = "forbidden")')
  })
})

describe('file permissions', () => {
  it('A15: denied files become a permission profile where the source has its sandbox on', async () => {
    const { root, bring, read } = withPermissions(
      {
        deny: ['Read(./.env)', 'Read(*.pem)', 'Read(~/.ssh/**)', 'Read(//etc/shadow)', 'Edit(./dist/**)'],
        additionalDirectories: ['/srv/x'],
      },
      { sandbox: { enabled: true } },
    )

    const planned = await bring()

    expect(textsBelow(`${root}/home/.codex`)['config.toml']).toBe(
      [
        'sandbox_mode = "workspace-write"',
        'default_permissions = "imported"',
        '',
        '[permissions.imported]',
        'extends = ":workspace"',
        '',
        '[permissions.imported.filesystem]',
        'glob_scan_max_depth = 64',
        '"~/.ssh" = "deny"',
        '"/etc/shadow" = "deny"',
        '',
        '[permissions.imported.filesystem.":workspace_roots"]',
        '".env" = "deny"',
        '"**/*.pem" = "deny"',
        'dist = "read"',
        '',
        '[permissions.imported.workspace_roots]',
        '"/srv/x" = true',
        '',
      ].join('\n'),
    )
    const fates = Object.values(account(planned, read()))
    expect(fates.filter((fate) => fate === 'rewritten:permission-profile')).toHaveLength(6)
  })

  it('A15: need action where a profile would loosen or change what is in force', () => {
    const noSandbox = withPermissions({ deny: ['Read(./.env)'] })
    const ownMode = withPermissions(
      { deny: ['Read(./.env)'] },
      { sandbox: { enabled: true } },
      {
        'home/.codex/config.toml': 'sandbox_mode = "danger-full-access"\n',
      },
    )
    const ownProfile = withPermissions(
      { deny: ['Read(./.env)'] },
      { sandbox: { enabled: true } },
      {
        'home/.codex/config.toml': 'default_permissions = ":read-only"\n',
      },
    )

    for (const { plan, read } of [noSandbox, ownMode, ownProfile]) {
      expect(account(plan(), read())['settings.json#/permissions/deny/0']).toBe('needs-action:denied-files-not-kept')
      expect(JSON.stringify(plan())).not.toContain('"permissions":{')
    }
  })

  it('make the sandbox read-only when no edit is allowed, and in plan mode', () => {
    const denied = withPermissions({ deny: ['Edit'] }, { sandbox: { enabled: true } })
    const planMode = withPermissions({ defaultMode: 'plan' })
    const sandboxed = withPermissions({ defaultMode: 'plan' }, { sandbox: { enabled: true } })

    for (const { plan } of [denied, planMode]) {
      expect(JSON.stringify(plan()[0]!.outcome)).toContain('"patch":{"sandbox_mode":"read-only"}')
    }
    expect(account(denied.plan(), denied.read())['settings.json#/permissions/deny/0']).toBe(
      'needs-action:asked-instead-of-denied',
    )
    expect(account(sandboxed.plan(), sandboxed.read())['settings.json#/permissions/defaultMode']).toBe(
      'needs-action:mode-not-kept',
    )
    expect(account(planMode.plan(), planMode.read())['settings.json#/permissions/defaultMode']).toBe(
      'rewritten:starts-read-only',
    )
  })
})

describe('other permissions', () => {
  it('A15: no limit is dropped in silence', () => {
    const { plan, read } = withPermissions({
      allow: ['WebFetch(domain:x.org)', 'Read(~/.zshrc)', 'mcp__plugin__do'],
      ask: ['Edit(./x)'],
      deny: ['WebFetch', 'WebSearch', 'mcp__elsewhere__drop', 'Task(x)', 'nonsense((', 7],
    })

    const planned = plan()

    expect(account(planned, read())).toEqual({
      'settings.json#/permissions/allow/0': 'dropped:no-such-rule',
      'settings.json#/permissions/allow/1': 'dropped:no-such-rule',
      'settings.json#/permissions/allow/2': 'dropped:no-such-rule',
      'settings.json#/permissions/ask/0': 'needs-action:ask-not-kept',
      'settings.json#/permissions/deny/0': 'needs-action:deny-not-kept',
      'settings.json#/permissions/deny/1': 'rewritten:web-search-off',
      'settings.json#/permissions/deny/2': 'needs-action:deny-not-kept',
      'settings.json#/permissions/deny/3': 'needs-action:deny-not-kept',
      'settings.json#/permissions/deny/4': 'needs-action:deny-not-kept',
      'settings.json#/permissions/deny/5': 'needs-action:restriction-not-kept',
    })
    expect(outcomes(planned)).toEqual({ '': 'change' })
  })

  it('A15: a limit that cannot be kept is offered, and stands as a remark where such rules are looked for', async () => {
    const { root, bring, offered } = withPermissions({ deny: ['WebFetch(\nrm)'] })

    expect(offered()).toEqual([''])
    await bring()

    const lines = textsBelow(`${root}/home/.codex`)['rules/imported.rules']!.split('\n')
    expect(lines[1]).toMatch(/^# not kept: WebFetch\( rm\) forbids/)
    expect(offered()).toEqual([])
  })

  it('that name a server which is read here are left to that server', () => {
    const { read } = withPermissions(
      { deny: ['mcp__git_hub__drop'] },
      {},
      {
        'home/.claude.json': JSON.stringify({ mcpServers: { 'git.hub': { command: 'x' } } }),
      },
    )

    expect(read().artifacts[0]!.facts).toEqual([])
  })
})

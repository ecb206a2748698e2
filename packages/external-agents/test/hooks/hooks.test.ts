// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a shell are what is tested

import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ImportFailure } from '../../src/kind.js'
import { hooksKind } from '../../src/kinds/hooks.js'
import { hooksReader } from '../../src/sources/claude-code/hooks.js'
import { account, journey, outcomes, textsBelow } from '../config/bring.js'
import { type TreeNode, tempTree } from '../core/temp-tree.js'

type Tree = { readonly [path: string]: TreeNode }
type Handler = { readonly [key: string]: unknown }

const script: TreeNode = { text: '#!/bin/sh\nexit 0\n', mode: 0o755 }
const settings = (hooks: unknown, more: object = {}) => JSON.stringify({ ...more, hooks })
const on = (event: string, ...handlers: readonly Handler[]) => ({ [event]: [{ hooks: handlers }] })
const run = (command: string) => ({ type: 'command', command })

function homeWith(hooks: unknown, tree: Tree = {}, more: object = {}) {
  const root = tempTree({ ...tree, 'home/.claude/settings.json': settings(hooks, more) })
  const way = journey(hooksReader, hooksKind, root)
  const written = () =>
    JSON.parse(textsBelow(`${root}/home/.codex`)['hooks.json']!) as { hooks: { [event: string]: unknown } }
  return { root, ...way, written }
}

function commandsOf(groups: unknown): readonly string[] {
  return (groups as { hooks: { command: string }[] }[]).flatMap((group) => group.hooks.map(({ command }) => command))
}

describe('hooks of a home', () => {
  it('arrive where the reference brings them, in its order of events', async () => {
    const { root, bring, offered, written } = homeWith(
      {
        Stop: [{ hooks: [run('echo stop')] }],
        PreToolUse: [
          {
            matcher: 'Bash',
            hooks: [
              { ...run('~/.claude/hooks/check.sh'), timeout: 30, statusMessage: 'Claude Code is checking CLAUDE.md' },
            ],
          },
          {
            matcher: 'Edit|Write',
            hooks: [{ ...run('"$CLAUDE_PROJECT_DIR"/.claude/hooks/fmt.sh --fix'), timeoutSec: '15' }],
          },
          { matcher: 'mcp__x__y', hooks: [run('  echo kept  '), { command: 'echo notype' }] },
        ],
      },
      {
        'home/.claude/hooks/check.sh': script,
        'home/.claude/hooks/fmt.sh': script,
        'home/.claude/settings.local.json': settings(on('Stop', run('echo local stop'))),
      },
    )

    expect(offered()).toEqual(['PreToolUse', 'Stop'])
    const planned = await bring()

    expect(planned.map(({ name, source, target }) => [name, source, target])).toEqual([
      ['PreToolUse', 'PreToolUse', 'PreToolUse'],
      ['Stop', 'Stop', 'Stop'],
    ])
    const hooks = `${root}/home/.codex/hooks`
    expect(written()).toEqual({
      hooks: {
        PreToolUse: [
          {
            matcher: 'Bash',
            hooks: [
              {
                type: 'command',
                command: `'${hooks}/check.sh'`,
                timeout: 30,
                statusMessage: 'Codex is checking AGENTS.md',
              },
            ],
          },
          { matcher: 'Edit|Write', hooks: [{ type: 'command', command: `'${hooks}/fmt.sh' --fix`, timeout: 15 }] },
          { matcher: 'mcp__x__y', hooks: [run('echo kept'), run('echo notype')] },
        ],
        Stop: [{ hooks: [run('echo stop')] }, { hooks: [run('echo local stop')] }],
      },
    })
    expect(statSync(`${hooks}/check.sh`).mode & 0o777).toBe(0o755)
    expect(offered()).toEqual([])
  })

  it.each([
    ['(unclosed', 'needs-action:matcher-not-taken'],
    ['Bash(?=x)', 'needs-action:matcher-not-taken'],
    ['(?<!a)b', 'needs-action:matcher-not-taken'],
    ['(a)\\1', 'needs-action:matcher-not-taken'],
    ['*', 'mapped'],
    ['mcp__.*|Edit', 'mapped'],
    ['a\\d+\\-(?:b)', 'mapped'],
  ])('B10: says so when the target does not take the matcher %s', async (matcher, fate) => {
    const { bring, read, written } = homeWith({ PreToolUse: [{ matcher, hooks: [run('echo x')] }] })

    const planned = await bring()

    expect(account(planned, read())['settings.json#/hooks/PreToolUse/0/matcher']).toBe(fate)
    expect(written().hooks.PreToolUse).toEqual([{ matcher, hooks: [run('echo x')] }])
  })

  it('A8: every handler has a fate of its own', async () => {
    const { bring, read, written } = homeWith({
      PreToolUse: [
        { matcher: 'Edit', if: 'Bash(git *)', hooks: [run('echo conditional')] },
        {
          matcher: 'Bash',
          description: 'many',
          hooks: [
            { type: 'prompt', prompt: 'is it ok?' },
            { type: 'http', url: 'http://127.0.0.1/' },
            { ...run('echo async'), async: true },
            { ...run('echo once'), once: true },
            { ...run("echo 'shell'"), shell: 'bash' },
            { ...run('echo if'), if: 'Bash(rm *)' },
            { ...run('echo odd'), timeout: 'soon', colour: 'red' },
            { type: 'command' },
            'text',
          ],
        },
        { matcher: 'Read', hooks: [run('echo read')] },
        7,
      ],
      UserPromptSubmit: [{ matcher: 'ignored', hooks: [run('echo ups')] }],
      Notification: [{ hooks: [run('echo n')] }],
      PostToolUse: [{ hooks: [{ type: 'agent', prompt: 'x' }] }],
    })

    const planned = await bring()

    expect(outcomes(planned)).toEqual({
      PreToolUse: 'change',
      PostToolUse: 'skipped:no-handler-left',
      UserPromptSubmit: 'change',
      Notification: 'skipped:no-such-event',
    })
    expect(written().hooks.PreToolUse).toEqual([
      {
        matcher: 'Bash',
        hooks: [{ ...run('echo async'), async: true }, run("bash -c 'echo '\\''shell'\\'''"), run('echo odd')],
      },
      { matcher: 'Read', hooks: [run('echo read')] },
    ])
    const at = 'settings.json#/hooks/PreToolUse'
    expect(account(planned, read())).toEqual({
      [`${at}/0/matcher`]: 'dropped:condition',
      [`${at}/0/if`]: 'dropped:no-counterpart',
      [`${at}/0/hooks/0`]: 'needs-action:condition',
      [`${at}/1/matcher`]: 'mapped',
      [`${at}/1/description`]: 'dropped:no-counterpart',
      [`${at}/1/hooks/0`]: 'needs-action:handler-type',
      [`${at}/1/hooks/1`]: 'needs-action:handler-type',
      [`${at}/1/hooks/2`]: 'mapped',
      [`${at}/1/hooks/3`]: 'needs-action:runs-once',
      [`${at}/1/hooks/4`]: 'rewritten:handler-adapted',
      [`${at}/1/hooks/5`]: 'needs-action:condition',
      [`${at}/1/hooks/6`]: 'rewritten:handler-adapted',
      [`${at}/1/hooks/7`]: 'needs-action:no-command',
      [`${at}/1/hooks/8`]: 'needs-action:no-command',
      [`${at}/2/matcher`]: 'needs-action:no-such-tool',
      [`${at}/2/hooks/0`]: 'mapped',
      [`${at}/3`]: 'dropped:no-counterpart',
      'settings.json#/hooks/UserPromptSubmit/0/matcher': 'dropped:matcher-ignored',
      'settings.json#/hooks/UserPromptSubmit/0/hooks/0': 'mapped',
      'settings.json#/hooks/Notification/0/hooks/0': 'dropped:no-such-event',
      'settings.json#/hooks/PostToolUse/0/hooks/0': 'dropped:handler-type',
    })
  })

  it('A9: merges hooks into an existing hooks.json per event, and once only', async () => {
    const before = {
      description: 'mine',
      hooks: { Stop: [{ hooks: [{ ...run('echo a'), timeout: 9 }] }], SessionStart: [{ hooks: [run('mine')] }] },
    }
    const { bring, offered, written, plan } = homeWith(
      { ...on('Stop', run('echo a'), run('echo b')), ...on('PreCompact', run('echo c')) },
      { 'home/.codex/hooks.json': JSON.stringify(before, null, 2) },
    )

    await bring()

    expect(written()).toEqual({
      description: 'mine',
      hooks: {
        Stop: [...before.hooks.Stop, { hooks: [run('echo b')] }],
        SessionStart: before.hooks.SessionStart,
        PreCompact: [{ hooks: [run('echo c')] }],
      },
    })
    expect(offered()).toEqual([])
    expect(outcomes(plan())).toEqual({ PreCompact: 'nothing', Stop: 'nothing' })
  })

  it('leaves an existing file alone when told to skip, and an event is replaced when told to overwrite', async () => {
    const tree = { 'home/.codex/hooks.json': JSON.stringify({ hooks: { Stop: [{ hooks: [run('mine')] }] } }) }
    const { plan, bring, written } = homeWith(on('Stop', run('theirs')), tree)

    expect(outcomes(plan({ onConflict: 'skip' }))).toEqual({ Stop: 'skipped:target-exists' })
    await bring({ onConflict: 'overwrite' })

    expect(written().hooks.Stop).toEqual([{ hooks: [run('theirs')] }])
    expect(outcomes(plan({ onConflict: 'overwrite' }))).toEqual({ Stop: 'nothing' })
  })

  it('does not guess at a hooks.json that does not parse or has another form', () => {
    const broken = homeWith(on('Stop', run('x')), { 'home/.codex/hooks.json': '{"hooks":' })
    const other = homeWith(on('Stop', run('x')), { 'home/.codex/hooks.json': '{"hooks":{"Stop":{}}}' })

    expect(() => broken.plan()).toThrow(ImportFailure)
    expect(outcomes(other.plan())).toEqual({ Stop: 'skipped:target-type-conflict' })
  })

  it('lets the local file decide whether hooks are switched off, and says that they are', () => {
    const off = homeWith(on('Stop', run('x')), {}, { disableAllHooks: true })
    const back = homeWith(
      on('Stop', run('x')),
      { 'home/.claude/settings.local.json': '{"disableAllHooks":false}' },
      { disableAllHooks: true },
    )

    expect(off.offered()).toEqual([])
    expect(outcomes(off.plan())).toEqual({ Stop: 'skipped:disabled-in-source' })
    expect(back.offered()).toEqual(['Stop'])
  })

  it('C2: names the settings file that is broken, with line and column', () => {
    const { root, read } = homeWith(on('Stop', run('x')), { 'home/.claude/settings.local.json': '{\n nope' })

    expect(read().problem).toMatchObject({
      itemType: 'HOOKS',
      source: `${root}/home/.claude/settings.local.json`,
      line: 2,
      column: 2,
    })
    expect(read().problem!.message).toMatch(/^invalid hooks settings: .*settings\.local\.json/)
  })
})

describe('files that hooks call', () => {
  it('B5: are copied when a hook calls them, or when a copied file names them; the rest is reported', async () => {
    const { root, bring, read } = homeWith(on('Stop', run('~/.claude/hooks/main.sh')), {
      'home/.claude/hooks/main.sh': { text: '#!/bin/sh\n. "$(dirname "$0")/lib/common.sh"\n', mode: 0o755 },
      'home/.claude/hooks/lib/common.sh': 'echo common\n',
      'home/.claude/hooks/unused.py': 'print(1)\n',
      'home/.claude/hooks/linked.sh': { link: 'main.sh' },
    })

    const planned = await bring()

    expect(Object.keys(textsBelow(`${root}/home/.codex/hooks`))).toEqual(['lib/common.sh', 'main.sh'])
    expect(account(planned, read())).toMatchObject({
      'main.sh': 'mapped',
      'common.sh': 'mapped',
      'unused.py': 'dropped:not-referenced',
      'linked.sh': 'dropped:not-referenced',
    })
  })

  it('A12: are copied from where a link inside the root leads, and not from outside', async () => {
    const { root, bring, read } = homeWith(on('Stop', run('~/.claude/hooks/in.sh'), run('~/.claude/hooks/out.sh')), {
      'home/dotfiles/in.sh': script,
      'outside.sh': script,
      'home/.claude/hooks/in.sh': { link: '../../dotfiles/in.sh' },
      'home/.claude/hooks/out.sh': { link: '../../../outside.sh' },
    })

    const planned = await bring()

    expect(Object.keys(textsBelow(`${root}/home/.codex/hooks`))).toEqual(['in.sh'])
    expect(account(planned, read())['in.sh']).toBe('mapped')
  })

  it('are copied once for two events that call them, and with each event when only one is chosen', () => {
    const { plan, read } = homeWith(
      { ...on('Stop', run('~/.claude/hooks/a.sh')), ...on('SessionEnd', run('~/.claude/hooks/a.sh')) },
      {
        'home/.claude/hooks/a.sh': script,
      },
    )

    const copies = plan().map(({ outcome }) => (outcome.type === 'change' ? outcome.changes.at(-1) : undefined))

    expect(copies[0]).toEqual(copies[1])
    expect(Object.keys(account(plan(), read()))).toHaveLength(3)
  })

  it('are left for the person to copy when they are far larger than a script', () => {
    const { plan, read } = homeWith(on('Stop', run('~/.claude/hooks/huge')), {
      'home/.claude/hooks/huge': new Uint8Array(11 * 1024 * 1024),
    })

    const planned = plan()

    expect(account(planned, read()).huge).toBe('needs-action:not-copied')
    expect(planned[0]!.outcome).toMatchObject({ changes: [{ type: 'mergeJson' }] })
  })

  it('stay as they are when the target has others of that name', async () => {
    const { root, bring, read } = homeWith(on('Stop', run('~/.claude/hooks/h.sh')), {
      'home/.claude/hooks/h.sh': 'theirs\n',
      'home/.codex/hooks/h.sh': 'mine\n',
    })

    const planned = await bring()

    expect(textsBelow(`${root}/home/.codex/hooks`)).toEqual({ 'h.sh': 'mine\n' })
    expect(account(planned, read())['h.sh']).toBe('needs-action:target-exists')
  })

  it('B10: a command that calls something missing, or reads what is not set there, needs action', () => {
    const { plan, read } = homeWith(
      on(
        'Stop',
        run('~/.claude/hooks/gone.sh'),
        run("python3 '/home/u/.claude/hooks/a b.py'"),
        run('~/bin/tool --x'),
        run('echo $CLAUDE_TOOL_NAME'),
      ),
      { 'home/.claude/hooks/reads.sh': 'echo $CLAUDE_PROJECT_DIR\n' },
    )

    const fates = account(plan(), read())

    expect(fates['settings.json#/hooks/Stop/0/hooks/0']).toBe('needs-action:calls-something-missing')
    expect(fates['settings.json#/hooks/Stop/0/hooks/1']).toBe('needs-action:calls-something-missing')
    expect(fates['settings.json#/hooks/Stop/0/hooks/2']).toBe('needs-action:calls-something-missing')
    expect(fates['settings.json#/hooks/Stop/0/hooks/3']).toBe('needs-action:variables-not-set')
  })
})

describe('commands of a repository', () => {
  const commands = async (lines: readonly string[], tree: Tree = {}) => {
    const root = tempTree({
      'repo/.git/HEAD': 'x',
      'repo/.claude/hooks/x.sh': script,
      'repo/.claude/hooks/a b.py': 'print(1)\n',
      'repo/scripts/y.sh': script,
      'repo/.claude/settings.json': settings(on('Stop', ...lines.map(run))),
      ...tree,
    })
    const way = journey(hooksReader, hooksKind, root, 'repo')
    const planned = await way.bring()
    const text = textsBelow(`${root}/repo/.codex`)['hooks.json']!
    const { hooks } = JSON.parse(text) as { hooks: { Stop: unknown } }
    return { root, text, commands: commandsOf(hooks.Stop), fates: account(planned, way.read()) }
  }

  it('B4: hold in any checkout and from any folder of it', async () => {
    const top = '$(git rev-parse --show-toplevel)'

    const found = await commands([
      '.claude/hooks/x.sh',
      '"$CLAUDE_PROJECT_DIR"/.claude/hooks/x.sh --a',
      '${CLAUDE_PROJECT_DIR}/.claude/hooks/x.sh',
      'HOOK=.claude/hooks/x.sh run',
      'python3 ".claude/hooks/a b.py" && cat ./.claude/hooks/x.sh',
      '$CLAUDE_PROJECT_DIR/scripts/y.sh',
      'bash -c "$CLAUDE_PROJECT_DIR/scripts/y.sh --deep"',
      '.claude\\hooks\\x.sh',
      '%CLAUDE_PROJECT_DIR%\\.claude\\hooks\\x.sh',
    ])

    expect(found.commands).toEqual([
      `"${top}/.codex/hooks/x.sh"`,
      `"${top}/.codex/hooks/x.sh" --a`,
      `"${top}/.codex/hooks/x.sh"`,
      `HOOK="${top}/.codex/hooks/x.sh" run`,
      `python3 "${top}/.codex/hooks/a b.py" && cat "${top}/.codex/hooks/x.sh"`,
      `"${top}"/scripts/y.sh`,
      `bash -c "${top}/scripts/y.sh --deep"`,
      `"${top}/.codex/hooks/x.sh"`,
      `"${top}/.codex/hooks/x.sh"`,
    ])
    expect(found.text).not.toContain(found.root)
  })

  it('B10: say that a script of the repository is missing', async () => {
    const { fates } = await commands([
      '.claude/hooks/nope.sh',
      '"$CLAUDE_PROJECT_DIR"/scripts/nope.sh',
      'npx prettier --check .',
    ])

    expect(fates['settings.json#/hooks/Stop/0/hooks/0']).toBe('needs-action:calls-something-missing')
    expect(fates['settings.json#/hooks/Stop/0/hooks/1']).toBe('needs-action:calls-something-missing')
    expect(fates['settings.json#/hooks/Stop/0/hooks/2']).toBe('mapped')
  })

  it('name the folder itself when it is in no repository', async () => {
    const root = tempTree({
      "repo's/.claude/hooks/x.sh": script,
      'repo/.claude/hooks/x.sh': script,
      'repo/.claude/settings.json': settings(on('Stop', run('$CLAUDE_PROJECT_DIR/.claude/hooks/x.sh'))),
    })

    await journey(hooksReader, hooksKind, root, 'repo').bring()

    const { hooks } = JSON.parse(textsBelow(`${root}/repo/.codex`)['hooks.json']!) as { hooks: { Stop: unknown } }
    expect(commandsOf(hooks.Stop)).toEqual([`'${root}/repo/.codex/hooks/x.sh'`])
  })
})

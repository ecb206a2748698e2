import type { TreeNode } from './temp-tree.js'

/** Stands in every value that must not arrive anywhere. */
export const SECRET = 'q7Zx'

/** A random home of the other agent, with a repository and a target that holds something already. */
export interface RandomHome {
  readonly tree: { readonly [path: string]: TreeNode }
}

type Draw = (below: number) => number

/** The same home for the same number. */
export function randomHome(seed: number): RandomHome {
  const draw = drawerOf(seed)
  const tree: { [path: string]: TreeNode } = { 'repo/.git/HEAD': 'ref: refs/heads/main\n', 'outside/x.md': 'outside\n' }
  addPlace(tree, 'home', draw)
  addPlace(tree, 'repo', draw)
  if (maybe(draw)) tree['home/.claude.json'] = json({ mcpServers: servers(draw), numStartups: draw(9) }, draw)
  if (maybe(draw)) tree['repo/.mcp.json'] = json({ mcpServers: servers(draw) }, draw)
  if (maybe(draw)) tree['repo/CLAUDE.md'] = text(draw)
  if (maybe(draw)) tree['repo/CLAUDE.local.md'] = text(draw)
  if (maybe(draw)) tree['repo/packages/a/CLAUDE.md'] = text(draw)
  addTarget(tree, 'home/.codex', draw)
  addTarget(tree, 'repo/.codex', draw)
  if (maybe(draw)) tree['home/.agents/skills/s1/SKILL.md'] = 'mine\n'
  if (maybe(draw)) tree['repo/AGENTS.md'] = text(draw)
  return { tree }
}

function addPlace(tree: { [path: string]: TreeNode }, place: string, draw: Draw): void {
  const folder = `${place}/.claude`
  if (maybe(draw)) tree[`${folder}/settings.json`] = json(settings(draw), draw)
  if (draw(3) === 0) tree[`${folder}/settings.local.json`] = json(settings(draw), draw)
  if (maybe(draw)) tree[`${folder}/CLAUDE.md`] = text(draw)
  if (maybe(draw)) tree[`${folder}/extra.md`] = text(draw)
  for (let index = draw(4); index > 0; index--) {
    const skill = `${folder}/skills/${name(draw)}`
    tree[`${skill}/SKILL.md`] = document(draw)
    if (maybe(draw)) tree[`${skill}/scripts/run.sh`] = { text: '#!/bin/sh\n', mode: 0o755 }
    if (maybe(draw)) tree[`${skill}/data.bin`] = Buffer.from([0, draw(256), 0xff])
    if (draw(4) === 0) tree[`${skill}/out-${draw(99)}.md`] = { link: '../../../../outside/x.md' }
  }
  for (let index = draw(4); index > 0; index--) {
    tree[`${folder}/commands/${maybe(draw) ? 'team/' : ''}${name(draw)}.md`] = document(draw)
  }
  for (let index = draw(4); index > 0; index--) {
    tree[`${folder}/agents/${maybe(draw) ? 'team/' : ''}${name(draw)}.md`] = document(draw)
  }
  for (let index = draw(3); index > 0; index--) tree[`${folder}/rules/${name(draw)}.md`] = document(draw)
  for (const script of ['guard.sh', 'lib.sh']) {
    if (maybe(draw)) tree[`${folder}/hooks/${script}`] = { text: '#!/bin/sh\n. lib.sh\n', mode: 0o755 }
  }
}

function addTarget(tree: { [path: string]: TreeNode }, folder: string, draw: Draw): void {
  if (maybe(draw)) tree[`${folder}/config.toml`] = pick(draw, TARGET_TOML)
  if (maybe(draw)) tree[`${folder}/hooks.json`] = pick(draw, TARGET_JSON)
  if (maybe(draw)) tree[`${folder}/AGENTS.md`] = text(draw)
  if (draw(4) === 0) tree[`${folder}/agents/a.toml`] = 'name = "mine"\n'
  if (draw(4) === 0) tree[`${folder}/hooks/guard.sh`] = '#!/bin/sh\n# mine\n'
}

const TARGET_TOML = [
  '',
  '# mine\r\nmodel = "x" # keep\r\n',
  'a.b.c = 1\n[a.d]\nx = [1,\n  2, # two\n]\n',
  '[mcp_servers.s1]\ncommand = "mine"\n\n[[list]]\nx = 1\n',
  '[shell_environment_policy]\ninherit = "all"\nset = { FOO = "mine" }\n',
  'mcp_servers = { "s 2" = { command = "mine" } }\n',
  '"shell_environment_policy".set."A.B" = "mine"\nsandbox_mode = "read-only"\n',
  '\ufeffmodel = "x"\n',
  'b = = 1\n',
]

const TARGET_JSON = [
  '',
  '{}',
  '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"mine"}]}]}}\n',
  '{\n\t"x": 1, "hooks": {"PreToolUse": []}\n}\r\n',
  '{ nonsense',
]

function settings(draw: Draw): unknown {
  const whole: { [key: string]: unknown } = {
    env: {
      FOO: value(draw),
      'A.B': 'x',
      N: draw(100),
      NOTHING: null,
      LIST: [1],
      [`API_TOKEN_${draw(3)}`]: secret(draw),
      DATABASE_URL: `postgres://u:${secret(draw)}@host/db`,
    },
    permissions: {
      allow: some(draw, PERMISSIONS),
      ask: some(draw, PERMISSIONS),
      deny: some(draw, PERMISSIONS),
      defaultMode: pick(draw, ['acceptEdits', 'plan', 'bypassPermissions', 'odd', 7]),
      additionalDirectories: some(draw, ['../docs', '/tmp', '~/x', 5]),
    },
    hooks: hooks(draw),
    model: pick(draw, ['opus', 'claude-opus-4', 3]),
    sandbox: { enabled: maybe(draw), network: { allowedDomains: ['x.dev'] } },
    enabledPlugins: { 'a@b': true },
    statusLine: { type: 'command', command: 'x' },
    enabledMcpjsonServers: some(draw, ['s1', 's3']),
    unheardOf: { deep: [{ a: null }] },
    'odd/key~': 1,
  }
  return Object.fromEntries(Object.entries(whole).filter(() => maybe(draw)))
}

const PERMISSIONS = [
  'Bash(npm run:*)',
  'Bash(npm test)',
  'Bash(git push *)',
  'Bash',
  'Bash(',
  'Read(./.env)',
  'Read(~/x/**)',
  'Edit(//etc/**)',
  'WebFetch(domain:x.dev)',
  'WebSearch',
  'mcp__s1',
  'mcp__s1__tool',
  'mcp__gone',
  'Task',
  '',
  7,
  null,
]

function hooks(draw: Draw): unknown {
  const events = ['PreToolUse', 'PostToolUse', 'Stop', 'Notification', 'UserPromptSubmit', 'Odd Event', 'SessionStart']
  return Object.fromEntries(
    some(draw, events).map((event) => [event, Array.from({ length: draw(4) }, () => hookGroup(draw))]),
  )
}

function hookGroup(draw: Draw): unknown {
  const commands = [
    'echo done',
    '~/.claude/hooks/guard.sh --x',
    '"$CLAUDE_PROJECT_DIR"/.claude/hooks/guard.sh',
    'H=.claude/hooks/lib.sh sh -c "$H"',
    "echo '",
    '',
  ]
  const handlers = Array.from({ length: 1 + draw(3) }, () =>
    pick<unknown>(draw, [
      { type: 'command', command: 'echo done' },
      { type: 'command', command: '~/.claude/hooks/guard.sh' },
      { type: 'command', command: pick(draw, commands) },
      { type: 'command', command: pick(draw, commands), timeout: draw(90), statusMessage: 'Claude works' },
      { type: 'prompt', prompt: 'x' },
      { type: 'command', command: pick(draw, commands), async: true, once: true },
      'x',
      null,
    ]),
  )
  return pick<unknown>(draw, [
    { hooks: handlers },
    { matcher: 'Bash|Edit', hooks: handlers },
    { if: 'x', hooks: handlers },
    3,
  ])
}

function servers(draw: Draw): unknown {
  const names = ['s1', 's 2', 's3', 'a"b', '', 'Ünï', 'constructor']
  return Object.fromEntries(some(draw, names).map((server) => [server, oneServer(draw)]))
}

function oneServer(draw: Draw): unknown {
  const env = { TOKEN: secret(draw), PLAIN: value(draw), HOME_DIR: '${HOME}', WITH: '${X:-y}', N: 3, O: {} }
  const headers = { Authorization: `Bearer ${secret(draw)}`, 'X-Api-Key': secret(draw), 'X-Plain': value(draw) }
  return pick<unknown>(draw, [
    { command: 'npx', args: ['-y', 'x', draw(9)], env, timeout: 5_000 },
    { command: 'x', args: ['${HOME}/a', '--flag=${GONE}'], cwd: '/tmp' },
    { type: 'http', url: 'https://x.dev/mcp', headers },
    { type: 'sse', url: 'https://x.dev/sse', headers },
    { url: 'https://${HOST:-x.dev}/mcp', headers: { A: '${B}', C: 'pre ${D}' } },
    { command: 'x', disabled: true },
    { odd: 1 },
    'x',
  ])
}

function document(draw: Draw): TreeNode {
  if (draw(9) === 0) return Buffer.from([0x2d, 0xe9, 0x0a])
  const keys = some(draw, [
    `name: ${name(draw)}`,
    'description: Reviews with Claude: all of it',
    'description: "two\\nlines"',
    'tools: Read, Grep',
    'allowed-tools: [Bash, "Read(x)"]',
    'model: opus',
    'permissionMode: plan',
    'argument-hint: "[file]"',
    'paths: "*.go"',
    'odd: {a: [1, 2]}',
    'effort: max',
    'bad: [',
  ])
  const body = text(draw)
  return maybe(draw) ? `---\n${keys.join('\n')}\n---\n${body}` : body
}

function text(draw: Draw): string {
  const parts = [
    'Claude Code reads ~/.claude/settings.json\n',
    '@extra.md\n',
    '@../../outside/x.md\n',
    '@gone.md\n',
    '```sh\nclaude -p x\n```\n',
    'Do $ARGUMENTS with $1\n',
    '!`git status`\n',
    '\r\n',
    '{{x}} 😀 \u2028\n',
    '# CLAUDE.md\n\n- claude-3-opus\n',
    '',
  ]
  return Array.from({ length: draw(5) }, () => pick(draw, parts)).join('')
}

function name(draw: Draw): string {
  return pick(draw, ['s1', 'a', 'b', 'B', 'git commit', 'x.y', 'Ünï', '.dot', 'README', '-rf', 'a\nb', 'n'.repeat(90)])
}

function value(draw: Draw): string {
  return pick(draw, ['x', 'a "quoted" \\ value', 'two\nlines', '', '😀', "'''", '${HOME}/x'])
}

/** Unlike any word, of three kinds that services give out. */
function secret(draw: Draw): string {
  const tail = Array.from({ length: 24 }, () => 'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789'[draw(40)]).join('')
  return `${pick(draw, ['sk-', 'ghp_', ''])}${SECRET}${tail}`
}

function json(whole: unknown, draw: Draw): string {
  if (draw(12) === 0) return '{ "broken": '
  const written = JSON.stringify(whole, null, draw(2) * 2)
  return draw(6) === 0 ? `\ufeff${written.replaceAll('\n', '\r\n')}` : written
}

function some<T>(draw: Draw, from: readonly T[]): T[] {
  return from.filter(() => draw(3) === 0)
}

function pick<T>(draw: Draw, from: readonly T[]): T {
  return from[draw(from.length)]!
}

function maybe(draw: Draw): boolean {
  return draw(2) === 0
}

/** Numbers that look random and are the same each time. */
function drawerOf(seed: number): Draw {
  let state = Math.imul(seed + 1, 0x9e3779b1)
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

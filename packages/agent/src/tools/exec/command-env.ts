/** What decides the environment of a command. */
export interface CommandEnvInput {
  readonly env: { readonly [name: string]: string | undefined }
  /** `shell_environment_policy` of the configuration. */
  readonly policy: unknown
  readonly threadId: string
  readonly hasTerminal: boolean
  readonly hasNetwork: boolean
}

/** What `inherit = "core"` leaves. */
const core = new Set([
  'HOME',
  'LOGNAME',
  'PATH',
  'SHELL',
  'USER',
  'USERNAME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TERM',
])
const secret = /KEY|SECRET|TOKEN/i

/**
 * The environment that a command sees: the server's, as `shell_environment_policy` has it, and what keeps programs from
 * colours and pagers.
 *
 * Source: reference 0.169.0, docs/observations/shell-environment.md.
 */
export function commandEnv(input: CommandEnvInput): Record<string, string> {
  const policy = (typeof input.policy === 'object' && input.policy !== null ? input.policy : {}) as Record<
    string,
    unknown
  >
  const inherit = policy['inherit'] ?? 'all'
  let env = new Map<string, string>()
  for (const [name, value] of Object.entries(input.env)) {
    if (value === undefined || inherit === 'none' || (inherit === 'core' && !core.has(name))) continue
    if (policy['ignore_default_excludes'] === false && secret.test(name)) continue
    env.set(name, value)
  }
  const excluded = patterns(policy['exclude'])
  for (const name of env.keys()) if (excluded.some((pattern) => pattern.test(name))) env.delete(name)
  for (const [name, value] of Object.entries((policy['set'] ?? {}) as Record<string, unknown>))
    env.set(name, String(value))
  const only = patterns(policy['include_only'])
  if (only.length > 0) env = new Map([...env].filter(([name]) => only.some((pattern) => pattern.test(name))))
  return {
    ...Object.fromEntries(env),
    NO_COLOR: '1',
    TERM: input.hasTerminal ? 'xterm-256color' : 'dumb',
    LANG: 'C.UTF-8',
    LC_CTYPE: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    COLORTERM: '',
    PAGER: 'cat',
    GIT_PAGER: 'cat',
    GH_PAGER: 'cat',
    CODEX_CI: '1',
    CODEX_THREAD_ID: input.threadId,
    ...(input.hasNetwork ? {} : { CODEX_SANDBOX_NETWORK_DISABLED: '1' }),
  }
}

/** Names with `*` and `?`, whatever their case. */
function patterns(value: unknown): readonly RegExp[] {
  if (!Array.isArray(value)) return []
  return value.map((name) => {
    const escaped = String(name).replace(/[.+^${}()|[\]\\]/g, '\\$&')
    return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i')
  })
}

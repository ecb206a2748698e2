type Agent = typeof import('@gangway/agent')

let loading: Promise<Agent> | undefined

/** The package that knows models, commands and turns. Loaded with the first request that needs it, and kept. */
export function agent(): Promise<Agent> {
  loading ??= import('@gangway/agent')
  return loading
}

import { ServerError } from '@gangway/client'

/** Refusals that say that there is no model to talk to: no key, no provider. */
const withoutModel =
  /^No key for model provider|^Missing environment variable|Model provider `.*` (?:not found|has no address)/

/**
 * A failure before or instead of a turn, in words for a person: what the server said, and, where there is no model to
 * talk to, the ways out.
 */
export function failureWords(error: unknown): string {
  const message =
    error instanceof ServerError ? error.cause.message : error instanceof Error ? error.message : String(error)
  const reason = message.replace(/^failed to load configuration: /, '')
  if (!(error instanceof ServerError) || !withoutModel.test(reason))
    return error instanceof Error ? error.message : message
  return [
    reason,
    'Ways out: set that variable; name another provider with -c model_provider=NAME; or use a model on this machine',
    'with --local-provider ollama (or lmstudio).',
  ].join('\n')
}

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]'

/** Names of members, headers, variables and parameters whose value is a secret, whatever stands before the word. */
const NAME = String.raw`[\w.-]*(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|authorization|cookie)`

/** A quotation mark of JSON, also of JSON within a text of JSON. */
const QUOTE = String.raw`(\\*")`

/** A member of an object whose value is a text: `"api_key": "…"`. */
const MEMBER = new RegExp(String.raw`${QUOTE}(${NAME})\1(\s*:\s*)\1((?:(?!\1)[^\\]|\\(?!\1).|\\\\)*?)\1`, 'gi')

/** A variable, parameter or header outside of JSON: `TOKEN=…`, `?token=…`, `x-api-key: …`. */
const ASSIGNMENT = new RegExp(String.raw`\b(${NAME})(=|:\s+)((?:Bearer|Basic)\s+)?([^\s"'&,;\\]+)`, 'gi')

/** What is a secret by its looks alone: keys of well-known services, JSON web tokens, what follows `Bearer`, a password in a URL. */
const BY_LOOKS = [
  /\b(?:sk|pk|rk)-[\w-]{16,}/g,
  /\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}/g,
  /\bxox[abprs]-[\w-]{10,}/g,
  /\bA(?:KI|SI)A[0-9A-Z]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
] as const
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/@:"]*:)[^\s/@"]+(?=@)/gi

/**
 * `text` without what is named or looks like a secret; JSON stays JSON.
 *
 * A net with holes: a secret that nothing names and that looks like any word gets through.
 */
export function withoutSecrets(text: string): string {
  const named = text
    .replace(MEMBER, (_, quote, name, colon) => `${quote}${name}${quote}${colon}${quote}${REDACTED}${quote}`)
    .replace(ASSIGNMENT, (all, name, sign, _scheme, value) =>
      value.startsWith('[') ? all : `${name}${sign}${REDACTED}`,
    )
    .replace(BEARER, `$1 ${REDACTED}`)
    .replace(URL_PASSWORD, `$1${REDACTED}`)
  return BY_LOOKS.reduce((left, pattern) => left.replace(pattern, REDACTED), named)
}

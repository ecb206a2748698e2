/** What stands in the place of a secret. */
const REDACTED = '[redacted]'

/** How the name of a secret ends: a member, a header, a variable or a parameter. What stands before it does not matter. */
const NAME =
  '(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|authorization|cookie)'

// Every pattern begins with fixed letters and runs over a text once, so that no text makes it slow.

/** A member of an object whose value is a text: `"api_key": "…"`. */
const MEMBER = new RegExp(String.raw`(${NAME}"\s*:\s*")(?:[^"\\]|\\.)*"`, 'gi')

/** The same in JSON that is itself a text of JSON: `\"api_key\": \"…\"`. */
const NESTED_MEMBER = new RegExp(String.raw`(${NAME})(\\+)("\s*:\s*)\2"[^"]*?\2"`, 'gi')

/** A variable, parameter or header outside of JSON: `TOKEN=…`, `?token=…`, `x-api-key: …`. */
const ASSIGNMENT = new RegExp(String.raw`(${NAME}(?:=|:\s+))(?!\[)(?:Bearer\s+|Basic\s+)?[^\s"'&,;\\]+`, 'gi')

/** What follows `Bearer`, as far as it is no word of prose; a password in a URL. */
const BEARER = /\b(Bearer\s+)(?=[\w.~+/=-]*\d)[\w.~+/=-]{8,}/gi
const URL_PASSWORD = /(:\/\/[^\s/@:"]*:)[^\s/@"]+(?=@)/g

/** Keys of well-known services and JSON web tokens, which are known by their looks alone. */
const BY_LOOKS = [
  /\b(?:sk|pk|rk)-[\w-]{16,}/g,
  /\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}/g,
  /\bxox[abprs]-[\w-]{10,}/g,
  /\bA(?:KI|SI)A[0-9A-Z]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /(?<![\w-])eyJ[\w-]{8,2000}\.[\w-]{8,4000}\.[\w-]*/g,
] as const

/**
 * `text` without what is named or looks like a secret; JSON stays JSON.
 *
 * A net with holes: a secret that nothing names and that looks like any word gets through.
 */
export function withoutSecrets(text: string): string {
  const named = text
    .replace(MEMBER, `$1${REDACTED}"`)
    .replace(NESTED_MEMBER, `$1$2$3$2"${REDACTED}$2"`)
    .replace(ASSIGNMENT, `$1${REDACTED}`)
    .replace(BEARER, `$1${REDACTED}`)
    .replace(URL_PASSWORD, `$1${REDACTED}`)
  return BY_LOOKS.reduce((left, pattern) => left.replace(pattern, REDACTED), named)
}

/** Words that make a name one of a secret, wherever they stand in it. */
const SECRET_WORDS = new Set([
  'apikey',
  'auth',
  'authorization',
  'bearer',
  'cookie',
  'credential',
  'credentials',
  'jwt',
  'pass',
  'passphrase',
  'passwd',
  'password',
  'pat',
  'pwd',
  'secret',
  'secrets',
  'token',
])

/** Words after which `key` is a secret. */
const KEY_WORDS = new Set([
  'access',
  'account',
  'api',
  'app',
  'auth',
  'client',
  'encryption',
  'license',
  'master',
  'private',
  'secret',
  'service',
  'signing',
  'storage',
])

/** Last words that make a name one of a place, a kind or a size, whatever stands before: `TOKEN_LIMIT`, `KEY_PATH`. */
const HARMLESS_LAST_WORDS = new Set([
  'algorithm',
  'count',
  'dir',
  'enabled',
  'env',
  'expiry',
  'file',
  'header',
  'helper',
  'id',
  'length',
  'limit',
  'max',
  'method',
  'min',
  'mode',
  'name',
  'path',
  'prefix',
  'provider',
  'size',
  'socket',
  'sock',
  'timeout',
  'ttl',
  'type',
  'uri',
  'url',
])

/** Names that end in a secret word and are none. */
const HARMLESS_NAMES = new Set(['pwd', 'oldpwd', 'pass'])

/**
 * Whether a variable or header of this name holds a secret: `GITHUB_TOKEN`, `apiKey`, `X-Api-Key`, `DB_PASSWORD`.
 * Not `PATH`, `PORT`, `MAX_TOKENS`, `TOKEN_LIMIT`, `SSH_AUTH_SOCK` or `KEYBOARD`.
 */
export function isSecretName(name: string): boolean {
  if (HARMLESS_NAMES.has(name.toLowerCase())) return false
  const words = wordsOf(name)
  const last = words.at(-1)
  if (last === undefined || HARMLESS_LAST_WORDS.has(last)) return false
  return words.some((word, index) => SECRET_WORDS.has(word) || (isKey(word) && keyIsSecret(words, index)))
}

function isKey(word: string): boolean {
  return word === 'key' || word === 'keys'
}

function keyIsSecret(words: readonly string[], index: number): boolean {
  if (KEY_WORDS.has(words[index - 1] ?? '')) return true
  return index === words.length - 1 && words.length > 1 && words[index - 1] !== 'public' && words[index - 1] !== 'cache'
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

/** Beginnings and shapes by which well-known services mark their tokens. */
const KNOWN_SHAPES = [
  /^sk[-_][A-Za-z0-9_-]{8,}$/,
  /^(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{8,}$/,
  /^gh[pousr]_[A-Za-z0-9]{16,}$/,
  /^github_pat_[A-Za-z0-9_]{16,}$/,
  /^glpat-[A-Za-z0-9_-]{12,}$/,
  /^xox[abeoprs]-[A-Za-z0-9-]{8,}$/,
  /^(?:AKIA|ASIA)[A-Z0-9]{12,}$/,
  /^AIza[A-Za-z0-9_-]{20,}$/,
  /^ya29\.[A-Za-z0-9_-]{10,}$/,
  /^(?:hf|npm|dop_v1|shpat|lin_api|ntn|secret|figd|pul|r8|tvly|fc)[-_][A-Za-z0-9_-]{16,}$/,
  /^pypi-[A-Za-z0-9_-]{16,}$/,
  /^SG\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}$/,
  /^eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.?[A-Za-z0-9_-]*$/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
]

/** `scheme://user:password@host`, with a password that is no placeholder. */
const URL_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/i

/** A parameter of a URL that carries a secret. */
const URL_PARAMETER = /[?&;]([A-Za-z0-9_.-]+)=([^&#\s]{6,})/g

/** The authorization schemes whose rest is the secret. */
const AUTHORIZATION = /^(?:Bearer|Basic|Token|ApiKey|Bot)\s+(\S+)$/i

/** How long an unmarked value must be before its disorder says that it is a secret. */
const MIN_RANDOM_LENGTH = 20

/** Bits for each character from which a value of letters and digits counts as random; English words have about 3. */
const RANDOM_BITS = 3.4

/**
 * Whether a value gives itself away as a secret: marked tokens, authorization headers, private keys, URLs with a password,
 * and long strings without order. A placeholder such as `${TOKEN}` is none.
 */
export function looksSecret(value: string): boolean {
  const text = value.trim()
  if (isPlaceholder(text)) return false
  if (KNOWN_SHAPES.some((shape) => shape.test(text))) return true
  const authorization = AUTHORIZATION.exec(text)?.[1]
  if (authorization !== undefined) return !isPlaceholder(authorization)
  const password = URL_PASSWORD.exec(text)?.[1]
  if (password !== undefined) return !isPlaceholder(password)
  for (const [, name, parameter] of text.matchAll(URL_PARAMETER)) {
    if (isSecretName(name!) && !isPlaceholder(parameter!)) return true
  }
  return looksRandom(text)
}

/** Whether `value` under `name` is a secret that must not be copied by default. Switches, numbers and paths never are. */
export function isSecret(name: string, value: string): boolean {
  const text = value.trim()
  if (text === '' || isPlaceholder(text)) return false
  if (looksSecret(text)) return true
  return isSecretName(name) && !isSwitchNumberOrPath(text)
}

function isSwitchNumberOrPath(text: string): boolean {
  return /^(?:true|false|yes|no|on|off|none|null|\d{1,4})$/i.test(text) || /^(?:~|\.{1,2})?\//.test(text)
}

function isPlaceholder(text: string): boolean {
  return /^(?:\$\{[^}]*\}|\$[A-Za-z_]\w*|%[A-Za-z_]\w*%|\{\{[^}]*\}\}|<[^>]*>)$/.test(text)
}

function looksRandom(text: string): boolean {
  if (text.length < MIN_RANDOM_LENGTH || !/^[A-Za-z0-9+/_=.-]+$/.test(text)) return false
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false
  if (/^[A-Fa-f0-9]{32,}$/.test(text)) return true
  // Paths, hosts, packages and dated names are made of short words between separators.
  const longest = Math.max(...text.split(/[/._-]/).map((part) => part.length))
  return longest >= MIN_RANDOM_LENGTH - 4 && bitsPerCharacter(text) >= RANDOM_BITS
}

function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/**
 * A name for an environment variable out of what it is for: `('github', 'Authorization')` gives `GITHUB_AUTHORIZATION`.
 * Only `A-Z`, digits and `_`; never starts with a digit.
 */
export function environmentName(...parts: readonly string[]): string {
  const name = parts
    .map((part) =>
      part
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, '_')
        .replace(/^_+|_+$/g, ''),
    )
    .filter((part) => part !== '')
    .join('_')
  return /^[0-9]/.test(name) || name === '' ? `_${name}` : name
}

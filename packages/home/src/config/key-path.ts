import { ConfigWriteError } from './config-errors.js'

/**
 * The keys of a dotted path. A part, or a piece of one, may stand in double quotes; in them a backslash takes the next
 * character as it is. Blanks and single quotes are part of the key. Source: reference 0.169.0.
 *
 * @throws ConfigWriteError `configValidationError`
 */
export function parseKeyPath(keyPath: string): string[] {
  if (keyPath.trim() === '') throw invalid('keyPath must not be empty')
  const parts: string[] = []
  let part = ''
  let isQuoted = false
  let wasQuoted = false
  const end = () => {
    if (part === '' && !wasQuoted) throw invalid('keyPath segments must not be empty')
    parts.push(part)
    part = ''
    wasQuoted = false
  }
  for (let at = 0; at < keyPath.length; at++) {
    const character = keyPath.charAt(at)
    if (character === '"') {
      isQuoted = !isQuoted
      wasQuoted = true
    } else if (isQuoted && character === '\\') part += keyPath.charAt(++at)
    else if (!isQuoted && character === '.') end()
    else part += character
  }
  if (isQuoted) throw invalid('unterminated quoted keyPath segment')
  end()
  return parts
}

function invalid(message: string): ConfigWriteError {
  return new ConfigWriteError('configValidationError', message)
}

/** First characters that mean something else than text in YAML. */
const INDICATORS = /^[-?:,[\]{}#&*!|>'"%@`\s]/
/** Words that YAML readers take for something else than text. */
const NOT_TEXT = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+.]?\d[\w.:+-]*|\.inf|\.nan)$/i

/**
 * `text` as a YAML value for a key at the left margin: plain where that is safe, else in double quotes with everything
 * escaped that needs it. One line, however many lines the text has.
 */
function yamlText(text: string): string {
  return isPlain(text) ? text : quotedYaml(text)
}

/** `text` in double quotes. Every escape is JSON's, which YAML 1.2 shares. */
export function quotedYaml(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped)
}

/** One front matter line, or several for a list. */
export function yamlLine(key: string, value: unknown): string {
  const name = /^[\w.-]+$/.test(key) ? key : quotedYaml(key)
  if (value === null || value === undefined) return `${name}:`
  if (!Array.isArray(value)) return `${name}: ${yamlText(String(value))}`
  return value.length === 0
    ? `${name}: []`
    : [`${name}:`, ...value.map((item) => `  - ${yamlText(String(item))}`)].join('\n')
}

function isPlain(text: string): boolean {
  return (
    /^[\x20-\x7e\u00a0-\u2027\u2030-\ud7ff]+$/.test(text) &&
    !INDICATORS.test(text) &&
    !NOT_TEXT.test(text) &&
    !/: | #|[:\s]$/.test(text)
  )
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

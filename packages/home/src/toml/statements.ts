/** One statement of a TOML text with its line end: a header, a key with its value (perhaps over several lines), or a line of neither. */
export interface Statement {
  readonly kind: 'header' | 'key' | 'comment' | 'blank'
  readonly start: number
  /** Offset after its line end. */
  readonly end: number
}

/** Splits a text that parses as TOML into its statements. Strings and lists over several lines stay whole. Touches no disk. */
export function statementsOf(text: string): Statement[] {
  const statements: Statement[] = []
  for (let start = 0; start < text.length; ) {
    const end = endOfStatement(text, start)
    statements.push({ kind: kindOf(text.slice(start, end)), start, end })
    start = end
  }
  return statements
}

function kindOf(statement: string): Statement['kind'] {
  const first = statement.trimStart()[0]
  if (first === undefined) return 'blank'
  if (first === '#') return 'comment'
  return first === '[' ? 'header' : 'key'
}

const token = /"""(?:[^\\]|\\[\s\S])*?"{3,5}|'''[\s\S]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[[\]{}\n]/y

function endOfStatement(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; ) {
    token.lastIndex = at
    const found = token.exec(text)?.[0]
    if (found === undefined) {
      at++
      continue
    }
    at += found.length
    if (found === '[' || found === '{') depth++
    else if (found === ']' || found === '}') depth--
    else if (found === '\n' && depth === 0) return at
  }
  return text.length
}

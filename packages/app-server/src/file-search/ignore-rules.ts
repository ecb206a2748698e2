/** One line of a `.gitignore`, made ready. */
export interface IgnoreRule {
  readonly pattern: RegExp
  readonly isNegated: boolean
  readonly foldersOnly: boolean
}

/** The rules of a `.gitignore`, for paths relative to its folder, in its order. Lines that mean nothing are left out. */
export function ignoreRules(text: string): readonly IgnoreRule[] {
  return text.split(/\r?\n/).flatMap((line) => ruleOf(line))
}

/** Whether the last rule that fits ignores the path; undefined: none fits. @param path relative, with slashes */
export function verdict(rules: readonly IgnoreRule[], path: string, isFolder: boolean): boolean | undefined {
  const rule = rules.findLast(({ pattern, foldersOnly }) => (isFolder || !foldersOnly) && pattern.test(path))
  return rule === undefined ? undefined : !rule.isNegated
}

function ruleOf(line: string): readonly IgnoreRule[] {
  const text = line.replace(/(?<!\\)\s+$/, '')
  if (text === '' || text.startsWith('#')) return []
  const isNegated = text.startsWith('!')
  const body = isNegated ? text.slice(1) : text
  const foldersOnly = body.endsWith('/')
  const path = foldersOnly ? body.slice(0, -1) : body
  // A slash before the end ties a pattern to its folder; without one it fits at any depth.
  const source = `^${path.includes('/') ? '' : '(?:.*/)?'}${sourceOf(path.replace(/^\//, ''))}$`
  try {
    return [{ pattern: new RegExp(source), isNegated, foldersOnly }]
  } catch {
    return []
  }
}

const tokens = /\*\*\/|\/\*\*$|\*+|\?|\[!?[^\]]+\]|\\.|[^*?[\\]+|./g

function sourceOf(path: string): string {
  return (path.match(tokens) ?? []).map((token) => pieceOf(token)).join('')
}

function pieceOf(token: string): string {
  if (token === '**/') return '(?:.*/)?'
  if (token === '/**') return '/.*'
  if (token.startsWith('*')) return '[^/]*'
  if (token === '?') return '[^/]'
  if (token.startsWith('[') && token.length > 2) return token.replace(/^\[!/, '[^').replaceAll('\\', '\\\\')
  const literal = token.startsWith('\\') ? token.slice(1) : token
  return literal.replace(/[.+^${}()|[\]\\*?]/g, '\\$&')
}

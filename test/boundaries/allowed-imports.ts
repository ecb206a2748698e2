/** What `docs/architecture.md` says one package may import of ours. */
export interface Allowance {
  /** Package names that any file may import. */
  readonly anywhere: readonly string[]
  /** Packages that only one file (path below `src`) may import. */
  readonly onlyIn: readonly { readonly name: string; readonly file: string }[]
}

const OURS: Readonly<Record<string, string>> = { cli: 'gangway' }

/**
 * Reads the allowed-imports table of the architecture page.
 *
 * @param markdown text of `docs/architecture.md`
 * @returns folder name below `packages/` → allowance
 * @throws when the table is missing or a row cannot be read
 */
export function readAllowedImports(markdown: string): Map<string, Allowance> {
  const rows = markdown.split('\n').filter((line) => /^\| `(@gangway\/|gangway`)/.test(line))
  if (rows.length === 0) throw new Error('docs/architecture.md has no table of allowed imports')
  return new Map(rows.map(readRow))
}

function readRow(row: string): [string, Allowance] {
  const [name = '', allowed = ''] = row
    .split('|')
    .slice(1)
    .map((cell) => cell.trim())
  const folder = name.startsWith('`gangway`') ? 'cli' : /`@gangway\/([a-z-]+)`/.exec(name)?.[1]
  if (folder === undefined) throw new Error(`cannot read the package name in: ${row}`)
  const [anywhere = '', ...exceptions] = allowed.split(';')
  return [folder, { anywhere: packagesIn(anywhere), onlyIn: exceptions.map((text) => readException(text, row)) }]
}

function readException(text: string, row: string): { name: string; file: string } {
  const match = /^\s*([a-z-]+) in `([^`]+)` only\s*$/.exec(text)
  if (match === null) throw new Error(`cannot read the exception "${text}" in: ${row}`)
  return { name: packageName(match[1]!), file: match[2]! }
}

function packagesIn(text: string): string[] {
  if (text.startsWith('nothing of ours')) return []
  return text.split(',').map((word) => packageName(word.trim()))
}

function packageName(folder: string): string {
  return OURS[folder] ?? `@gangway/${folder}`
}

/** Where something stands in a text; both count from 1, both null when it is not found. */
export interface Place {
  readonly line: number | null
  readonly column: number | null
}

/** Where a dotted key is set in a TOML text: its line below the table that it belongs to, else the first line that sets it. */
export function placeIn(text: string, dottedKey: string | undefined): Place {
  if (dottedKey === undefined) return { line: null, column: null }
  const parts = dottedKey.split('.')
  const last = parts.at(-1) ?? ''
  const table = parts.slice(0, -1).join('.')
  const lines = text.split(/\r?\n/)
  let current = ''
  let first: Place | undefined
  for (const [index, line] of lines.entries()) {
    current = /^\s*\[+\s*([^\]]+?)\s*\]+/.exec(line)?.[1] ?? current
    const at =
      isSetAs(last, line) ?? isSetAs(dottedKey, line) ?? (isTable(dottedKey, line) ? line.indexOf('[') : undefined)
    if (at === undefined) continue
    const place = { line: index + 1, column: at + 1 }
    if (current === table || current === dottedKey) return place
    first ??= place
  }
  return first ?? { line: null, column: null }
}

function isSetAs(key: string, line: string): number | undefined {
  const [, blank, written] = /^(\s*)([\w."'-]+)\s*=/.exec(line) ?? []
  return written?.replace(/["']/g, '') === key ? blank?.length : undefined
}

function isTable(key: string, line: string): boolean {
  return /^\s*\[+\s*([^\]]+?)\s*\]+/.exec(line)?.[1] === key
}

/** The head of a Markdown file: its keys, one level deep, with what is nested under them as `key.member`. */
export type SkillHead = ReadonlyMap<string, string>

/**
 * What stands between the first two lines of dashes.
 *
 * Plain, quoted and block texts are read; of lists and deeper tables only the keys are seen.
 *
 * @returns undefined where there is no such head
 */
export function readSkillHead(text: string): SkillHead | undefined {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const end = lines.indexOf('---', 1)
  if (lines[0]?.trim() !== '---' || end < 0) return undefined
  const head = new Map<string, string>()
  let parent = ''
  for (let index = 1; index < end; index += 1) {
    const line = lines[index] ?? ''
    const found = /^(\s*)([\w-]+):(?:\s+(.*?))?\s*$/.exec(line)
    if (found === null) continue
    const [, indent = '', key = '', rest = ''] = found
    if (indent === '') parent = rest === '' ? key : ''
    const name = indent !== '' && parent !== '' ? `${parent}.${key}` : key
    if (indent !== '' && parent === '') continue
    const more = linesBelow(lines.slice(index + 1, end), indent.length)
    if (/^[|>][+-]?$/.test(rest)) {
      head.set(
        name,
        more
          .map((one) => one.trim())
          .join(rest.startsWith('|') ? '\n' : ' ')
          .trim(),
      )
      index += more.length
    } else if (rest !== '') {
      const isPlain = !/^["'[{]/.test(rest)
      head.set(name, isPlain ? [uncommented(rest), ...more.map((one) => one.trim())].join(' ').trim() : unquoted(rest))
      if (isPlain) index += more.length
    }
  }
  return head
}

/** Lines that are set in further than their key. */
function linesBelow(lines: readonly string[], indent: number): readonly string[] {
  const end = lines.findIndex((line) => line.trim() !== '' && line.length - line.trimStart().length <= indent)
  return end < 0 ? lines : lines.slice(0, end)
}

function uncommented(text: string): string {
  return text.replace(/\s+#.*$/, '')
}

function unquoted(text: string): string {
  const single = /^'((?:[^']|'')*)'/.exec(text)?.[1]
  if (single !== undefined) return single.replaceAll("''", "'")
  const double = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0]
  if (double === undefined) return text
  try {
    return String(JSON.parse(double))
  } catch {
    return double.slice(1, -1)
  }
}

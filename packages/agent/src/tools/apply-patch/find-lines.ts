/** How exactly lines must agree, from the strictest to the most forgiving. Source: reference 0.169.0. */
const readings: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line.trimEnd(),
  (line) => line.trim(),
  (line) => plain(line.trim()),
]

/**
 * Where `wanted` stands in `lines`, from `start` on: the first place of the strictest reading that finds one.
 *
 * @param isAtEnd looks at the end of the file first
 */
export function findLines(
  lines: readonly string[],
  wanted: readonly string[],
  start: number,
  isAtEnd: boolean,
): number | undefined {
  if (wanted.length === 0) return start
  const last = lines.length - wanted.length
  for (const read of readings) {
    const agrees = (at: number) => wanted.every((line, index) => read(lines[at + index] ?? '') === read(line))
    const from = isAtEnd && last >= start ? last : start
    for (let at = from; at <= last; at += 1) if (agrees(at)) return at
    if (from === start) continue
    for (let at = start; at < from; at += 1) if (agrees(at)) return at
  }
  return undefined
}

/** Typographic dashes, quotes and spaces as the keyboard has them. */
function plain(line: string): string {
  return line
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018-\u201B]/g, "'")
    .replace(/[\u201C-\u201F]/g, '"')
    .replace(/[\u00A0\u2002-\u200A\u202F\u205F\u3000]/g, ' ')
}

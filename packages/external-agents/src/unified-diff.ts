/** How many lines around a change are shown. */
const CONTEXT_LINES = 3

/** How long the comparison of one file may take. Beyond it, the whole file is shown as replaced. */
const MAX_COMPARE_MS = 500

/**
 * The unified diff of a file; `''` when both are the same. The library that compares is loaded with the first file that was
 * there before.
 *
 * @param before undefined for a new file
 */
export async function unifiedDiff(path: string, before: string | undefined, after: string): Promise<string> {
  if (before === after) return ''
  if (before === undefined || before === '') return replaced(path, before, after)
  const { createTwoFilesPatch } = await import('diff')
  const options = { context: CONTEXT_LINES, timeout: MAX_COMPARE_MS }
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, options) as string | undefined
  // The library puts a head of its own above the two names.
  return patch?.slice(patch.indexOf('--- ')) ?? replaced(path, before, after)
}

function replaced(path: string, before: string | undefined, after: string): string {
  const old = marked(before ?? '', '-')
  const fresh = marked(after, '+')
  if (old.count + fresh.count === 0) return ''
  const range = (count: number) => (count === 0 ? '0,0' : `1,${count}`)
  const head = `--- ${before === undefined ? '/dev/null' : path}\n+++ ${path}\n`
  return `${head}@@ -${range(old.count)} +${range(fresh.count)} @@\n${old.text}${fresh.text}`
}

function marked(text: string, mark: string): { text: string; count: number } {
  if (text === '') return { text: '', count: 0 }
  const endsWell = text.endsWith('\n')
  const lines = (endsWell ? text.slice(0, -1) : text).split('\n')
  const shown = lines.map((line) => `${mark}${line}\n`).join('')
  return { text: endsWell ? shown : `${shown}\\ No newline at end of file\n`, count: lines.length }
}

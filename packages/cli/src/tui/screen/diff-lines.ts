import type { FileUpdateChange } from '@gangway/protocol'
import { cut, safeText } from '../view/measure.js'
import type { Theme } from '../view/theme.js'

/** The diff of one changed file. What the server gives of a new or a removed file is its text. */
export function diffOf({ kind, diff }: FileUpdateChange): string {
  if (kind.type === 'update') return diff
  const sign = kind.type === 'add' ? '+' : '-'
  return diff
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${sign}${line}`)
    .join('\n')
}

/** A unified diff in colour. The signs stay, so that it reads the same without. */
export function diffLines(diff: string, width: number, theme: Theme): readonly string[] {
  return safeText(diff)
    .replace(/\n$/, '')
    .split('\n')
    .filter((line) => !line.startsWith('\\ No newline'))
    .map((line) => colourOf(line, theme)(cut(`    ${line}`, width)))
}

function colourOf(line: string, theme: Theme): (text: string) => string {
  if (/^(?:diff |index |\+\+\+ |--- |new file|deleted file)/.test(line)) return theme.bold
  if (line.startsWith('@@')) return theme.cyan
  if (line.startsWith('+')) return theme.green
  return line.startsWith('-') ? theme.red : theme.dim
}

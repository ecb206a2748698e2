import { isTable } from '../merge-patch.js'

/** Words that end or join commands of a shell. */
const joints = /(?:\|\||&&|[;|&\n])/

/** The words of the first command of a shell line, quotes taken off. Names given in front (`A=b`) are left out; what a shell would work out is left as it is. */
export function firstCommand(line: string): readonly string[] {
  const words = (line.match(/"(?:[^"\\]|\\.)*"|'[^']*'|(?:\\.|[^\s"';|&])+|[;|&\n]+/g) ?? []) as string[]
  const end = words.findIndex((word) => joints.test(word) && !/^["']/.test(word))
  const command = (end === -1 ? words : words.slice(0, end)).map((word) =>
    word
      .replace(/^"(.*)"$/s, '$1')
      .replace(/^'(.*)'$/s, '$1')
      .replace(/\\(.)/g, '$1'),
  )
  const first = command.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word))
  return first === -1 ? [] : command.slice(first)
}

/** Whether a value is a table of texts. */
export function isRecordOfStrings(value: unknown): value is { readonly [name: string]: string } {
  return isTable(value) && Object.values(value).every((member) => typeof member === 'string')
}

/** The texts of a list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

import { type SlashCommand, slashCommands } from './slash-commands.js'
import { hanging } from './view/measure.js'
import type { Theme } from './view/theme.js'

const keys = [
  ['enter', 'send; while the agent works, it hears it at once'],
  ['shift+enter, alt+enter', 'a new line (so does \\ before enter)'],
  ['tab', 'while the agent works: send it when it is done'],
  ['esc', 'interrupt the agent; close a list'],
  ['up, down', 'what was written before'],
  ['@', 'name a file'],
  ['!', 'at the start: run a command yourself, outside the sandbox'],
  ['ctrl+o', 'show folded output, reasoning and diffs in full, or fold them'],
  ['ctrl+l', 'paint the screen anew'],
  ['ctrl+c', 'clear what is written, else interrupt, else (twice) leave'],
  ['ctrl+d', 'leave, when nothing is written'],
] as const

/** Commands and keys, for `/help`. */
export function helpLines(width: number, theme: Theme): readonly string[] {
  const commands: readonly SlashCommand[] = slashCommands
  const rows = [
    ...commands.map(({ name, words, argument }) => [`/${name}${argument ? ` ${argument}` : ''}`, words] as const),
    ...keys,
  ]
  return rows.flatMap(([what, words]) => hanging(`  ${theme.cyan(what.padEnd(24))}`, words, width))
}

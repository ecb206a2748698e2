import type { CommandRow } from '../commands/command-table.js'
import { flagNames, takesValue } from './flag-names.js'

/** Completion of commands, options and their values for fish. */
export function fishScript(commands: readonly CommandRow[]): string {
  const none = `not __fish_seen_subcommand_from ${commands.map((command) => command.name).join(' ')} help`
  return [
    '# fish completion for gangway',
    'complete -c gangway -f',
    ...commands.map(
      (command) => `complete -c gangway -n ${quoted(none)} -a ${command.name} -d ${quoted(command.summary)}`,
    ),
    `complete -c gangway -n ${quoted(none)} -a help -d ${quoted('show help for a command')}`,
    ...commands.flatMap((command) => {
      const here = `complete -c gangway -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`
      return [
        ...(command.argument === undefined ? [] : [`${here} -a ${quoted(command.argument.words.join(' '))}`]),
        ...furtherLines(command),
        ...command.options.map((option) => {
          const flags = flagNames(option).map((flag) =>
            flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
          )
          const words = option.words === undefined ? '' : ` -a ${quoted(wordsOf(option.words, option.isList))}`
          const value = !takesValue(option)
            ? ''
            : option.folder === true
              ? ' -r -a "(__fish_complete_directories)"'
              : ` -x${words}`
          return `${here} ${flags.join(' ')}${value} -d ${quoted(option.text)}`
        }),
      ]
    }),
  ].join('\n')
}

function furtherLines({ name, further }: CommandRow): readonly string[] {
  if (further?.completed === undefined) return []
  const { behind, from } = further.completed
  const condition = `__fish_seen_subcommand_from ${name}; and __fish_seen_subcommand_from ${behind.join(' ')}`
  return [`complete -c gangway -n ${quoted(condition)} -a '(gangway completion ${from} 2>/dev/null)'`]
}

/** Fish completes a list behind its last comma by itself. */
function wordsOf(words: readonly string[], isList: boolean | undefined): string {
  return isList === true ? `(__fish_append , ${words.join(' ')})` : words.join(' ')
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

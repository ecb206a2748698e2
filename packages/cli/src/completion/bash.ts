import type { CommandRow } from '../commands/command-table.js'
import { flagNames, takesValue } from './flag-names.js'

/** Completion of commands, options and their values for bash. */
export function bashScript(commands: readonly CommandRow[]): string {
  const names = [...commands.map((command) => command.name), 'help'].join(' ')
  const valueCases = commands.flatMap((command) =>
    command.options.filter(takesValue).map((option) => {
      const patterns = flagNames(option)
        .map((flag) => `${command.name}:${flag}`)
        .join('|')
      if (option.folder === true) return `    ${patterns}) COMPREPLY=($(compgen -d -- "$current")); return ;;`
      const words = option.words?.join(' ') ?? ''
      if (option.isList === true) return `    ${patterns}) _gangway_list "${words}"; return ;;`
      return `    ${patterns}) COMPREPLY=($(compgen -W "${words}" -- "$current")); return ;;`
    }),
  )
  const furtherCases = commands.flatMap(({ name, further }) =>
    further?.completed === undefined
      ? []
      : [
          `    ${further.completed.behind.map((action) => `${name}:${action}`).join('|')})`,
          `      case "$current" in -*) ;; *)`,
          `        COMPREPLY=($(compgen -W "$(gangway completion ${further.completed.from} 2>/dev/null)" -- "$current")); return ;;`,
          '      esac ;;',
        ],
  )
  const wordCases = commands.map((command) => {
    const words = [...(command.argument?.words ?? []), ...command.options.flatMap(flagNames), '--help']
    return `    ${command.name}) words="${words.join(' ')}" ;;`
  })
  return [
    '# bash completion for gangway',
    '# Words with commas between them: those that are not there yet, behind what is written.',
    '_gangway_list() {',
    '  local before="" last="$current" word words=""',
    '  case "$current" in *,*) before="$' + '{current%,*},"; last="$' + '{current##*,}" ;; esac',
    '  for word in $1; do',
    '    case ",$before" in *",$word,"*) ;; *) words="$words $before$word" ;; esac',
    '  done',
    '  COMPREPLY=($(compgen -W "$words" -- "$before$last"))',
    '  compopt -o nospace 2>/dev/null || true',
    '}',
    '_gangway() {',
    '  local current="$' +
      '{COMP_WORDS[COMP_CWORD]}" previous="$' +
      '{COMP_WORDS[COMP_CWORD-1]}" command="$' +
      '{COMP_WORDS[1]}" words',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${names} --help --version" -- "$current"))`,
    '    return',
    '  fi',
    '  case "$command:$previous" in',
    ...valueCases,
    '  esac',
    '  case "$command:$' + '{COMP_WORDS[2]}" in',
    ...furtherCases,
    '  esac',
    '  case "$command" in',
    ...wordCases,
    `    help) words="${commands.map((command) => command.name).join(' ')}" ;;`,
    '    *) words="" ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -F _gangway gangway',
  ].join('\n')
}

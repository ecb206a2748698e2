import type { CommandRow, OptionRow } from '../commands/command-table.js'
import { flagNames, takesValue } from './flag-names.js'

/** Completion of commands, options and their values for zsh. */
export function zshScript(commands: readonly CommandRow[]): string {
  return [
    '#compdef gangway',
    '_gangway() {',
    '  local -a gangway_commands',
    '  gangway_commands=(',
    ...commands.map((command) => `    ${quoted(`${command.name}:${command.summary}`)}`),
    `    ${quoted('help:show help for a command')}`,
    '  )',
    '  if (( CURRENT == 2 )); then',
    "    _describe -t commands 'gangway command' gangway_commands",
    '    return',
    '  fi',
    '  local chosen=$words[2]',
    '  shift words; (( CURRENT-- ))',
    '  case $chosen in',
    ...commands.flatMap((command) => [
      `    ${command.name})`,
      '      _arguments \\',
      ...command.options.flatMap((option) =>
        flagNames(option).map((flag) => `        ${quoted(optionSpec(flag, option))} \\`),
      ),
      ...(command.argument === undefined
        ? []
        : [`        ${quoted(`1:${command.name}:(${command.argument.words.join(' ')})`)} \\`]),
      ...furtherSpecs(command).map((spec) => `        ${quoted(spec)} \\`),
      `        ${quoted('--help[show this help]')} ;;`,
    ]),
    `    help) _values command ${commands.map((command) => command.name).join(' ')} ;;`,
    '  esac',
    '}',
    'compdef _gangway gangway',
  ].join('\n')
}

function furtherSpecs({ further }: CommandRow): readonly string[] {
  if (further?.completed === undefined) return []
  const { from } = further.completed
  return [`2:${from}:($(gangway completion ${from} 2>/dev/null))`]
}

function optionSpec(flag: string, option: OptionRow): string {
  const described = `${flag}[${option.text.replace(/[[\]:]/g, '\\$&')}]`
  if (!takesValue(option)) return described
  const name = flag.replace(/^-+/, '')
  if (option.folder === true) return `*${described}:${name}:_files -/`
  const words = option.words?.join(' ') ?? ''
  return option.isList === true
    ? `*${described}:${name}:_values -s , ${name} ${words}`
    : `*${described}:${name}:(${words})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

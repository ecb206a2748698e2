import type { OptionRow } from '../commands/command-table.js'

/** The spellings of an option: `-c, --config <key=value>` gives `-c` and `--config`. */
export function flagNames(option: OptionRow): readonly string[] {
  return option.flags.split(/[ ,]+/).filter((word) => word.startsWith('-'))
}

/** Whether something must follow the option. */
export function takesValue(option: OptionRow): boolean {
  return option.flags.includes('<')
}

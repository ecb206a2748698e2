import { suggestion } from '../terminal/nearest.js'
import type { Terminal } from '../terminal/terminal.js'
import { commands } from './commands.js'

/**
 * The words of the terminal UI's command line, when `argv` is one: `gangway`, `gangway [options] [prompt]`,
 * `gangway resume …`, `gangway tui …`. Undefined when it is another command's, a call for help, or a mistyped command.
 */
export function tuiWords(argv: readonly string[], isInteractive: boolean): readonly string[] | undefined {
  const [first] = argv
  if (first === undefined) return isInteractive ? [] : undefined
  if (first === 'tui') return argv.slice(1)
  if (first === 'resume') return argv
  if (['-h', '--help', '-V', '--version', 'help'].includes(first)) return undefined
  if (first.startsWith('-')) return argv
  const names = commands.map(({ name }) => name)
  if (names.includes(first)) return undefined
  const isOneWord = !/\s/.test(first)
  return isOneWord && (!isInteractive || suggestion(first, names) !== '') ? undefined : argv
}

/** Opens the terminal UI. @throws UsageError as `readTuiArguments`, `runTui` */
export async function tui(words: readonly string[], terminal: Terminal): Promise<number> {
  const { readTuiArguments } = await import('../tui/tui-request.js')
  const request = readTuiArguments(words)
  const { runTui } = await import('../tui/run-tui.js')
  return runTui(request, terminal)
}

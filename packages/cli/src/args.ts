import { Command, CommanderError, Option } from 'commander'
import { appServerHelp } from './commands/app-server-options.js'
import type { CommandRow, OptionRow } from './commands/command-table.js'
import { commands } from './commands/commands.js'
import { ExitCode, UsageError } from './exit-codes.js'
import { suggestion } from './terminal/nearest.js'
import type { Terminal } from './terminal/terminal.js'
import { version } from './version.js'

/** Does what a command line asked for. Gets the command's argument, if it has one, its options, and the words behind the argument. */
export type Action = (
  argument: string | undefined,
  options: Record<string, unknown>,
  words: readonly string[],
) => Promise<number>

/**
 * Parses `argv` (without the program) and runs the action of the command it names. Help and version are printed here.
 *
 * @returns the exit code
 * @throws UsageError for anything that is no command or option; the message names it and the nearest that is one
 */
export async function runCommandLine(
  argv: readonly string[],
  actions: { readonly [command: string]: Action },
  terminal: Terminal,
): Promise<number> {
  let code: number = ExitCode.done
  const program = createProgram(terminal)
  for (const row of commands) {
    const command = createCommand(row)
    command.action(async (...given: unknown[]) => {
      const argument = row.argument === undefined ? undefined : (given[0] as string | undefined)
      const words = row.further === undefined ? [] : [given[1] ?? []].flat().map(String)
      const action = actions[row.name]
      if (action === undefined) throw new Error(`command ${row.name} has no action`)
      code = await action(argument, command.opts(), words)
    })
    program.addCommand(configure(command, terminal))
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return ExitCode.done
    throw new UsageError(usageMessage(error))
  }
  return code
}

function createProgram(terminal: Terminal): Command {
  const program: Command = new Command('gangway')
  program
    .description("Bring another coding agent's setup into a Codex home, and serve the app-server protocol.")
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .argument('[command]')
    .action((written: string | undefined) => {
      if (written === undefined) {
        program.outputHelp()
        return
      }
      const names = [...commands.map((row) => row.name), 'help']
      throw new UsageError(`unknown command ${written}${suggestion(written, names)}`)
    })
    .allowExcessArguments()
    .usage('[options] <command>')
  return configure(program, terminal)
}

/** Errors come back as exceptions, nothing is printed unasked, and help goes where the terminal says. */
function configure(command: Command, terminal: Terminal): Command {
  return command.exitOverride().configureOutput({
    writeOut: (text) => terminal.print([text.replace(/\n$/, '')]),
    writeErr: () => {},
    getOutHasColors: () => false,
    getOutHelpWidth: () => terminal.columns,
  })
}

function createCommand(row: CommandRow): Command {
  const command = new Command(row.name).summary(row.summary).description(sentence(row.summary))
  if (row.argument !== undefined) command.argument(row.argument.flags, row.argument.text)
  if (row.further !== undefined) command.argument(row.further.flags, row.further.text)
  for (const option of row.options) command.addOption(createOption(option))
  command.helpOption('-h, --help', 'show this help')
  if (row.notes !== undefined) command.addHelpText('after', `\n${row.notes}`)
  if (row.name === 'app-server') command.configureHelp({ formatHelp: () => appServerHelp() })
  return command
}

function createOption(row: OptionRow): Option {
  const option = new Option(row.flags, row.text)
  return row.initial === undefined ? option : option.default(row.initial)
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}

function usageMessage(error: CommanderError): string {
  return error.message.replace(/^error: /, '').replace(/\n?\(Did you mean (.*?)\?\)/, ' (did you mean $1?)')
}

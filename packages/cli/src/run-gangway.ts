import { type Action, runCommandLine } from './args.js'
import type { RawImportOptions } from './import/import-options.js'
import { processTerminal } from './terminal/terminal.js'

/**
 * Runs every command but `app-server`, which `main.ts` takes first. Each command's code is loaded when it is asked for.
 *
 * @returns the exit code
 * @throws UsageError for a wrong command line
 */
export async function runGangway(argv: readonly string[]): Promise<number> {
  const terminal = processTerminal()
  // A reader that has seen enough (`| head`) is no failure, and no reason to leave work half done.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  const [command, ...behind] = argv
  if (command === 'exec' && !asksForHelp(behind)) {
    const { exec } = await import('./commands/exec.js')
    return exec(behind, terminal)
  }
  const { tui, tuiWords } = await import('./commands/tui.js')
  const words = tuiWords(argv, terminal.interactive)
  if (words !== undefined)
    return asksForHelp(argv) ? runCommandLine(['help', 'tui'], {}, terminal) : tui(words, terminal)
  const actions: { readonly [command: string]: Action } = {
    async import(action, options, [importId]) {
      if (action !== undefined) {
        const { runImportAction } = await import('./import/records/run-action.js')
        return runImportAction({ ...options, action, importId }, terminal)
      }
      const { readImportOptions } = await import('./import/import-options.js')
      const checked = readImportOptions(options as unknown as RawImportOptions)
      const { runImport } = await import('./import/run-import.js')
      return runImport(checked, terminal)
    },
    async threads(action, options, words) {
      const { runThreads } = await import('./threads/run-threads.js')
      return runThreads(action, words, options, terminal)
    },
    async doctor(_argument, options) {
      const { runDoctor } = await import('./doctor/run-doctor.js')
      return runDoctor(options, terminal)
    },
    async demo(_argument, options) {
      const { runDemo } = await import('./demo/run-demo.js')
      return runDemo(
        { dir: options.dir as string | undefined, full: options.full === true, keep: options.keep !== false },
        terminal,
      )
    },
    async completion(shell) {
      if (shell === 'imports' || shell === 'threads') {
        const { completionWords } = await import('./completion/completion-words.js')
        terminal.print(await completionWords(shell, terminal))
        return 0
      }
      const { completionScript } = await import('./completion/completion-script.js')
      terminal.print([completionScript(shell ?? '')])
      return 0
    },
    async version() {
      const { version } = await import('./version.js')
      terminal.print([version])
      return 0
    },
  }
  return runCommandLine(argv, actions, terminal)
}

/** Before `--`; behind it, everything is a word. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

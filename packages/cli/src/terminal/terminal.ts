import { createStyle, type Style, wantsColour } from './style.js'

/** Where a command reads and writes, and what it knows of the terminal there. Tests pass their own. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Whether a person can be asked: both standard input and output are terminals. */
  readonly interactive: boolean
  /** Columns to fill; 80 when the output is no terminal. */
  readonly columns: number
  /** Style of standard output. */
  readonly style: Style
  /** Style of standard error. */
  readonly errorStyle: Style
  readonly errorIsTerminal: boolean
  /** Writes whole lines to standard output. */
  print(lines: readonly string[]): void
  /** Writes text to standard error as it is. */
  printError(text: string): void
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process
  return {
    env,
    cwd: process.cwd(),
    interactive: Boolean(stdin.isTTY && stdout.isTTY),
    columns: Math.max(40, Math.min(stdout.columns ?? 80, 120)),
    style: createStyle(wantsColour(env, stdout.isTTY === true)),
    errorStyle: createStyle(wantsColour(env, stderr.isTTY === true)),
    errorIsTerminal: stderr.isTTY === true,
    print: (lines) => {
      if (lines.length > 0) stdout.write(`${lines.join('\n')}\n`)
    },
    printError: (text) => {
      stderr.write(text)
    },
  }
}

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The launcher that people run. */
export const launcher = fileURLToPath(new URL('../../bin/gangway.js', import.meta.url))

export interface ProgramRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface ProgramOptions {
  readonly cwd?: string
  /** The whole environment beside PATH. */
  readonly env?: { readonly [name: string]: string }
  /** Written to standard input, which then ends. */
  readonly input?: string
  /** Called with all of standard error so far, each time more comes. */
  readonly onError?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** Runs the built program to its end, with no terminal. @throws when it could not be bundled */
export async function runProgram(
  args: readonly string[],
  options: ProgramOptions = {},
  program = launcher,
): Promise<ProgramRun> {
  assertBundled()
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH ?? '', ...options.env },
    stdio: 'pipe',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    options.onOutput?.(stdout, (signal) => child.kill(signal))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    options.onError?.(stderr, (signal) => child.kill(signal))
  })
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { code, stdout, stderr }
}

/** @throws when the program could not be bundled before the tests */
export function assertBundled(): void {
  const failure = process.env.GANGWAY_BUNDLE_FAILURE
  if (failure !== undefined) throw new Error(`the program could not be bundled: ${failure}`)
}

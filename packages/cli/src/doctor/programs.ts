import { execFile } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'

/** Where a program is: a path as it is, else the first of `PATH`. Undefined when there is none that can be run. */
export function findProgram(command: string, env: NodeJS.ProcessEnv, cwd: string): string | undefined {
  if (command.includes('/') || isAbsolute(command)) {
    const path = resolve(cwd, command)
    return isProgram(path) ? path : undefined
  }
  const names = process.platform === 'win32' ? [command, `${command}.exe`, `${command}.cmd`] : [command]
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isProgram)
}

/** What a short run of a program gave. */
export interface ShortRun {
  /** Null when it did not start, or was ended. */
  readonly code: number | null
  readonly output: string
}

/** Runs a program that ends soon. Its output is one text. */
export function runShortly(
  program: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<ShortRun> {
  const { env, timeoutMs: timeout, signal } = options
  return new Promise((done) => {
    execFile(program, [...args], { env, timeout, signal, encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null
      done({ code, output: `${stdout}${stderr}`.trim() })
    })
  })
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

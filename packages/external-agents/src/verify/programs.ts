import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { isRecordOfStrings } from './words.js'

/**
 * Where the program that a command names is, as a shell would find it; undefined when it is nowhere, or may not be run. Reads
 * the disk.
 *
 * @param cwd what a relative path starts at
 */
export function findProgram(
  command: string,
  env: { readonly [name: string]: string | undefined },
  cwd: string,
): string | undefined {
  if (command.includes('/') || isAbsolute(command)) {
    const path = resolve(cwd, command)
    return isExecutable(path) ? path : undefined
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, command)).find(isExecutable)
}

/** Whether a file may be run. Reads the disk. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Environment of a program: ours, and what is set for it. */
export function environmentWith(
  env: { readonly [name: string]: string | undefined },
  own: unknown,
): { [name: string]: string | undefined } {
  return { ...env, ...(isRecordOfStrings(own) && own) }
}

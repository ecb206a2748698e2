import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { UsageError } from '../exit-codes.js'
import type { Terminal } from '../terminal/terminal.js'

/**
 * Codex home of a run: the option, `CODEX_HOME`, or `~/.codex`. Absolute.
 *
 * @throws UsageError when `CODEX_HOME` is not absolute
 */
export function codexHomeOf(
  options: { readonly codexHome?: string | undefined },
  terminal: Pick<Terminal, 'cwd' | 'env'>,
): string {
  if (options.codexHome !== undefined) return resolve(terminal.cwd, options.codexHome)
  const fromEnvironment = terminal.env.CODEX_HOME
  if (fromEnvironment === undefined || fromEnvironment === '') return join(userHomeOf(terminal), '.codex')
  if (!isAbsolute(fromEnvironment)) throw new UsageError(`CODEX_HOME ${fromEnvironment}: not an absolute path`)
  return fromEnvironment
}

/** The person's home folder. */
export function userHomeOf(terminal: Pick<Terminal, 'env'>): string {
  return terminal.env.HOME || terminal.env.USERPROFILE || homedir()
}

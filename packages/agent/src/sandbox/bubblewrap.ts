import { lstatSync, realpathSync, statSync } from 'node:fs'
import { isPlaceholder } from './placeholders.js'
import type { SandboxRules } from './rules.js'

type Restricted = Extract<SandboxRules, { kind: 'restricted' }>

/** What is wrapped, and around what. */
export interface BubblewrapInput {
  readonly program: string
  readonly rules: Restricted
  readonly argv: readonly string[]
  readonly cwd: string
  /** A terminal of its own stays the command's terminal; without one it gets a session that has none. */
  readonly hasTerminal: boolean
  /** File with the filter of system calls that holds where there is no network; null: none for this machine. */
  readonly filterFile: string | null
}

/** The command line that runs `argv` inside bubblewrap. Looks which paths exist, and changes nothing. */
export function bubblewrapArgv(input: BubblewrapInput): readonly string[] {
  const { rules, hasTerminal, filterFile } = input
  const isFiltered = !rules.network && filterFile !== null
  const argv = [
    input.program,
    '--die-with-parent',
    '--unshare-user',
    '--unshare-pid',
    '--unshare-ipc',
    ...(rules.network ? [] : ['--unshare-net']),
    // A command could type into the terminal of the server otherwise.
    ...(hasTerminal ? [] : ['--new-session']),
    '--ro-bind',
    '/',
    '/',
    '--dev',
    '/dev',
    ...rules.writableRoots.filter(({ path }) => exists(path)).flatMap(({ path }) => bind('--bind', path)),
    ...rules.writableRoots.flatMap(({ protectedPaths }) => protectedPaths.flatMap(protect)),
    ...rules.hiddenPaths.filter(exists).flatMap(hide),
    '--proc',
    '/proc',
    ...(isFiltered ? ['--seccomp', '3'] : []),
    '--chdir',
    input.cwd,
    '--',
    ...input.argv,
  ]
  // The filter is handed over as an open file, which a terminal's library cannot do.
  return isFiltered ? ['/bin/sh', '-c', 'exec "$@" 3<"$0"', filterFile, ...argv] : argv
}

function protect(path: string): readonly string[] {
  try {
    // A link is followed by whoever writes: it is its target that must not change, and the folder that holds it may.
    return lstatSync(path).isSymbolicLink() && !exists(path) ? [] : bind('--ro-bind', path)
  } catch {
    // What is not there must not be made: an empty folder that cannot be written stands in its place.
    return isPlaceholder(path) ? ['--tmpfs', path, '--remount-ro', path] : []
  }
}

/** A folder is empty inside, a file says nothing. */
function hide(path: string): readonly string[] {
  const real = realpathSync(path)
  return statSync(real).isDirectory() ? ['--tmpfs', real, '--remount-ro', real] : ['--ro-bind', '/dev/null', real]
}

const bind = (option: string, path: string) => [option, realpathSync(path), realpathSync(path)]

function exists(path: string): boolean {
  try {
    realpathSync(path)
    return true
  } catch {
    return false
  }
}

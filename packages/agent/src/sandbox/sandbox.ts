import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bubblewrapArgv } from './bubblewrap.js'
import type { SandboxRules } from './rules.js'
import { seatbeltArgv } from './seatbelt.js'
import { systemCallFilter } from './system-call-filter.js'

/** One command, and the walls around it. */
interface SandboxRequest {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly rules: SandboxRules
  readonly hasTerminal: boolean
}

/** What this machine has to keep commands within their rules. */
export interface Sandbox {
  /** `none`: nothing keeps a command within rules, so that none may run unasked. */
  readonly kind: 'bubblewrap' | 'seatbelt' | 'none'
  /** The command line to run. Rules that are open need no walls. @throws Error where there are rules and no walls */
  wrap(request: SandboxRequest): readonly string[]
}

let found: Sandbox | undefined

/** The sandbox of this machine. It is looked for once in the life of the program, by running a command in it. */
export function findSandbox(): Sandbox {
  found ??= look()
  return found
}

/** For machines that have nothing. */
const noSandbox: Sandbox = {
  kind: 'none',
  wrap({ argv, rules }) {
    if (rules.kind === 'open') return argv
    throw new Error(`no sandbox works on this machine, so ${argv[0]} was not run in one`)
  },
}

function look(): Sandbox {
  if (process.platform === 'darwin') return existsSync('/usr/bin/sandbox-exec') ? seatbelt : noSandbox
  if (process.platform !== 'linux') return noSandbox
  const program = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'].find((path) => existsSync(path))
  if (program === undefined) return noSandbox
  return works(program, writeFilter()) ?? works(program, null) ?? noSandbox
}

function works(program: string, filterFile: string | null): Sandbox | undefined {
  const rules = { kind: 'restricted', writableRoots: [], network: false, hiddenPaths: [] } as const
  const [command = '', ...args] = bubblewrapArgv({
    program,
    rules,
    argv: ['/bin/sh', '-c', 'exit 0'],
    cwd: '/',
    hasTerminal: false,
    filterFile,
  })
  const { status } = spawnSync(command, args, { stdio: 'ignore', timeout: 5_000 })
  if (status !== 0) return undefined
  return {
    kind: 'bubblewrap',
    wrap({ argv, rules, cwd, hasTerminal }) {
      if (rules.kind === 'open') return argv
      return bubblewrapArgv({ program, rules, argv, cwd, hasTerminal, filterFile })
    },
  }
}

/** Lies in a folder of this process alone, and goes with it. */
function writeFilter(): string | null {
  const filter = systemCallFilter(process.arch)
  if (filter === undefined) return null
  const folder = mkdtempSync(join(tmpdir(), 'gangway-sandbox-'))
  const file = join(folder, 'filter')
  writeFileSync(file, filter, { mode: 0o400 })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return file
}

const seatbelt: Sandbox = {
  kind: 'seatbelt',
  wrap({ argv, rules }) {
    if (rules.kind === 'open') return argv
    const real = (path: string) => {
      try {
        return realpathSync(path)
      } catch {
        return path
      }
    }
    const writableRoots = rules.writableRoots.map(({ path, protectedPaths }) => ({
      path: real(path),
      protectedPaths: protectedPaths.flatMap((taboo) => [taboo.replace(path, real(path)), real(taboo)]),
    }))
    return seatbeltArgv({ ...rules, writableRoots, hiddenPaths: rules.hiddenPaths.map(real) }, argv)
  },
}

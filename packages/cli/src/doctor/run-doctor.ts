import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ExitCode } from '../exit-codes.js'
import { viewOf } from '../import/view.js'
import { codexHomeOf } from '../session/codex-home.js'
import { openSession } from '../session/open-session.js'
import { onInterrupt } from '../terminal/interrupt.js'
import type { Terminal } from '../terminal/terminal.js'
import { checkConfig } from './check-config.js'
import { checkHome } from './check-home.js'
import { checkIndex } from './check-index.js'
import { checkMcp } from './check-mcp.js'
import { checkProviders } from './check-providers.js'
import { checkSandbox } from './check-sandbox.js'
import { checkHooks, checkSkills } from './check-skills-hooks.js'
import { checkSocket } from './check-socket.js'
import { checkVersions } from './check-versions.js'
import { doctorLines } from './doctor-view.js'
import type { Check, DoctorContext, Finding } from './finding.js'

/** What a person asked `gangway doctor` for, as the command line gives it. */
interface DoctorOptions {
  readonly json?: boolean
  readonly startServers?: boolean
  readonly fix?: boolean
  readonly offline?: boolean
  readonly cwd?: string
  readonly codexHome?: string
}

/** The index comes after everything that reads it, since it may be made anew. */
const checks: readonly Check[] = [
  checkVersions,
  checkHome,
  checkConfig,
  checkProviders,
  checkSandbox,
  checkMcp,
  checkSkills,
  checkHooks,
  checkSocket,
  checkIndex,
]

/**
 * Runs `gangway doctor`: looks at everything that is needed, and says how to mend what does not work. Writes nothing without
 * `--fix`; a home that is not there is not made.
 *
 * @returns the exit code: 1 when there is a problem
 */
export async function runDoctor(options: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  const { env } = terminal
  const cwd = resolve(terminal.cwd, options.cwd ?? '.')
  const codexHome = codexHomeOf(options, terminal)
  const interrupt = onInterrupt(terminal)
  const isThere = (await stat(codexHome).catch(() => undefined))?.isDirectory() === true
  const standIn = isThere ? undefined : await mkdtemp(join(tmpdir(), 'gangway-doctor-'))
  const { signal } = interrupt
  const sessionOptions = { source: 'cli', clientName: 'gangway', env, cwd, codexHome: standIn ?? codexHome } as const
  try {
    await using client = await openSession({ ...sessionOptions, signal })
    const context: DoctorContext = {
      codexHome,
      isNamed: options.codexHome !== undefined || Boolean(env.CODEX_HOME),
      cwd,
      env,
      client,
      sessionOptions,
      fix: options.fix === true && isThere,
      startServers: options.startServers === true,
      offline: options.offline === true,
      signal,
    }
    const findings: Finding[] = []
    for (const check of checks) findings.push(...(await check(context)))
    const hasProblem = findings.some(({ status }) => status === 'problem')
    terminal.print(
      options.json === true
        ? [JSON.stringify({ ok: !hasProblem, codexHome, findings }, null, 2)]
        : doctorLines(findings, viewOf(terminal)),
    )
    return hasProblem ? ExitCode.failed : ExitCode.done
  } catch (error) {
    if (signal.aborted) return ExitCode.interrupted
    throw error
  } finally {
    interrupt.release()
    if (standIn !== undefined) await rm(standIn, { recursive: true, force: true })
  }
}

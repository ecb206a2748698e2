import { type Check, type DoctorContext, type Finding, findingsOf } from './finding.js'
import { findProgram, runShortly } from './programs.js'

const { ok, problem } = findingsOf('sandbox')

const timeoutMs = 10_000

/** Whether commands can be kept within rules, found by running one; and why not. */
export const checkSandbox: Check = async (context) => {
  const { client, cwd, signal } = context
  const answer = await client.requestRaw(
    'command/exec',
    { command: ['/bin/sh', '-c', 'exit 0'], cwd, sandboxPolicy: { type: 'readOnly' }, timeoutMs },
    { signal },
  )
  if (answer.ok && answer.result.exitCode === 0)
    return [ok('sandbox', `commands run in a sandbox${await nameOf(context)}`)]
  const seen = answer.ok ? `a command in it ended with ${answer.result.exitCode}` : answer.error.message
  return [await reasonOf(context, seen)]
}

async function nameOf({ env, cwd, signal }: DoctorContext): Promise<string> {
  if (process.platform === 'darwin') return ' (seatbelt)'
  const program = findProgram('bwrap', env, cwd)
  if (program === undefined) return ''
  const { output } = await runShortly(program, ['--version'], { env, timeoutMs, signal })
  return ` (${output.split('\n')[0]})`
}

/** Source: the arguments are those without which no sandbox is made. */
const smallest =
  '--die-with-parent --unshare-user --unshare-pid --unshare-ipc --unshare-net --ro-bind / / --dev /dev --proc /proc'

async function reasonOf({ env, cwd, signal }: DoctorContext, seen: string): Promise<Finding> {
  const consequence = 'so that no command runs unasked'
  if (process.platform !== 'linux') {
    return problem(
      'sandbox-none',
      `there is no sandbox for ${process.platform}, ${consequence}`,
      'approve each command, or use Linux or macOS',
    )
  }
  const program = ['/usr/bin', '/usr/local/bin', '/bin']
    .map((folder) => findProgram(`${folder}/bwrap`, env, cwd))
    .find((path) => path !== undefined)
  if (program === undefined) {
    return problem('bwrap-missing', `bwrap is not in /usr/bin, ${consequence}`, 'install the package bubblewrap')
  }
  const run = await runShortly(program, [...smallest.split(' '), '/bin/sh', '-c', 'exit 0'], { env, timeoutMs, signal })
  const why = run.code === 0 ? seen : run.output || `bwrap ended with ${run.code}`
  const isForbidden = /namespace|permitted|denied|uid map/i.test(why)
  const action = isForbidden
    ? 'allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, or on Ubuntu sysctl kernel.apparmor_restrict_unprivileged_userns=0; in a container, allow them outside'
    : `run it by hand to see: ${program} ${smallest} true`
  return problem('sandbox-broken', `${why}, ${consequence}`, action, { path: program })
}

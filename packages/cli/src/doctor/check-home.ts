import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { type Check, type Finding, findingsOf, wordsOf } from './finding.js'

const { ok, info, warning, problem } = findingsOf('home')

/** The Codex home: whether it is there, whether it can be written to, and who is at work in it. */
export const checkHome: Check = async ({ codexHome: path, isNamed }) => {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) {
    const message = `there is no ${path} yet`
    if (!isNamed) return [info('home-missing', `${message}; it is made when it is first written to`, null, { path })]
    return [problem('home-missing', message, `mkdir -p ${path}, or correct CODEX_HOME or --codex-home`, { path })]
  }
  if (!stats.isDirectory()) {
    return [problem('home-no-folder', `${path} is not a folder`, 'move it away, or name another home', { path })]
  }
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return [
      problem(
        'home-not-writable',
        `${path} cannot be written to`,
        `chmod u+rwx ${path}, or sudo chown -R $USER ${path}`,
        { path },
      ),
    ]
  }
  const isOpen = process.platform !== 'win32' && (stats.mode & 0o022) !== 0
  return [
    ok('home', `${path} is there and can be written to`, { path }),
    ...(isOpen ? [warning('home-open', `others may write to ${path}`, `chmod go-w ${path}`, { path })] : []),
    ...authFindings(path),
    ...lockFindings(join(path, 'gangway', 'locks')),
  ]
}

function authFindings(home: string): readonly Finding[] {
  const path = join(home, 'auth.json')
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined || process.platform === 'win32' || (stats.mode & 0o077) === 0) return []
  return [warning('auth-open', 'others may read the key in auth.json', `chmod 600 ${path}`, { path })]
}

function lockFindings(folder: string): readonly Finding[] {
  let names: readonly string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names.flatMap((name) => {
    const path = join(folder, name)
    const holder = holderOf(path)
    if (holder === undefined) return []
    const who = holder.host === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`
    if (holder.host === hostname() && !isRunning(holder.pid)) {
      return [
        info('lock-stale', `the lock ${name} was left by ${who}, which has ended; the next to need it takes it`, null, {
          path,
        }),
      ]
    }
    return [info('lock-held', `${who} is writing: it holds the lock ${name}`, null, { path })]
  })
}

function holderOf(path: string): { readonly pid: number; readonly host: string } | undefined {
  try {
    const { pid, host } = JSON.parse(readFileSync(path, 'utf8')) as { readonly pid?: unknown; readonly host?: unknown }
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : undefined
  } catch {
    return undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process runs, too.
    return /EPERM/.test(wordsOf(error))
  }
}

import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openSession } from '../session/open-session.js'
import { type Check, type DoctorContext, findingsOf } from './finding.js'

const { ok, info, warning, problem } = findingsOf('index')

/** The index of threads: whether it can be read and answers; made anew with `--fix`. The files of threads are not touched. */
export const checkIndex: Check = async (context) => {
  const { codexHome, env, fix } = context
  const path = join(env.CODEX_SQLITE_HOME || codexHome, 'gangway.sqlite')
  const isDatabase = headOf(path)
  if (isDatabase === undefined && !fix)
    return [info('index-none', 'there is no index of threads yet; the first list makes it', null, { path })]
  if (fix) {
    for (const name of [path, `${path}-wal`, `${path}-shm`]) rmSync(name, { force: true })
    const asked = await ask(context)
    if (asked.failure !== undefined)
      return [problem('index-broken', asked.failure, 'look whether the home can be written to', { path })]
    return [ok('index-rebuilt', `the index of threads was made anew in ${Math.round(asked.ms)} ms`, { path })]
  }
  if (isDatabase === false) {
    return [
      warning(
        'index-damaged',
        `${path} is no database; each program reads all threads by itself`,
        'gangway doctor --fix',
        { path },
      ),
    ]
  }
  const asked = await ask(context)
  if (asked.failure !== undefined) return [problem('index-broken', asked.failure, 'gangway doctor --fix', { path })]
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return [
    ok(
      'index',
      `the index of threads answers (${Math.max(1, Math.round(size / 1024))} KiB, ${Math.round(asked.ms)} ms)`,
      { path },
    ),
  ]
}

/** A new server, so that nothing is answered from memory. */
async function ask({
  sessionOptions,
  signal,
}: DoctorContext): Promise<{ readonly ms: number; readonly failure?: string }> {
  await using client = await openSession(sessionOptions)
  const start = performance.now()
  const answer = await client.requestRaw(
    'thread/list',
    { limit: 1, sortKey: 'updated_at', modelProviders: [] },
    { signal },
  )
  const ms = performance.now() - start
  return answer.ok ? { ms } : { ms, failure: answer.error.message }
}

const magic = 'SQLite format 3\0'

/** Whether a file begins as databases do; undefined when there is none, or nothing in it yet. */
function headOf(path: string): boolean | undefined {
  try {
    const file = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(magic.length)
      return readSync(file, bytes, 0, magic.length, 0) === 0 ? undefined : bytes.toString('latin1') === magic
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}

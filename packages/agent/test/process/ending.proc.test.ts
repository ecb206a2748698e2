import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runs, start } from './start.js'

/** A shell whose children do not want to end: one in its group, one in a session of its own. */
const family = `trap '' TERM
sleep 61 & echo $!
setsid bash -c "trap '' TERM; echo \\$\\$; sleep 62; sleep 62" &
wait`

describe.each([
  ['pipes', null],
  ['a terminal', { cols: 80, rows: 24 }],
])('ending a process with %s', (_, terminal) => {
  it('leaves none of its children behind, whether they want or not', async () => {
    const { process, text } = await start(['bash', '-c', family], { terminal })
    await linesOf(text, 2)

    const end = await process.kill()

    expect(end).toMatchObject({ exitCode: null, signal: 'SIGKILL', reason: 'killed' })
    const children = text().trim().split(/\r?\n/).map(Number)
    await gone([...children, process.pid])
    expect(children.filter(runs)).toEqual([])
  })

  it('ends at its time-out', async () => {
    const { process } = await start(['sleep', '63'], { terminal, timeoutMs: 50 })

    expect(await process.ended).toMatchObject({ exitCode: null, signal: 'SIGTERM', reason: 'timedOut' })
  })

  it('ends when the signal aborts', async () => {
    const controller = new AbortController()
    const { process, text } = await start(['bash', '-c', 'echo up; sleep 64; true'], {
      terminal,
      signal: controller.signal,
    })
    await linesOf(text, 1)

    controller.abort()

    expect(await process.ended).toMatchObject({ reason: 'aborted' })
  })

  it('starts nothing when the signal has aborted before', async () => {
    await expect(start(['true'], { terminal, signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
      'too late',
    )
  })
})

async function linesOf(text: () => string, count: number): Promise<void> {
  while (text().split('\n').length <= count) await delay(5)
}

/** The dead are collected by whoever is their parent then. */
async function gone(pids: readonly number[]): Promise<void> {
  for (let tries = 0; tries < 200 && pids.some(runs); tries += 1) await delay(10)
}

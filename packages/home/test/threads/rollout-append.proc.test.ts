import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { RolloutAppender, readRolloutLines } from '@gangway/home'
import { expect, it } from 'vitest'
import { endOf, startProgram } from '../child.js'
import { temporaryHome, threadId, writeThread } from './rollout.js'

it('loses nothing that was reported as written when the writer is killed at random points', {
  timeout: 60_000,
}, async () => {
  const path = writeThread(temporaryHome(), threadId(1), [], { meta: { history_mode: 'paginated' } })

  for (let round = 0; round < 6; round++) {
    const before = [...readRolloutLines(path)].filter(({ line }) => line !== null).length
    const child = startProgram('./threads/append-until-killed.ts', [path])
    let reported = ''
    child.stdout!.on('data', (data: Buffer) => {
      reported += data.toString()
    })
    await once(child.stdout!, 'data')
    await delay(Math.random() * 40)
    child.kill('SIGKILL')
    await endOf(child)

    const written = reported.trim().split('\n').length
    const understood = [...readRolloutLines(path)].filter(({ line }) => line !== null)
    expect(understood.length).toBeGreaterThanOrEqual(before + written - 1)
    expect(understood.map(({ line }) => line!.ordinal)).toEqual([...understood.keys()])
  }

  const appender = RolloutAppender.open(path)
  appender.append([{ timestamp: '', type: 'event_msg', payload: { type: 'user_message', message: 'last' } }])
  appender.close()
  expect([...readRolloutLines(path)].at(-1)?.line?.payload.message).toBe('last')
})

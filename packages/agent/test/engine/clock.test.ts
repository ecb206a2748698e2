import { startModelServer, textReply } from '@gangway/testkit'
import { afterEach, expect, it, vi } from 'vitest'
import { ThreadPlace } from './thread-place.js'

afterEach(() => void vi.useRealTimers())

it.each([
  ['back', -86_400_000],
  ['forward', 86_400_000],
])('tells how long a turn took when the clock is set %s in the middle of it', async (_, byMs) => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('ok')] }))
  const thread = await place.start()
  vi.useFakeTimers({ toFake: ['Date'] })
  const said = place.next('item/completed').then(() => vi.setSystemTime(Date.now() + byMs))

  const { params } = await place.turn(thread, 'go')
  await said

  expect(params.turn.durationMs).toBeGreaterThanOrEqual(0)
  expect(params.turn.durationMs).toBeLessThan(60_000)
  await thread.close(1_000)
})

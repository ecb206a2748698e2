import { describe, expect, it } from 'vitest'
import { Peer } from './peer.js'

describe('the answer to a request in the events', () => {
  it('is one to the method that is narrowed, and to any method before that', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.ask(1, 'item/fileChange/requestApproval')
    peer.ask(2, 'currentTime/read')
    const told: boolean[] = []

    for await (const event of client.events()) {
      if (event.type !== 'request') continue
      if (event.method !== 'currentTime/read') {
        told.push(await event.respond({ decision: 'accept' }))
        continue
      }
      // @ts-expect-error: an approval is no time
      const mistaken = () => event.respond({ decision: 'accept' })
      expect(mistaken).toBeTypeOf('function')
      told.push(await event.respond({ currentTimeAt: 1 }))
      break
    }

    expect(told).toEqual([true, true])
    expect(peer.sent.slice(2)).toMatchObject([{ result: { decision: 'accept' } }, { result: { currentTimeAt: 1 } }])
  })
})

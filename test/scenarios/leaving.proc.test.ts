import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { place } from './support/place.js'
import { start, startUnixSocket, startWebSocket } from './support/server-process.js'

describe.each([
  ['a websocket', startWebSocket, (address: string) => address],
  ['a Unix socket', startUnixSocket, (address: string) => `ws+unix://${address}:/rpc`],
] as const)('a program that serves %s', (_, serve, urlOf) => {
  it('case 40: says goodbye with 1001 and exits 0 within a second of SIGTERM', async () => {
    using at = place()
    const { child, address } = await serve(at)
    const socket = new WebSocket(urlOf(address))
    await once(socket, 'open')
    const [closed, exit] = [once(socket, 'close'), once(child, 'exit')]

    const began = performance.now()
    child.kill('SIGTERM')

    expect(await exit).toEqual([0, null])
    expect(performance.now() - began).toBeLessThan(2_000)
    expect((await closed)[0]).toBe(1001)
  })
})

describe('a program that serves its standard input', () => {
  it('case 42: writes the answers that are due and exits 0 when its input ends', async () => {
    using at = place()
    const child = start(at)
    child.stderr.resume()
    const exit = once(child, 'close')
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })

    const began = performance.now()
    child.stdin.end(
      '{"id":0,"method":"initialize","params":{"clientInfo":{"name":"a","version":"1"}}}\n' +
        Array.from({ length: 20 }, (_, id) => `{"id":${id + 1},"method":"configRequirements/read"}\n`).join(''),
    )

    expect(await exit).toEqual([0, null])
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(said.trimEnd().split('\n')).toHaveLength(21)
  })
})

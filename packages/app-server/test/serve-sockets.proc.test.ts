import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, lstatSync, readlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { controlSocketOf } from '../src/transports/unix-socket/socket-place.js'
import { type TestHome, testHome } from './support/homes.js'
import { WebSocketClient } from './support/websocket-client.js'

const SERVE = fileURLToPath(new URL('./fixtures/serve-sockets.ts', import.meta.url))
const GOODBYE = { code: 1001, reason: 'server shutting down' }

interface Served {
  readonly child: ChildProcessWithoutNullStreams
  readonly exit: Promise<unknown[]>
  /** What it has said on standard error. */
  said(): string
}

function start(home: TestHome, address: string): Served {
  const child = spawn(process.execPath, ['--conditions=@gangway/source', '--import', 'tsx', SERVE, address], {
    env: { PATH: process.env.PATH, ...home.env },
    stdio: 'pipe',
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return { child, exit: once(child, 'exit'), said: () => said }
}

async function addressOf({ child, said }: Served): Promise<string> {
  for (;;) {
    const address = /listening on: (ws:\S+)/.exec(said())?.[1]
    if (address !== undefined) return address
    if (child.exitCode !== null) throw new Error(said())
    await Promise.race([once(child.stderr, 'data'), once(child, 'exit')])
  }
}

/** Connects as soon as somebody is there. The test's own time-out ends the wait. */
async function connectTo(path: string): Promise<WebSocketClient> {
  for (;;) {
    try {
      return await WebSocketClient.introduced(`unix://${path}`)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

describe('a process that serves websockets', () => {
  it('says where, in words that programs read', async () => {
    using home = testHome()
    const served = start(home, 'ws://127.0.0.1:0')
    const address = await addressOf(served)
    const http = address.replace('ws:', 'http:')

    expect(address).toMatch(/^ws:\/\/127\.0\.0\.1:[1-9]\d*$/)
    expect(served.said().split('\n').slice(1, 4)).toEqual([
      `  listening on: ${address}`,
      `  readyz: ${http}/readyz`,
      `  healthz: ${http}/healthz`,
    ])
    served.child.kill('SIGTERM')
    expect(await served.exit).toEqual([0, null])
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('H11: says goodbye and exits 0 at %s', async (signal) => {
    using home = testHome()
    const served = start(home, 'ws://127.0.0.1:0')
    const client = await WebSocketClient.introduced(await addressOf(served))

    served.child.kill(signal)

    expect(await client.closed).toEqual(GOODBYE)
    expect(await served.exit).toEqual([0, null])
  })

  it('exits although a client does not read', async () => {
    using home = testHome()
    const served = start(home, 'ws://127.0.0.1:0')
    const client = await WebSocketClient.introduced(await addressOf(served))
    client.socket.pause()

    served.child.kill('SIGTERM')

    expect(await served.exit).toEqual([0, null])
    client.socket.terminate()
  })
})

describe('a process that serves a Unix socket', () => {
  it('takes its place again after it was killed, and leaves nothing after a signal', async () => {
    using home = testHome()
    const path = controlSocketOf(home.codexHome)
    const first = start(home, 'unix://')
    await connectTo(path)
    first.child.kill('SIGKILL')
    await first.exit
    const left = readlinkSync(path)

    const second = start(home, 'unix://')
    const client = await connectTo(path)
    second.child.kill('SIGTERM')

    expect(await client.closed).toEqual(GOODBYE)
    expect(await second.exit).toEqual([0, null])
    expect([existsSync(left), lstatSync(path, { throwIfNoEntry: false })]).toEqual([false, undefined])
  })

  it('exits 1 where another one serves, and says so', async () => {
    using home = testHome()
    const path = controlSocketOf(home.codexHome)
    const first = start(home, 'unix://')
    await connectTo(path)

    const second = start(home, 'unix://')

    expect((await second.exit)[0]).toBe(1)
    expect(second.said()).toContain(`app-server control socket is already in use at ${path}`)
    first.child.kill('SIGTERM')
    expect(await first.exit).toEqual([0, null])
    expect(existsSync(dirname(path))).toBe(true)
  })
})

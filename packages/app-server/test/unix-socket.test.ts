import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createAppServer } from '../src/create-app-server.js'
import { proxyToSocket } from '../src/transports/unix-socket/proxy.js'
import { controlSocketOf, socketPlace } from '../src/transports/unix-socket/socket-place.js'
import { type TestHome, testHome } from './support/homes.js'
import { WebSocketClient } from './support/websocket-client.js'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** A server of `home` on the socket at `socketPath`. */
async function serve(home: TestHome, socketPath: string) {
  const server = await createAppServer({ codexHome: home.codexHome, env: home.env })
  try {
    return { server, listener: await server.listen({ socketPath }) }
  } catch (error) {
    await server.close()
    throw error
  }
}

function listenAt(path: string): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen(path, () => resolve(server)))
}

describe('the place of a Unix socket', () => {
  it('is short although the published path is long, and differs from path to path', () => {
    const long = `/${'deep/'.repeat(60)}server.sock`

    const place = socketPlace(long)

    expect(place.published).toBe(long)
    expect(dirname(place.real)).toBe(join(tmpdir(), `gangway-${process.getuid?.()}`))
    expect(place.real).toMatch(/\/[0-9a-f]{64}$/)
    expect(socketPlace('/other').real).not.toBe(place.real)
  })

  it('is shorter still where the temporary folder is deep, and is refused where nothing fits', () => {
    expect(socketPlace('/x', `/${'t'.repeat(45)}`).real).toMatch(/\/[0-9a-f]{32}$/)
    expect(() => socketPlace('/x', `/${'t'.repeat(90)}`)).toThrow('its path is too long')
  })
})

describe('a server on a Unix socket', () => {
  it('makes folders and a socket that are the person’s alone, and a link that clients open', async () => {
    using home = testHome()
    const path = controlSocketOf(home.codexHome)
    const { server, listener } = await serve(home, path)

    const client = await WebSocketClient.introduced(listener.address)

    expect(listener.address).toBe(`unix://${path}`)
    expect(path.slice(home.codexHome.length)).toBe('/app-server-control/app-server-control.sock')
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect(modeOf(dirname(path))).toBe('700')
    expect(modeOf(dirname(readlinkSync(path)))).toBe('700')
    expect([modeOf(path), statSync(path).isSocket()]).toEqual(['600', true])
    await client.leave()
    await server.close()
  })

  it('leaves nothing behind when it closes', async () => {
    using home = testHome()
    const path = join(home.root, 'run', 'x.sock')
    const { server } = await serve(home, path)
    const real = readlinkSync(path)

    await server.close()

    expect([readdirSync(dirname(path)), existsSync(real)]).toEqual([[], false])
  })

  it('is refused where another one is, which goes on', async () => {
    using home = testHome()
    const path = join(home.root, 'x.sock')
    const { server, listener } = await serve(home, path)

    await expect(serve(home, path)).rejects.toThrow(`app-server control socket is already in use at ${path}`)

    await (await WebSocketClient.introduced(listener.address)).leave()
    await server.close()
  })

  it('is started once when several start at the same time', async () => {
    using home = testHome()
    const path = join(home.root, 'x.sock')

    const starts = await Promise.allSettled(Array.from({ length: 5 }, () => serve(home, path)))

    const servers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
    expect(servers).toHaveLength(1)
    await (await WebSocketClient.introduced(`unix://${path}`)).leave()
    for (const { server } of servers) await server.close()
  })

  it.each([
    ['a link to nowhere', async (path: string) => symlinkSync('/nowhere/at/all', path)],
    ['a link to a socket that nobody serves', async (path: string) => symlinkSync(await deadSocket(path), path)],
  ])('takes the place of %s', async (_what, leave) => {
    using home = testHome()
    const path = join(home.root, 'x.sock')
    await leave(path)

    const { server, listener } = await serve(home, path)

    await (await WebSocketClient.introduced(listener.address)).leave()
    await server.close()
  })

  it('takes no link away that another server has put in its place', async () => {
    using home = testHome()
    const path = join(home.root, 'x.sock')
    const { server } = await serve(home, path)
    rmSync(path)
    symlinkSync('/somebody/else', path)

    await server.close()

    expect(readlinkSync(path)).toBe('/somebody/else')
  })

  it.each([
    ['a file', (path: string) => writeFileSync(path, 'mine')],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link to a file', (path: string) => symlinkSync(import.meta.filename, path)],
  ])('does not replace %s', async (_what, put) => {
    using home = testHome()
    const path = join(home.root, 'x.sock')
    put(path)
    const before = lstatSync(path).ino

    await expect(serve(home, path)).rejects.toThrow(
      `app-server control socket path exists and is not a socket: ${path}`,
    )

    expect(lstatSync(path).ino).toBe(before)
  })

  it('serves at a path that no socket could have', async () => {
    using home = testHome()
    const path = join(home.root, 'long'.repeat(40), 'x.sock')
    const { server } = await serve(home, path)

    const client = await WebSocketClient.introduced(`unix://${readlinkSync(path)}`)

    await client.leave()
    await server.close()
  })
})

describe('the proxy to a Unix socket', () => {
  it('carries bytes both ways, unread, and ends with its input', async () => {
    using home = testHome()
    const path = join(home.root, 'x.sock')
    const { server } = await serve(home, path)
    const [input, output] = [new PassThrough(), new PassThrough()]

    const proxied = proxyToSocket(path, input, output)
    input.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    const [head] = (await output[Symbol.asyncIterator]().next()).value.toString().split('\r\n')
    input.end()
    await proxied

    expect(head).toBe('HTTP/1.1 200 OK')
    await server.close()
  })

  it('ends when the server does', async () => {
    using home = testHome()
    const path = join(home.root, 'x.sock')
    const { server } = await serve(home, path)
    const input = new PassThrough()
    const output = new PassThrough().resume()
    const proxied = proxyToSocket(path, input, output)
    const key = Buffer.from('0123456789abcdef').toString('base64')
    input.write(
      `GET /rpc HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    )
    await new Promise((resolve) => output.once('data', resolve))

    await server.close()

    await expect(proxied).resolves.toBeUndefined()
    expect(input.destroyed).toBe(true)
  })

  it('names the socket where nobody listens', async () => {
    const missing = join(tmpdir(), 'gangway-nobody.sock')

    await expect(proxyToSocket(missing, new PassThrough(), new PassThrough())).rejects.toThrow(
      `failed to connect to socket at ${missing}`,
    )
  })
})

describe('a server that is closed while it listens at several places', () => {
  it('closes them all', async () => {
    using home = testHome()
    const server = await createAppServer({ codexHome: home.codexHome, env: home.env })
    const first = await server.listen({ url: 'ws://127.0.0.1:0' })
    const second = await server.listen({ socketPath: join(home.root, 'x.sock') })
    const clients = [await WebSocketClient.introduced(first.address), await WebSocketClient.introduced(second.address)]

    await server.close()

    for (const client of clients) expect(await client.closed).toEqual({ code: 1001, reason: 'server shutting down' })
    expect(await first.closed).toBe('closed')
    await expect(WebSocketClient.connect(first.address)).rejects.toThrow('ECONNREFUSED')
    await expect(server.listen({ url: 'ws://127.0.0.1:0' })).rejects.toThrow('shutting down')
  })

  it('names a port that is taken', async () => {
    using home = testHome()
    await using server = await createAppServer({ codexHome: home.codexHome, env: home.env })
    const { address } = await server.listen({ url: 'ws://127.0.0.1:0' })

    await expect(server.listen({ url: address })).rejects.toThrow('EADDRINUSE')
  })
})

/** A socket's file whose server is gone without taking it away: it is known by a second name when its server ends. */
async function deadSocket(path: string): Promise<string> {
  const server = await listenAt(`${path}.first`)
  linkSync(`${path}.first`, `${path}.dead`)
  await new Promise((resolve) => server.close(resolve))
  return `${path}.dead`
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { RpcError } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  connectInMemory,
  initializeResult,
  listenWebsocket,
  type MemoryTransport,
  noAnswer,
  ScriptedPeer,
  serveStreams,
} from '../src/index.js'

/** A client of nothing but texts. */
interface TextClient {
  readonly texts: string[]
  send(text: string): void
  /** Waits until so many texts have come. */
  has(count: number): Promise<string[]>
  end(): void
  close(): Promise<void>
}

class Texts {
  readonly texts: string[] = []
  #watchers: (() => void)[] = []

  add(text: string): void {
    this.texts.push(text)
    for (const look of this.#watchers.splice(0)) look()
  }

  async has(count: number): Promise<string[]> {
    while (this.texts.length < count) await new Promise<void>((resolve) => this.#watchers.push(resolve))
    return this.texts
  }
}

async function inMemory(peer: ScriptedPeer): Promise<TextClient> {
  const texts = new Texts()
  const transport: MemoryTransport = connectInMemory(peer, {
    received: (text) => {
      texts.add(text)
      return true
    },
    ended: () => {},
  })
  return {
    texts: texts.texts,
    has: (count) => texts.has(count),
    send: (text) => transport.send(text),
    end: () => void transport.close(),
    close: async () => {},
  }
}

async function overStreams(peer: ScriptedPeer): Promise<TextClient> {
  const input = new PassThrough()
  const output = new PassThrough()
  const texts = new Texts()
  let rest = ''
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) texts.add(line)
  })
  serveStreams(peer, { input, output })
  return {
    texts: texts.texts,
    has: (count) => texts.has(count),
    send: (text) => input.write(`${text}\n`),
    end: () => input.end(),
    close: async () => {},
  }
}

async function overWebsocket(peer: ScriptedPeer, socketPath?: string): Promise<TextClient> {
  const listener = await listenWebsocket(peer, socketPath === undefined ? {} : { socketPath })
  const socket = new WebSocket(socketPath === undefined ? listener.address : `ws+unix://${listener.address}:/rpc`)
  const texts = new Texts()
  socket.on('message', (data) => texts.add(String(data)))
  await new Promise((resolve) => socket.once('open', resolve))
  return {
    texts: texts.texts,
    has: (count) => texts.has(count),
    send: (text) => socket.send(text),
    end: () => socket.close(),
    close: () => listener.close(),
  }
}

const wires: readonly [string, (peer: ScriptedPeer, folder: string) => Promise<TextClient>][] = [
  ['in memory', inMemory],
  ['over a pair of streams', overStreams],
  ['over a websocket', (peer) => overWebsocket(peer)],
  ['over a Unix socket', (peer, folder) => overWebsocket(peer, join(folder, 'peer.sock'))],
]

describe.each(wires)('a scripted peer %s', (_, open) => {
  it('answers by its script, refuses what is not in it, asks, and sees the end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gangway-peer-'))
    const peer = new ScriptedPeer()
      .on('echo', (params) => params)
      .on('silent', () => noAnswer)
      .on('broken', () => {
        throw new RpcError(-32001, 'busy', { retryable: true })
      })
    const client = await open(peer, folder)
    const connection = await peer.connection()

    client.send('{"id":"initialize","method":"initialize","params":{}}')
    expect(JSON.parse((await client.has(1))[0] ?? '')).toEqual({ id: 'initialize', result: initializeResult })
    client.send('{"id":1,"method":"silent"}')
    client.send('{"id":2,"method":"echo","params":{"text":"é"}}')
    expect(JSON.parse((await client.has(2))[1] ?? '')).toEqual({ id: 2, result: { text: 'é' } })
    client.send('{"id":3,"method":"broken"}')
    expect(JSON.parse((await client.has(3))[2] ?? '')).toEqual({
      id: 3,
      error: { code: -32001, message: 'busy', data: { retryable: true } },
    })
    client.send('{"id":4,"method":"unknown"}')
    expect(JSON.parse((await client.has(4))[3] ?? '')).toMatchObject({ error: { code: -32600 } })
    connection.ask(5, 'item/tool/call', { a: 1 })
    expect(JSON.parse((await client.has(5))[4] ?? '')).toEqual({ id: 5, method: 'item/tool/call', params: { a: 1 } })
    client.send('no message')
    client.send('{"id":5,"result":{"b":2}}')

    expect(await connection.answerTo(5)).toMatchObject({ result: { b: 2 } })
    expect(connection.rubbish).toEqual(['no message'])
    expect(connection.requests('silent')).toHaveLength(1)
    client.end()
    await connection.closed
    await client.close()
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('a scripted peer in memory', () => {
  it('holds back what it says while its client has paused', async () => {
    const texts: string[] = []
    const peer = new ScriptedPeer()
    const transport = connectInMemory(peer, {
      received: (text) => texts.push(text) > 0,
      ended: (why) => texts.push(why),
    })
    const connection = await peer.connection()

    transport.pause()
    connection.raw('one')
    connection.close(1000, 'gone')
    expect(texts).toEqual([])
    transport.resume()

    expect(texts).toEqual(['one', 'gone'])
    expect(await connection.closed).toEqual({ code: 1000, reason: 'gone' })
  })
})

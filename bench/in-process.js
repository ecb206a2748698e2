// Requests and events between two ends in one process: ours through the real server and the bounded queue, vscode-jsonrpc
// over an object transport and over streams, the MCP SDK over its in-memory transport.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createAppServer } from '@gangway/app-server'
import { startInProcess } from '@gangway/client/in-process'
import { EventQueue } from '@gangway/protocol/channel'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import * as rpc from 'vscode-jsonrpc/node'
import { median, spread } from './lib/stats.js'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
const WARM = 2
const TIMES = 5
const REQUESTS = 20_000
const EVENTS = 20_000
const BURST = 100

const peers = {
  gangway: ours,
  'vscode-jsonrpc, objects': () => vscode('objects'),
  'vscode-jsonrpc, streams': () => vscode('streams'),
  'MCP SDK': mcp,
}
const [chosen] = process.argv.slice(2)
if (chosen === undefined) compare()
else console.log(JSON.stringify(await measure(await peers[chosen]())))

/** Each peer in a process of its own, round by round: what one leaves behind in the engine is not another's. */
function compare() {
  const figures = { request: {}, event: {} }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of Object.keys(peers)) {
      const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      for (const [what, us] of Object.entries(JSON.parse(stdout))) {
        figures[what][name] ??= []
        figures[what][name].push(us)
      }
    }
  }
  console.log(
    `in process, microseconds each, ${ROUNDS} rounds, median (min-max); ratio = peer / gangway, round by round`,
  )
  for (const [what, by] of Object.entries(figures)) {
    for (const [name, times] of Object.entries(by)) {
      const ratio = median(times.map((time, index) => time / by.gangway[index])).toFixed(1)
      console.log(`  ${what.padEnd(8)} ${name.padEnd(24)} ${spread(times)}  ratio ${ratio}`)
    }
  }
}

/** Microseconds for one request and one event, the median of some times after the engine is warm. */
async function measure(peer) {
  const times = { request: [], event: [] }
  for (let time = 0; time < WARM + TIMES; time += 1) {
    const request = await nsEach(REQUESTS, async (count) => {
      for (let index = 0; index < count; index += 1) await peer.request()
    })
    const event = await nsEach(EVENTS, (count) => peer.events(count))
    if (time < WARM) continue
    times.request.push(request / 1_000)
    times.event.push(event / 1_000)
  }
  await peer.close()
  return { request: median(times.request), event: median(times.event) }
}

async function nsEach(count, work) {
  const began = process.hrtime.bigint()
  await work(count)
  return Number(process.hrtime.bigint() - began) / count
}

/** Requests go through client and server, which answers from memory; events through the queue that a client reads. */
async function ours() {
  const codexHome = mkdtempSync(join(tmpdir(), 'gangway-bench-'))
  const server = await createAppServer({ codexHome })
  const client = await startInProcess({ server, sessionSource: 'exec', clientInfo: { name: 'bench', version: '1' } })
  return {
    request: () => client.request('configRequirements/read'),
    async events(count) {
      const queue = new EventQueue()
      const params = { threadId: 't', turn: { id: 'u', status: 'inProgress', items: [] } }
      const reading = (async () => {
        let got = 0
        for await (const _ of queue) got += 1
        return got
      })()
      for (let index = 0; index < count; index += 1) {
        const event = { type: 'notification', method: 'turn/started', params }
        while (queue.push(event) === 'wait') await queue.room()
        if (index % BURST === BURST - 1) await Promise.resolve()
      }
      queue.close()
      if ((await reading) !== count) throw new Error('events are missing')
    },
    async close() {
      await client.shutdown()
      await server.close()
      rmSync(codexHome, { recursive: true })
    },
  }
}

function vscode(kind) {
  const [client, server] = (kind === 'streams' ? streamPair() : objectPair()).map((connection) => connection)
  let got = 0
  let wanted = Number.POSITIVE_INFINITY
  let done = () => {}
  server.onRequest('m', () => ({ requirements: null }))
  client.onNotification('n', () => {
    got += 1
    if (got === wanted) done()
  })
  client.listen()
  server.listen()
  return {
    request: () => client.sendRequest('m', {}),
    async events(count) {
      got = 0
      wanted = count
      const all = new Promise((resolve) => {
        done = resolve
      })
      for (let index = 0; index < count; index += 1) {
        const sent = server.sendNotification('n', { threadId: 't', turn: { id: 'u', status: 'inProgress', items: [] } })
        if (index % BURST === BURST - 1) await sent
      }
      await all
    },
    async close() {
      client.dispose()
      server.dispose()
    },
  }
}

function streamPair() {
  const [a, b] = [new PassThrough(), new PassThrough()]
  const connect = (input, output) =>
    rpc.createMessageConnection(new rpc.StreamMessageReader(input), new rpc.StreamMessageWriter(output))
  return [connect(a, b), connect(b, a)]
}

function objectPair() {
  class Reader extends rpc.AbstractMessageReader {
    listen(callback) {
      this.callback = callback
      return { dispose() {} }
    }
  }
  class Writer extends rpc.AbstractMessageWriter {
    constructor(reader) {
      super()
      this.reader = reader
    }
    async write(message) {
      this.reader.callback(message)
    }
    end() {}
  }
  const [a, b] = [new Reader(), new Reader()]
  return [rpc.createMessageConnection(a, new Writer(b)), rpc.createMessageConnection(b, new Writer(a))]
}

async function mcp() {
  const [a, b] = InMemoryTransport.createLinkedPair()
  const server = new Server({ name: 's', version: '1' }, { capabilities: { logging: {} } })
  const client = new Client({ name: 'c', version: '1' }, { capabilities: {} })
  let got = 0
  let wanted = Number.POSITIVE_INFINITY
  let done = () => {}
  client.setNotificationHandler(LoggingMessageNotificationSchema, () => {
    got += 1
    if (got === wanted) done()
  })
  await Promise.all([server.connect(a), client.connect(b)])
  return {
    request: () => client.ping(),
    async events(count) {
      got = 0
      wanted = count
      const all = new Promise((resolve) => {
        done = resolve
      })
      for (let index = 0; index < count; index += 1) {
        const sent = server.notification({
          method: 'notifications/message',
          params: { level: 'info', data: { threadId: 't' } },
        })
        if (index % BURST === BURST - 1) await sent
      }
      await all
    },
    close: () => client.close(),
  }
}

import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import WebSocket from 'ws'

const INITIALIZE = JSON.stringify({
  id: 'init',
  method: 'initialize',
  params: { clientInfo: { name: 'bench', title: null, version: '1' }, capabilities: { experimentalApi: true } },
})

function start(words, args, home, stdio) {
  const codexHome = path.join(home, '.codex')
  mkdirSync(codexHome, { recursive: true })
  return spawn(words[0], [...words.slice(1), 'app-server', ...args], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, CODEX_HOME: codexHome },
    stdio,
  })
}

/** A server over its standard input and output that only counts: `onTexts` gets each chunk and how many lines end in it. */
export async function openStdio(words, home) {
  const child = start(words, [], home, ['pipe', 'pipe', 'ignore'])
  const wire = {
    child,
    onTexts: () => {},
    send: (texts) => child.stdin.write(`${texts.join('\n')}\n`),
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.stdin.end()
      await gone
    },
  }
  const first = new Promise((resolve) => {
    wire.onTexts = resolve
  })
  child.stdout.on('data', (chunk) => {
    let count = 0
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count += 1
    if (count > 0) wire.onTexts(count, chunk)
  })
  wire.send([INITIALIZE])
  await first
  await settle(wire)
  return wire
}

/** A server that listens on a free port of the loopback address. */
export async function listen(words, home) {
  const child = start(words, ['--listen', 'ws://127.0.0.1:0'], home, ['ignore', 'ignore', 'pipe'])
  let said = ''
  const url = await new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken out
      const address = /listening on:\s*(ws:\/\/[\d.]+:\d+)/.exec(said.replaceAll(/\u001b\[[\d;]*m/g, ''))?.[1]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
  })
  return {
    url,
    child,
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** One introduced websocket client that only counts. */
export async function openSocket(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const wire = {
    onTexts: () => {},
    send: (texts) => {
      for (const text of texts) socket.send(text)
    },
    close: async () => socket.terminate(),
  }
  const first = new Promise((resolve) => {
    wire.onTexts = resolve
  })
  socket.on('message', (data) => wire.onTexts(1, data))
  wire.send([INITIALIZE])
  await first
  return wire
}

/** Sends `initialized`, and waits until what follows the handshake by itself has come. */
export async function settle(wire) {
  wire.onTexts = () => {}
  wire.send(['{"method":"initialized"}'])
  await new Promise((resolve) => setTimeout(resolve, 300))
}

/** Resident memory in MB (Linux). */
export function rssMb({ pid }) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
}

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** An app-server in a child process, with the times that the bench needs. */
export class Server {
  #open = new Map()
  #watch = []
  #rest = ''
  #nextId = 0

  constructor(words, { home, codexHome }) {
    this.startedAt = performance.now()
    this.child = spawn(words[0], [...words.slice(1), 'app-server'], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, CODEX_HOME: codexHome },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.child.stdout.setEncoding('utf8').on('data', (chunk) => this.#take(chunk))
  }

  /** Milliseconds from the start of the process to the answer to `initialize`. */
  async initialize() {
    await this.request('initialize', { clientInfo: { name: 'bench', title: null, version: '1' }, capabilities: {} })
    const ms = performance.now() - this.startedAt
    this.send({ method: 'initialized' })
    return ms
  }

  request(method, params) {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject, method })
      this.send({ id, method, params })
    })
  }

  send(message) {
    this.child.stdin.write(`${JSON.stringify(message)}\n`)
  }

  notification(method) {
    return new Promise((resolve) => this.#watch.push({ method, resolve }))
  }

  /** Resident memory in MB (Linux). */
  rssMb() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024
  }

  async close() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.stdin.end()
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 5_000)
    await gone
    clearTimeout(timer)
  }

  #take(chunk) {
    const lines = (this.#rest + chunk).split('\n')
    this.#rest = lines.pop()
    for (const line of lines) this.#handle(JSON.parse(line))
  }

  #handle(message) {
    if (message.method !== undefined) {
      const at = this.#watch.findIndex((one) => one.method === message.method)
      if (at >= 0) this.#watch.splice(at, 1)[0].resolve(message.params)
      return
    }
    const call = this.#open.get(message.id)
    this.#open.delete(message.id)
    if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`))
    else call?.resolve(message.result)
  }
}

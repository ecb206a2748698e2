import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

/** An app-server in a child process, with the times that the bench needs. */
export class Server {
  #open = new Map()
  #watch = []
  #pieces = []
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
  async initialize(capabilities = {}) {
    await this.request('initialize', { clientInfo: { name: 'bench', title: null, version: '1' }, capabilities })
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

  /** The params of the next notification of a method. */
  notification(method) {
    return new Promise((resolve) => this.#watch.push({ method, take: resolve, once: true }))
  }

  /** Calls `take` for each notification of a method from now on. */
  onNotification(method, take) {
    this.#watch.push({ method, take, once: false })
  }

  /** Resident memory in MB (Linux). */
  rssMb() {
    return this.#statusMb('VmRSS')
  }

  /** The most resident memory in MB since the start or the last `forgetPeak` (Linux). */
  peakRssMb() {
    return this.#statusMb('VmHWM')
  }

  forgetPeak() {
    writeFileSync(`/proc/${this.child.pid}/clear_refs`, '5')
  }

  /** Processor time of the process, user and system, in ms; grain 10 ms (Linux). */
  cpuMs() {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  }

  async close() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.stdin.end()
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 5_000)
    await gone
    clearTimeout(timer)
  }

  #statusMb(field) {
    return (
      Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024
    )
  }

  /** Pieces of one long line are joined once. */
  #take(chunk) {
    const lines = chunk.split('\n')
    this.#pieces.push(lines[0])
    for (let index = 1; index < lines.length; index++) {
      this.#handle(this.#pieces.join(''))
      this.#pieces = [lines[index]]
    }
  }

  #handle(line) {
    // Before it is parsed: that is the bench's own time.
    this.receivedAt = performance.now()
    const message = JSON.parse(line)
    if (message.method !== undefined) {
      const takers = this.#watch.filter((one) => one.method === message.method)
      const first = takers.find((one) => one.once)
      if (first !== undefined) this.#watch.splice(this.#watch.indexOf(first), 1)
      for (const one of takers) if (!one.once || one === first) one.take(message.params)
      return
    }
    const call = this.#open.get(message.id)
    this.#open.delete(message.id)
    if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`))
    else call?.resolve(message.result)
  }
}

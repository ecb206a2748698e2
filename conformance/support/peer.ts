import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Program } from './programs.js'

/** A JSON object of the wire. */
export type Json = { readonly [key: string]: unknown }

/** What came back for a request: exactly one of the two is set. */
export interface Answer {
  readonly result?: Json
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
}

interface Wire {
  readonly id?: unknown
  readonly method?: string
  readonly params?: Json
  readonly result?: Json
  readonly error?: Answer['error']
}

/** An app-server in a child process, driven line by line. Knows nothing of our own client, so that it can judge it. */
export class Peer {
  readonly notifications: { readonly method: string; readonly params: Json }[] = []
  stderr = ''
  readonly #child: ChildProcess
  readonly #open = new Map<unknown, (answer: Answer) => void>()
  readonly #watchers = new Set<() => void>()
  #nextId = 0

  constructor(program: Program, options: { home: string; codexHome: string; cwd?: string; args?: readonly string[] }) {
    mkdirSync(options.codexHome, { recursive: true })
    const [command = '', ...words] = program.command
    this.#child = spawn(command, [...words, 'app-server', ...(options.args ?? [])], {
      cwd: options.cwd ?? options.home,
      env: { PATH: process.env.PATH, HOME: options.home, CODEX_HOME: options.codexHome },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#child.stderr?.on('data', (chunk) => {
      this.stderr += chunk
    })
    this.#child.stdin?.on('error', () => {})
    createInterface({ input: this.#child.stdout! }).on('line', (line) => this.#take(JSON.parse(line) as Wire))
    this.#child.on('exit', (code, signal) =>
      this.#end(`the server ended (${code ?? signal}): ${this.stderr.slice(-2000)}`),
    )
  }

  /** Sends `initialize` and `initialized`; throws when refused. */
  async initialize(capabilities: Json = { experimentalApi: true }): Promise<Json> {
    const answer = await this.request('initialize', {
      clientInfo: { name: 'conformance', title: null, version: '1' },
      capabilities,
    })
    if (answer.result === undefined) throw new Error(`initialize failed: ${answer.error?.message}`)
    this.send({ method: 'initialized' })
    return answer.result
  }

  request(method: string, params: unknown): Promise<Answer> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#open.set(id, resolve)
      this.send({ id, method, params })
    })
  }

  send(message: Json): void {
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`)
  }

  /** The params of the first notification, past ones included, that fits. Throws after `timeoutMs`. */
  async notification(method: string, fits: (params: Json) => boolean = () => true, timeoutMs = 20_000): Promise<Json> {
    const find = () => this.notifications.find((one) => one.method === method && fits(one.params))?.params
    const now = find()
    if (now !== undefined) return now
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(() => reject(new Error(`no ${method} within ${timeoutMs} ms`))), timeoutMs)
      const watch = () => {
        const found = find()
        if (found !== undefined) settle(() => resolve(found))
      }
      const settle = (act: () => void) => {
        clearTimeout(timer)
        this.#watchers.delete(watch)
        act()
      }
      this.#watchers.add(watch)
    })
  }

  /** Ends the input, and the process if it does not follow within five seconds. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()))
    this.#child.stdin?.end()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000)
    await gone
    clearTimeout(timer)
  }

  #take(message: Wire): void {
    if (message.method !== undefined && message.id === undefined) {
      this.notifications.push({ method: message.method, params: message.params ?? {} })
      for (const watch of [...this.#watchers]) watch()
      return
    }
    const settle = this.#open.get(message.id)
    this.#open.delete(message.id)
    settle?.(message.error === undefined ? { result: message.result ?? {} } : { error: message.error })
  }

  #end(reason: string): void {
    for (const settle of this.#open.values()) settle({ error: { code: 0, message: reason } })
    this.#open.clear()
  }
}

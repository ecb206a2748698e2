import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { type ModelServer, startModelServer } from '../../packages/testkit/dist/index.js'
import type { Json } from './peer.js'
import type { Program } from './programs.js'
import { type ModelRule, ruled } from './ruled-model.js'

/** One thing that went over the wire, in the order in which the client saw it. */
export interface Step {
  readonly kind: 'sent' | 'answer' | 'refusal' | 'told' | 'asked' | 'note'
  /** The method; of answers, the one that was asked. */
  readonly method: string
  readonly value: unknown
}

/** What a script runs in: a project under git, a home, a model. */
export interface StageOptions {
  readonly rules: readonly ModelRule[]
  readonly model?: string
  readonly requestRetries?: number
  readonly streamRetries?: number
  readonly idleMs?: number
}

/** A server in a child process over a new home, a model that follows rules, and a record of all that was said. */
export class Stage {
  readonly steps: Step[] = []
  readonly root: string
  readonly codexHome: string
  readonly cwd: string
  readonly #answers = new Map<string, (params: Json) => unknown>()
  readonly #open = new Map<number, { method: string; resolve: (answer: Json) => void }>()
  readonly #watchers = new Set<() => void>()
  #child: ChildProcess | undefined
  #nextId = 0
  stderr = ''

  private constructor(
    readonly program: Program,
    readonly model: ModelServer,
    options: StageOptions,
  ) {
    const base = path.join(process.env.XDG_CACHE_HOME ?? path.join(process.env.HOME ?? '/', '.cache'))
    mkdirSync(base, { recursive: true })
    // Not below the system's temporary folder: the reference's sandbox lets commands write there.
    this.root = realpathSync(mkdtempSync(path.join(base, 'gangway-stage-')))
    this.codexHome = path.join(this.root, '.codex')
    this.cwd = path.join(this.root, 'project')
    mkdirSync(this.codexHome)
    mkdirSync(this.cwd)
    writeFileSync(path.join(this.codexHome, 'config.toml'), configToml(model, options))
    writeFileSync(path.join(this.cwd, 'README.md'), '# A project\n')
    writeFileSync(path.join(this.cwd, 'hello.txt'), 'hello\nworld\n')
    const who = ['-c', 'user.name=p', '-c', 'user.email=p@example.invalid', '-c', 'init.defaultBranch=main']
    const git = (...words: string[]) => execFileSync('git', [...who, ...words], { cwd: this.cwd })
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'first')
  }

  /** A stage with its server introduced. */
  static async open(program: Program, options: StageOptions): Promise<Stage> {
    const stage = new Stage(program, await startModelServer({ otherwise: ruled(options.rules) }), options)
    stage.start()
    return stage
  }

  /** Starts the server, or another one, over the same home; nothing is sent to it. */
  start(program = this.program): void {
    const [command = '', ...words] = program.command
    const child = spawn(command, [...words, 'app-server'], {
      cwd: this.cwd,
      env: {
        PATH: process.env.PATH,
        HOME: this.root,
        CODEX_HOME: this.codexHome,
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        SHELL: '/bin/bash',
        USER: 'person',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#child = child
    child.stdin?.on('error', () => {})
    child.stderr?.on('data', (chunk) => {
      this.stderr += chunk
    })
    createInterface({ input: child.stdout! }).on('line', (line) => this.#take(JSON.parse(line) as Wire))
  }

  /** Introduces the client. */
  async initialize(): Promise<void> {
    const clientInfo = { name: 'conformance', title: null, version: '1' }
    await this.request('initialize', { clientInfo, capabilities: { experimentalApi: true } })
    this.#send({ method: 'initialized' })
  }

  /** What was answered: the result, or `{ error }`. */
  request(method: string, params: unknown): Promise<Json> {
    const id = this.#nextId++
    this.#keep('sent', method, params)
    return new Promise((resolve) => {
      this.#open.set(id, { method, resolve })
      this.#send({ id, method, params })
    })
  }

  /** Answers every request of the server by this method. */
  answer(method: string, give: (params: Json) => unknown): void {
    this.#answers.set(method, give)
  }

  note(text: string): void {
    this.#keep('note', text, null)
  }

  /** The first step from `from` on that fits; throws after `timeoutMs`. */
  async until(fits: (step: Step) => boolean, from = 0, timeoutMs = 40_000): Promise<Step> {
    const deadline = Date.now() + timeoutMs
    for (;;) {
      const found = this.steps.slice(from).find(fits)
      if (found !== undefined) return found
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`nothing fits after ${JSON.stringify(this.steps.at(-1))}: ${this.stderr}`)
      let wake: () => void = () => {}
      const news = new Promise<void>((resolve) => {
        wake = resolve
        this.#watchers.add(resolve)
      })
      const over = new AbortController()
      await Promise.race([news, delay(left, undefined, { signal: over.signal }).catch(() => {})])
      over.abort()
      this.#watchers.delete(wake)
    }
  }

  /** Starts a thread in the project and gives its id, once it was told of. */
  async thread(settings: Json = {}): Promise<string> {
    const from = this.steps.length
    const { thread } = await this.request('thread/start', { cwd: this.cwd, ...settings })
    await this.until(({ method }) => method === 'thread/started', from)
    return (thread as { id: string }).id
  }

  /** Starts a turn and gives its id; waits for its end unless told not to. */
  async turn(threadId: unknown, text: string, more: Json = {}, isAwaited = true): Promise<string> {
    this.note(text)
    const from = this.steps.length
    const answer = await this.request('turn/start', { threadId, input: [{ type: 'text', text }], ...more })
    if (isAwaited) await this.end(threadId, from)
    return String((answer.turn as Json | undefined)?.id)
  }

  /** Waits until a turn of the thread has ended, and for what comes right after. */
  async end(threadId: unknown, from: number): Promise<void> {
    await this.until(
      ({ kind, method, value }) =>
        kind === 'told' && method === 'turn/completed' && (value as Json).threadId === threadId,
      from,
    )
    await delay(120)
  }

  /** Ends the server's input and waits for it to leave. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.stdin?.end()
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await gone
    clearTimeout(timer)
  }

  /** Stops all and deletes the folders. */
  async close(): Promise<void> {
    await this.stop()
    await this.model.close()
    rmSync(this.root, { recursive: true, force: true, maxRetries: 3 })
  }

  #take(message: Wire): void {
    if (message.method !== undefined && message.id !== undefined) {
      this.#keep('asked', message.method, message.params)
      const give = this.#answers.get(message.method)
      if (give !== undefined) {
        const result = give(message.params ?? {})
        this.#keep('sent', `answer to ${message.method}`, result)
        this.#send({ id: message.id, result })
      }
      return
    }
    if (message.method !== undefined) {
      this.#keep('told', message.method, message.params)
      return
    }
    const call = this.#open.get(message.id as number)
    this.#open.delete(message.id as number)
    const method = call?.method ?? '?'
    if (message.error !== undefined) this.#keep('refusal', method, message.error)
    else this.#keep('answer', method, message.result)
    call?.resolve(message.error === undefined ? (message.result ?? {}) : { error: message.error })
  }

  #keep(kind: Step['kind'], method: string, value: unknown): void {
    this.steps.push({ kind, method, value })
    for (const wake of [...this.#watchers]) wake()
  }

  #send(message: Json): void {
    this.#child?.stdin?.write(`${JSON.stringify(message)}\n`)
  }
}

interface Wire {
  readonly id?: unknown
  readonly method?: string
  readonly params?: Json
  readonly result?: Json
  readonly error?: Json
}

function configToml(model: ModelServer, options: StageOptions): string {
  return `model = "${options.model ?? 'gpt-5.5'}"
model_provider = "mock"
[model_providers.mock]
name = "Mock"
base_url = "${model.url}"
wire_api = "responses"
requires_openai_auth = false
supports_websockets = false
request_max_retries = ${options.requestRetries ?? 1}
stream_max_retries = ${options.streamRetries ?? 1}
stream_idle_timeout_ms = ${options.idleMs ?? 20_000}
`
}

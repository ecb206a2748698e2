import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type ModelServer, startModelServer } from '../../packages/testkit/dist/index.js'
import { chatModel } from './chat-model.js'
import { gangway, type Program, reference } from './programs.js'
import { Terminal } from './terminal.js'

/** The reference's own terminal program, unmodified, on our server, with a scripted model behind it. */
export class TuiRun {
  #server: ChildProcess
  readonly #terminals: Terminal[] = []
  /** Port or socket. */
  readonly #place: number | string
  readonly #home: string

  private constructor(
    readonly model: ModelServer,
    /** Folder of everything: removed at the end. */
    readonly root: string,
    readonly address: string,
    place: number | string,
    home: string,
  ) {
    this.#place = place
    this.#home = home
    this.#server = this.#begin()
  }

  /** @param listen `ws`: a port of its own; `control`: the socket that the program looks for without being told */
  static async start(listen: 'ws' | 'control'): Promise<TuiRun> {
    const root = mkdtempSync(path.join(tmpdir(), 'gangway-tui-'))
    const model = await startModelServer({ otherwise: chatModel })
    for (const name of ['server', 'person']) writeHome(path.join(root, name), model.url, path.join(root, 'project'))
    writeProject(path.join(root, 'project'))
    const home = path.join(root, listen === 'ws' ? 'server' : 'person')
    const codexHome = path.join(home, '.codex')
    const socket = path.join(codexHome, 'app-server-control', 'app-server-control.sock')
    const port = 20_000 + (process.pid % 20_000)
    const address = listen === 'ws' ? `ws://127.0.0.1:${port}` : `unix://${socket}`
    const run = new TuiRun(model, root, address, listen === 'ws' ? port : socket, home)
    await run.#isUp()
    return run
  }

  get project(): string {
    return path.join(this.root, 'project')
  }

  /** The server’s. */
  get codexHome(): string {
    return path.join(this.#home, '.codex')
  }

  /** Kills the server without a word, and starts it again after `downMs`. */
  async restart(downMs = 0): Promise<void> {
    const gone = once(this.#server, 'exit')
    this.#server.kill('SIGKILL')
    await gone
    await delay(downMs)
    this.#server = this.#begin()
    await this.#isUp()
  }

  /** The program in a terminal. @param words of its command line, behind those that name the server */
  open(words: readonly string[] = [], { command: [command = ''] }: Program = reference()): Terminal {
    const remote = this.address.startsWith('ws') ? ['--remote', this.address] : []
    const terminal = new Terminal([command, ...remote, ...words], {
      cwd: this.project,
      env: environment(path.join(this.root, 'person')),
    })
    this.#terminals.push(terminal)
    return terminal
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const terminal of this.#terminals) terminal[Symbol.dispose]()
    await this.model.close()
    const gone = once(this.#server, 'exit')
    this.#server.kill('SIGINT')
    const timer = setTimeout(() => this.#server.kill('SIGKILL'), 8_000)
    if (this.#server.exitCode === null) await gone
    clearTimeout(timer)
    rmSync(this.root, { recursive: true, force: true })
  }

  #begin(): ChildProcess {
    const [command = '', ...words] = gangway().command
    const listen = this.address.startsWith('ws') ? this.address : 'unix://'
    return spawn(command, [...words, 'app-server', '--listen', listen], {
      cwd: this.project,
      env: environment(this.#home),
      stdio: ['ignore', 'inherit', 'inherit'],
    })
  }

  async #isUp(): Promise<void> {
    const place = this.#place
    const { createConnection } = await import('node:net')
    for (let tries = 0; tries < 200; tries++) {
      const socket = typeof place === 'number' ? createConnection(place, '127.0.0.1') : createConnection(place)
      const isUp = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      })
      socket.destroy()
      if (isUp) return
      await delay(50)
    }
    throw new Error('the server never listened')
  }
}

function environment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    CODEX_HOME: path.join(home, '.codex'),
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    SHELL: '/bin/bash',
  }
}

function writeHome(home: string, url: string, project: string): void {
  mkdirSync(path.join(home, '.codex'), { recursive: true })
  const config = `model = "gpt-5.5"
model_provider = "scripted"

[model_providers.scripted]
name = "Scripted"
base_url = "${url}"
wire_api = "responses"
requires_openai_auth = false
request_max_retries = 1
stream_max_retries = 1
supports_websockets = false

[projects."${project}"]
trust_level = "trusted"
`
  writeFileSync(path.join(home, '.codex', 'config.toml'), config)
}

function writeProject(project: string): void {
  mkdirSync(project)
  writeFileSync(path.join(project, 'hello.txt'), 'hello\n')
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid', ...words], { cwd: project })
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'begin')
}

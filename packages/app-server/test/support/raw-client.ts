import { PassThrough } from 'node:stream'
import { runtimeSettings } from '../../src/create-app-server.js'
import type { Handlers } from '../../src/handler.js'
import { handlerFamilies } from '../../src/handlers/registry.js'
import { lineLog } from '../../src/log.js'
import { Runtime } from '../../src/runtime.js'
import { StdioTransport } from '../../src/transports/stdio.js'
import type { TestHome } from './homes.js'

/** A client that writes bytes and reads lines, for what no honest client would send. */
export class RawClient {
  readonly lines: string[] = []
  readonly logged: string[] = []
  readonly runtime: Runtime
  readonly transport: StdioTransport
  readonly output = new PassThrough()
  readonly #input = new PassThrough()
  #rest = ''
  #waiting: (() => void)[] = []

  constructor(home: TestHome, standIns?: Handlers, limits: { readonly maxLineBytes?: number } = {}) {
    const log = lineLog('warn', (line) => this.logged.push(line))
    const settings = runtimeSettings({ ...home }, log)
    this.runtime = new Runtime(settings, (server) => [Object.assign({}, ...handlerFamilies(server), standIns)])
    this.transport = new StdioTransport(this.runtime, { input: this.#input, output: this.output, ...limits })
  }

  /** Begins to read what the server writes. */
  read(): this {
    this.output.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n')
      this.#rest = lines.pop() ?? ''
      this.lines.push(...lines)
      for (const wake of this.#waiting.splice(0)) wake()
    })
    return this
  }

  write(bytes: string | Uint8Array): void {
    this.#input.write(bytes)
  }

  /** Ends the input, and waits until the server has let go of it. */
  async end(): Promise<void> {
    this.#input.end()
    await this.transport.inputEnded
    await this.transport.close()
    await this.runtime.close()
  }

  /** The first `count` lines, once they are there. */
  async received(count: number): Promise<readonly string[]> {
    while (this.lines.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.lines.slice(0, count)
  }
}

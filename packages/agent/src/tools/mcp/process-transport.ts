import { StringDecoder } from 'node:string_decoder'
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client'
import type { RunningProcess } from '../../process/process-options.js'
import { startProcess } from '../../process/start-process.js'

/** A longer message ends the connection. */
const maxMessageBytes = 64 * 1024 * 1024
/** As long as a server has to end by itself once its input is closed. */
const endGraceMs = 300
/** Of what it says on standard error, as much is kept for a message. */
const keptErrorChars = 2_000

/** What is started. */
export interface ServerCommand {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
}

/** A server that is a program of its own, spoken to on its standard input and output; it is ended with all it started. */
export class ProcessTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: (message: JSONRPCMessage) => void
  #process: RunningProcess | undefined
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''
  #errorText = ''
  #isClosed = false

  constructor(readonly command: ServerCommand) {}

  /** The last of what the server said on standard error. */
  get errorText(): string {
    return this.#errorText
  }

  /** @throws ProcessError */
  async start(): Promise<void> {
    this.#process = await startProcess({
      ...this.command,
      terminal: null,
      stdin: true,
      timeoutMs: null,
      onOutput: (chunk, stream) => {
        if (stream === 'stdout') this.#read(this.#decoder.write(chunk))
        else this.#errorText = (this.#errorText + chunk.toString('utf8')).slice(-keptErrorChars)
      },
    })
    void this.#process.ended.then(() => this.#closed())
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.#process === undefined || this.#isClosed) throw new Error('Transport closed')
    await this.#process.write(`${JSON.stringify(message)}\n`)
  }

  /** Closes its input, and makes it end when it does not. */
  async close(): Promise<void> {
    const running = this.#process
    if (running === undefined) return this.#closed()
    running.closeStdin()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), endGraceMs)
    })
    const outcome = await Promise.race([running.ended, late])
    clearTimeout(timer)
    // What it started may live on when it does not.
    if (outcome === 'late') await running.kill()
    this.#closed()
  }

  #read(text: string): void {
    this.#rest += text
    for (let end = this.#rest.indexOf('\n'); end !== -1; end = this.#rest.indexOf('\n')) {
      const line = this.#rest.slice(0, end).trim()
      this.#rest = this.#rest.slice(end + 1)
      if (line !== '') this.#take(line)
    }
    if (this.#rest.length > maxMessageBytes) {
      this.onerror?.(new Error(`a message of more than ${maxMessageBytes} bytes`))
      void this.#process?.kill()
    }
  }

  #take(line: string): void {
    let message: JSONRPCMessage
    try {
      message = JSON.parse(line) as JSONRPCMessage
    } catch (error) {
      // Programs print greetings and logs there; the connection goes on.
      this.onerror?.(error instanceof Error ? error : new Error(String(error)))
      return
    }
    this.onmessage?.(message)
  }

  #closed(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.onclose?.()
  }
}

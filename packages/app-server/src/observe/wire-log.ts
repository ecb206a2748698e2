import { closeSync, fchmodSync, openSync, write, writeSync } from 'node:fs'
import { decodeMessage } from '@gangway/protocol'
import { withoutSecrets } from './secrets-in-text.js'

/** Which way a message goes: client to server, or server to client. */
export type WireDirection = 'c2s' | 's2c'

/** Characters that may wait for a slow disk. Beyond them messages are left out, and counted. */
const MAX_WAITING = 16 * 1_048_576

/**
 * What clients and server say to each other, as JSON lines in a file:
 *
 * `{"t":1700000000000,"dir":"c2s","conn":0,"msg":{…}}` a message; `raw` with the text instead of `msg` where it is none
 * `{"t":…,"conn":0,"closed":"reason"}` the end of a connection; `{"t":…,"dropped":3}` messages that found no room
 *
 * What is named or looks like a secret is replaced. The file is new, or emptied, and readable by its owner only.
 */
export class WireLog {
  readonly #descriptor: number
  readonly #complain: (error: Error) => void
  readonly #atExit = () => this.#flushNow()
  #waiting: string[] = []
  #waitingLength = 0
  #dropped = 0
  #writing: Promise<void> | undefined
  #isOver = false

  /** @param complain called once when nothing more can be written @throws Error when the file cannot be opened */
  constructor(file: string, complain: (error: Error) => void) {
    this.#descriptor = openSync(file, 'w', 0o600)
    fchmodSync(this.#descriptor, 0o600)
    this.#complain = complain
    process.once('exit', this.#atExit)
  }

  /** Notes a message. Never waits and never throws. */
  message(direction: WireDirection, connection: number, text: string): void {
    const head = `{"t":${Date.now()},"dir":"${direction}","conn":${connection},`
    // A line end may stand between the words of a frame, never within a text of JSON.
    const body = isMessage(text) ? `"msg":${withoutSecrets(text.replace(/[\r\n]+/g, ' ').trim())}` : rawOf(text)
    this.#add(`${head}${body}}\n`)
  }

  /** Notes that a connection has ended. */
  closed(connection: number, reason: string): void {
    this.#add(`{"t":${Date.now()},"conn":${connection},"closed":${JSON.stringify(reason)}}\n`)
  }

  /** Writes what waits, and lets go of the file. What comes after is not noted. Idempotent. */
  async close(): Promise<void> {
    if (this.#isOver) return
    await this.#writing
    if (this.#isOver) return
    this.#flushNow()
    this.#end()
  }

  #add(line: string): void {
    if (this.#isOver) return
    if (this.#waitingLength > MAX_WAITING) {
      this.#dropped += 1
      return
    }
    if (this.#dropped > 0) {
      this.#push(`{"t":${Date.now()},"dropped":${this.#dropped}}\n`)
      this.#dropped = 0
    }
    this.#push(line)
    this.#writing ??= this.#writeAll()
  }

  #push(line: string): void {
    this.#waiting.push(line)
    this.#waitingLength += line.length
  }

  async #writeAll(): Promise<void> {
    // Lines of one turn of the event loop go out together.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0 && !this.#isOver) {
      const bytes = this.#take()
      try {
        for (let at = 0; at < bytes.length; ) at += await this.#write(bytes.subarray(at))
      } catch (error) {
        this.#fail(error)
      }
    }
    this.#writing = undefined
  }

  #write(bytes: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.#descriptor, bytes, (error, written) => (error ? reject(error) : resolve(written)))
    })
  }

  #take(): Buffer {
    const bytes = Buffer.from(this.#waiting.join(''))
    this.#waiting = []
    this.#waitingLength = 0
    return bytes
  }

  #flushNow(): void {
    if (this.#isOver) return
    try {
      const bytes = this.#take()
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at)
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (this.#isOver) return
    this.#end()
    this.#complain(error instanceof Error ? error : new Error(String(error)))
  }

  #end(): void {
    this.#isOver = true
    this.#waiting = []
    process.removeListener('exit', this.#atExit)
    closeSync(this.#descriptor)
  }
}

function isMessage(text: string): boolean {
  return decodeMessage(text) !== undefined
}

function rawOf(text: string): string {
  return `"raw":${JSON.stringify(withoutSecrets(text))}`
}

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { JsonLines } from '@gangway/protocol/channel'
import { guardChild } from './child-guard.js'
import type { Ending } from './link.js'
import type { WireReceiver, WireTransport } from './wire-link.js'

/** A program that serves the protocol on its standard input and output. */
export interface ChildProcessOptions {
  /** Program and arguments. */
  readonly command: readonly [program: string, ...args: string[]]
  /** Default: `process.env`. */
  readonly env?: { readonly [name: string]: string | undefined }
  /** Default: this process's. */
  readonly cwd?: string
  /** Bytes of one line from the server at most. Default 128 MiB. */
  readonly maxMessageBytes?: number
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

const DEFAULT_MAX_MESSAGE_BYTES = 128 * 1024 * 1024

/** Characters of standard error that are kept for the reason of an unexpected end. */
const STDERR_TAIL_LENGTH = 4_096

/** Milliseconds that a child gets to end after its input has ended, and again after SIGTERM. */
const GRACE_MS = 2_000

/**
 * Starts `command` as the leader of its own process group, and owns it: closing ends the whole group, and so does the
 * end of this process.
 *
 * A program that cannot be started reports its end like one that has died.
 */
export function openChildProcess(options: ChildProcessOptions, receiver: WireReceiver): WireTransport {
  const [program, ...args] = options.command
  const child: Child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...(options.env ?? process.env) },
    detached: process.platform !== 'win32',
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  })
  return new ChildProcessTransport(child, program, receiver, options.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES)
}

class ChildProcessTransport implements WireTransport {
  readonly #child: Child
  readonly #program: string
  readonly #exited: Promise<void>
  #stderrTail = ''
  #closing: Promise<Ending> | undefined

  constructor(child: Child, program: string, receiver: WireReceiver, maxMessageBytes: number) {
    this.#child = child
    this.#program = program
    this.#exited = new Promise((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    this.#endWithThisProcess()
    this.#readMessages(receiver, maxMessageBytes)
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text: string) => {
      this.#stderrTail = (this.#stderrTail + text).slice(-STDERR_TAIL_LENGTH)
    })
    // A write to a child that has ended fails; its end is reported by `close`.
    child.stdin.on('error', () => {})
    child.once('error', (error) => receiver.ended(`cannot start \`${program}\`: ${error.message}`))
    child.once('close', (code, signal) => receiver.ended(this.#reasonOf(code, signal)))
  }

  send(text: string): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(`${text}\n`)
  }

  pause(): void {
    this.#child.stdout.pause()
  }

  resume(): void {
    this.#child.stdout.resume()
  }

  close(options: { readonly timeoutMs: number }): Promise<Ending> {
    this.#closing ??= this.#close(options.timeoutMs)
    return this.#closing
  }

  async #close(timeoutMs: number): Promise<Ending> {
    const graceMs = Math.min(GRACE_MS, timeoutMs / 2)
    // Whoever waits for room in a full pipe would not see the end of its input.
    this.#child.stdout.resume()
    this.#child.stdin.end()
    if (await this.#exitsWithin(graceMs)) {
      this.#killGroup('SIGKILL')
      return { forced: false }
    }
    this.#killGroup('SIGTERM')
    await this.#exitsWithin(graceMs)
    this.#killGroup('SIGKILL')
    await this.#exited
    return { forced: true }
  }

  async #exitsWithin(ms: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), ms)
    })
    try {
      return await Promise.race([this.#exited.then(() => true), late])
    } finally {
      clearTimeout(timer)
    }
  }

  /** Signals every process of the child's group. After the child's own end: those that it has left behind. */
  #killGroup(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      if (process.platform === 'win32') this.#child.kill(signal)
      else process.kill(-pid, signal)
    } catch {
      // No such process: the group is gone.
    }
  }

  #endWithThisProcess(): void {
    const { pid } = this.#child
    if (pid === undefined) return
    const release = guardChild(pid, () => this.#killGroup('SIGKILL'))
    void this.#exited.then(release)
  }

  #readMessages(receiver: WireReceiver, maxMessageBytes: number): void {
    const lines = new JsonLines(
      {
        // Programs print things; a line that is no message is none of ours.
        line: (text) => void receiver.received(text),
        invalid: () => {},
        oversize: (head) => receiver.skipped(head, maxMessageBytes),
      },
      { maxLineBytes: maxMessageBytes },
    )
    this.#child.stdout.on('data', (chunk: Uint8Array) => lines.push(chunk))
    this.#child.stdout.on('end', () => lines.end())
  }

  #reasonOf(code: number | null, signal: string | null): string {
    const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`
    const tail = this.#stderrTail.trim()
    return tail === '' ? `\`${this.#program}\` ${how}` : `\`${this.#program}\` ${how}: ${tail}`
  }
}

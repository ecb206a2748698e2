import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { JsonLines } from '@gangway/protocol/channel'
import type { ReplayServer } from './replay.js'

/** How to start a server for a replay. */
export interface ChildServerOptions {
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly cwd?: string
  /** Default: this process's environment. */
  readonly env?: { readonly [name: string]: string | undefined }
}

/** A server on the standard input and output of a child process, which has ended when the connection is closed. */
export function childServer({ command, cwd, env = process.env }: ChildServerOptions): ReplayServer {
  return async (received) => {
    const [program, ...words] = command
    const child = spawn(program, words, { ...(cwd !== undefined && { cwd }), env, stdio: ['pipe', 'pipe', 'ignore'] })
    const gone = once(child, 'close')
    await once(child, 'spawn')
    child.stdin.on('error', () => {})
    const lines = new JsonLines({ line: received, invalid: () => {}, oversize: () => {} })
    child.stdout.on('data', (chunk: Uint8Array) => lines.push(chunk))
    return {
      send: (text) => void child.stdin.write(`${text}\n`),
      async close() {
        child.stdin.end()
        await gone
      },
    }
  }
}

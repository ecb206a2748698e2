import type { RunningProcess } from '@gangway/agent'
import type { RequestContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'

/** A process that a client runs, and may write to. */
export interface ClientProcess {
  readonly running: RunningProcess
  readonly hasTerminal: boolean
  readonly takesInput: boolean
}

/** The processes of every client, by the name that the client gave them. They end with their client. */
export class ClientProcesses {
  readonly #own = new WeakMap<RequestContext, Map<string, ClientProcess | 'starting'>>()

  /** @param words how refusals name what is not there, and what is there twice */
  constructor(readonly words: { readonly missing: string; readonly duplicate: string }) {}

  /** Takes a name, so that nothing else may have it. @throws RpcError when it is taken */
  claim(client: RequestContext, id: string): void {
    const own = this.#own.get(client) ?? new Map<string, ClientProcess | 'starting'>()
    this.#own.set(client, own)
    if (own.has(id)) throw invalidRequest(`${this.words.duplicate}: ${JSON.stringify(id)}`)
    own.set(id, 'starting')
  }

  add(client: RequestContext, id: string, process: ClientProcess): void {
    this.#own.get(client)?.set(id, process)
  }

  release(client: RequestContext, id: string): void {
    this.#own.get(client)?.delete(id)
  }

  /** @throws RpcError when there is none of that name */
  get(client: RequestContext, id: string): ClientProcess {
    const found = this.#own.get(client)?.get(id)
    if (found === undefined || found === 'starting') throw invalidRequest(`${this.words.missing} ${JSON.stringify(id)}`)
    return found
  }
}

import { basename } from 'node:path'
import { asRecord, asText, type LogRecord, parseRecord } from '../../../reading/sessions/record.js'
import { LogFile } from '../log-file.js'
import { blockOf, blocksOf } from './blocks.js'

/** Tools that start a helper agent. */
const HELPER_TOOLS = new Set(['Task', 'Agent'])

/** Bytes of a helper's log in which its first request is looked for. */
const HEAD_BYTES = 4 * 1024 * 1024

/** Finds which call started which helper agent: by the id in the call's result, else by the request. */
export class HelperLinks {
  readonly #unclaimed = new Set<string>()
  /** Requests of calls that have no result yet, by the call's id. */
  readonly #requests = new Map<string, string>()
  #byRequest: Map<string, string[]> | undefined

  /**
   * @param logs of the session's helper agents
   * @param inline helpers that worked in the session's own log, with the texts of their requests
   */
  constructor(
    logs: readonly string[],
    readonly inline: ReadonlyMap<string, readonly string[]>,
  ) {
    for (const path of [...logs, ...inline.keys()]) this.#unclaimed.add(path)
  }

  call(callId: string, tool: string, input: unknown): void {
    if (this.#unclaimed.size === 0 || !HELPER_TOOLS.has(tool)) return
    const request = asText(asRecord(input)?.prompt)
    if (request !== undefined) this.#requests.set(callId, request)
  }

  /** The log of the helper that the call started; undefined when it started none, or none is there. */
  result(callId: string, details: unknown): string | undefined {
    const request = this.#requests.get(callId)
    this.#requests.delete(callId)
    if (this.#unclaimed.size === 0) return undefined
    const agentId = asText(asRecord(details)?.agentId)
    const named = agentId && [...this.#unclaimed].find((path) => basename(path) === `agent-${agentId}.jsonl`)
    return this.#claim(named || (request === undefined ? undefined : this.#withRequest(request)))
  }

  /** Logs that no result has named, in order; calls that never ended among them. */
  *rest(): Generator<{ readonly callId: string | null; readonly path: string }> {
    for (const [callId, request] of this.#requests) {
      const path = this.#claim(this.#withRequest(request))
      if (path !== undefined) yield { callId, path }
    }
    for (const path of [...this.#unclaimed]) yield { callId: null, path }
  }

  #claim(path: string | undefined): string | undefined {
    if (path !== undefined) this.#unclaimed.delete(path)
    return path
  }

  #withRequest(request: string): string | undefined {
    this.#byRequest ??= this.#requestsOfHelpers()
    return this.#byRequest.get(request)?.find((path) => this.#unclaimed.has(path))
  }

  #requestsOfHelpers(): Map<string, string[]> {
    const byRequest = new Map<string, string[]>()
    for (const path of this.#unclaimed) {
      for (const text of this.inline.get(path) ?? firstRequest(path)) {
        byRequest.set(text, [...(byRequest.get(text) ?? []), path])
      }
    }
    return byRequest
  }
}

function firstRequest(path: string): string[] {
  try {
    const file = new LogFile(path)
    try {
      const line = file.lineAround(0, HEAD_BYTES)
      const record = line && parseRecord(line, 0, line.length)
      return record ? requestTexts(record) : []
    } finally {
      file.close()
    }
  } catch {
    return []
  }
}

/** The texts of a record, one of which a call may have as its prompt. */
export function requestTexts(record: LogRecord): string[] {
  return blocksOf(record).flatMap((value) => asText(blockOf(value).text) ?? [])
}

import type { ClientRequests } from '@gangway/protocol'
import type { NotificationEvent, RequestEvent, WritableEvent } from '@gangway/protocol/channel'
import { DecodeError } from '../errors.js'
import type { ReaderWatch } from '../reader-watch.js'
import type { RequestHandle } from '../requester.js'
import { isSynthetic } from './synthetic.js'
import { TurnRecord } from './turn-record.js'
import { TurnRecovery } from './turn-recovery.js'
import { closedError, inputOf, OpenTurn, type TurnHost, type TurnInput, type TurnRun } from './turn-run.js'
import { type Turn, type TurnName, turnNameOf } from './turn-shapes.js'

type StartParams = ClientRequests['turn/start']['params']

/** What the protocol lets one choose for a turn beside its input: `model`, `effort`, `cwd`, … */
type TurnChoices = unknown extends StartParams
  ? { readonly [param: string]: unknown }
  : Omit<StartParams & object, 'threadId' | 'input'>

/** How to start a turn. */
export type TurnOptions = TurnChoices & {
  /** Ends the wait, not the turn: `interrupt` does that. */
  readonly signal?: AbortSignal
}

/** A turn whose beginning was asked for and not answered: any turn of the thread may be it. */
interface Starting {
  readonly threadId: string
  readonly records: Map<string, TurnRecord>
}

/** What the turns of a client stand on. */
export interface TurnsBase {
  readonly server: RequestHandle
  readonly watch: ReaderWatch
  readonly host: TurnHost
  /** Bytes of one turn's events that are kept for readers. */
  readonly maxBytes: number
  /** Queues an event that the server should have sent. */
  push(event: NotificationEvent): void
}

/** Turns that were recovered and are remembered, so that a late completion is not told twice. */
const MAX_RECOVERED = 256

/** The turns that one client has started: finds for every event the turn that it belongs to. */
export class Turns {
  readonly #base: TurnsBase
  readonly #starting = new Set<Starting>()
  readonly #open = new Set<OpenTurn>()
  readonly #recovered = new Set<string>()

  constructor(base: TurnsBase) {
    this.#base = base
  }

  /** Whether someone reads the events of the turn that a request of the server is about. */
  isRead(event: RequestEvent): boolean {
    const name = this.#open.size === 0 ? undefined : turnNameOf(event.params)
    if (name === undefined) return false
    for (const run of this.#open) if (run.id === name.turnId && run.hasEventReader) return true
    return false
  }

  /** Shows an event that has come. @returns whether it repeats what was told of a turn already */
  saw(event: WritableEvent): boolean {
    if (this.#open.size === 0 && this.#starting.size === 0 && this.#recovered.size === 0) return false
    if (event.type !== 'notification' && event.type !== 'request') return false
    if (event.method === 'thread/status/changed') this.#sawStatus(event.params)
    const name = turnNameOf(event.params)
    if (name === undefined) return false
    if (event.type === 'notification' && this.#recovered.has(name.turnId) && !isSynthetic(event)) return true
    for (const run of this.#open) if (run.id === name.turnId) run.saw(event)
    for (const starting of this.#starting) {
      if (starting.threadId === name.threadId) this.#recordOf(starting, name.turnId).saw(event)
    }
    return false
  }

  /** Starts a turn. It is listened for before the request is sent, so that it misses nothing. */
  async start(threadId: string, input: TurnInput, options: TurnOptions = {}): Promise<TurnRun> {
    const { signal, ...choices } = options as TurnOptions & { readonly signal?: AbortSignal }
    const { server, watch, host } = this.#base
    const starting: Starting = { threadId, records: new Map() }
    this.#starting.add(starting)
    const release = watch.begin()
    try {
      const params = { ...choices, threadId, input: inputOf(input) }
      const turn = turnOf(await host.call('turn/start', params, signal === undefined ? {} : { signal }))
      const name = { threadId, turnId: turn.id }
      const run = new OpenTurn(name, turn, this.#recordOf(starting, turn.id), host, () => {
        this.#open.delete(run)
        release()
      })
      this.#open.add(run)
      run.begin(new TurnRecovery(name, server, this.#outcomeOf(run, name)), signal)
      return run
    } catch (error) {
      release()
      throw error
    } finally {
      this.#starting.delete(starting)
    }
  }

  /** Nobody knows what is missed from here on, until the thread is read again. */
  connectionLost(): void {
    for (const run of this.#open) run.connectionLost()
    for (const { records } of this.#starting) for (const record of records.values()) record.connectionLost()
  }

  /** Fails the turns that have no end. */
  close(reason: string): void {
    for (const run of [...this.#open]) run.fail(closedError(reason))
  }

  #sawStatus(params: unknown): void {
    const { threadId, status } = (params ?? {}) as { readonly threadId?: string; readonly status?: { type?: string } }
    for (const run of this.#open) if (run.threadId === threadId) run.sawStatus(String(status?.type))
  }

  #recordOf({ records }: Starting, turnId: string): TurnRecord {
    let record = records.get(turnId)
    if (record === undefined) {
      record = new TurnRecord(this.#base.maxBytes, this.#base.watch)
      records.set(turnId, record)
    }
    return record
  }

  #outcomeOf(run: OpenTurn, name: TurnName) {
    return {
      found: (turn: Turn) => {
        if (this.#recovered.size >= MAX_RECOVERED) {
          for (const oldest of this.#recovered) {
            this.#recovered.delete(oldest)
            break
          }
        }
        this.#recovered.add(name.turnId)
        for (const event of run.missing(turn)) this.#base.push(event)
      },
      lost: (error: Error) => run.fail(error),
    }
  }
}

function turnOf(answer: unknown): Turn {
  const { turn } = (answer ?? {}) as { readonly turn?: Partial<Turn> | null }
  if (typeof turn?.id !== 'string') throw new DecodeError('turn/start', '`turn.id` is no string')
  return turn as Turn
}

import { TransportError } from '../errors.js'
import type { RequestHandle } from '../requester.js'
import { isOver, type Thread, type Turn, type TurnName } from './turn-shapes.js'

/** Milliseconds that a completion may come behind the news that the thread is idle. */
const GRACE_MS = 1_000

/** Milliseconds without any event of the turn until the thread is looked at. */
const SILENCE_MS = 60_000

/** Milliseconds for one answer of the server about the thread. */
const READ_TIMEOUT_MS = 10_000

/** Readings that may show no end of the turn although the thread is idle, before it is given up. */
const MAX_READINGS = 4

/** What a recovery does with what it finds. */
export interface RecoveryOutcome {
  /** The turn is over, and this is all of it. */
  found(turn: Turn): void
  /** The thread is idle, and the server does not show how the turn ended. */
  lost(error: TransportError): void
}

/** Finds out how a turn ended whose completion does not come. Reads only: it never runs a turn again. */
export class TurnRecovery {
  readonly #name: TurnName
  readonly #server: RequestHandle
  readonly #outcome: RecoveryOutcome
  readonly #silence: ReturnType<typeof setInterval>
  #grace: ReturnType<typeof setTimeout> | undefined
  #wasSilent = false
  #isReading = false
  #isStopped = false
  #readings = 0

  constructor(name: TurnName, server: RequestHandle, outcome: RecoveryOutcome) {
    this.#name = name
    this.#server = server
    this.#outcome = outcome
    this.#silence = setInterval(() => this.#tick(), SILENCE_MS)
  }

  /** Something came about the turn. */
  sawEvent(): void {
    this.#wasSilent = false
  }

  /** The server told the status of the thread. */
  sawStatus(type: string): void {
    if (type === 'active') this.#disarm()
    else this.#arm(GRACE_MS)
  }

  /** The turn is over, or nobody waits for it. */
  stop(): void {
    this.#isStopped = true
    this.#disarm()
    clearInterval(this.#silence)
  }

  #arm(ms: number): void {
    if (this.#isStopped || this.#isReading || this.#grace !== undefined) return
    this.#grace = setTimeout(() => {
      this.#grace = undefined
      void this.#look()
    }, ms)
  }

  #disarm(): void {
    clearTimeout(this.#grace)
    this.#grace = undefined
  }

  #tick(): void {
    if (this.#wasSilent) void this.#look()
    this.#wasSilent = true
  }

  async #look(): Promise<void> {
    if (this.#isReading || this.#isStopped) return
    this.#isReading = true
    const finding = await this.#read().catch((error: unknown) => {
      // A connection that is over fails the turn by itself.
      return error instanceof TransportError && error.reason === 'closed' ? 'running' : 'unknown'
    })
    this.#isReading = false
    if (this.#isStopped || finding === 'running') return
    if (finding !== 'unknown') this.#outcome.found(finding)
    else this.#lookAgain()
  }

  #lookAgain(): void {
    this.#readings += 1
    if (this.#readings < MAX_READINGS) {
      this.#arm(GRACE_MS * 2 ** this.#readings)
      return
    }
    const { threadId, turnId } = this.#name
    const detail = `the end of turn \`${turnId}\` was not told, and thread \`${threadId}\` does not show it`
    this.#outcome.lost(new TransportError('turn/start', 'protocol', detail))
  }

  async #read(): Promise<Turn | 'running' | 'unknown'> {
    const thread = await this.#readThread(true)
    const known = thread?.turns?.find(({ id }) => id === this.#name.turnId)
    const turn = (await this.#wholeTurn(known)) ?? known
    if (turn !== undefined && isOver(turn)) return turn
    const status = (thread ?? (await this.#readThread(false)))?.status?.type
    return status === 'active' ? 'running' : 'unknown'
  }

  /** The turn with all of its items, asked for apart where the thread does not come with them. */
  async #wholeTurn(turn: Turn | undefined): Promise<Turn | undefined> {
    const { threadId, turnId } = this.#name
    if (turn !== undefined && (!isOver(turn) || (turn.itemsView ?? 'full') === 'full')) return turn
    const page = await this.#ask('thread/turns/list', { threadId, limit: 10, sortDirection: 'desc', itemsView: 'full' })
    const { data } = (page ?? {}) as { readonly data?: readonly Turn[] }
    return data?.find(({ id }) => id === turnId)
  }

  async #readThread(includeTurns: boolean): Promise<Thread | undefined> {
    const answer = await this.#ask('thread/read', { threadId: this.#name.threadId, includeTurns })
    return (answer as { readonly thread?: Thread } | undefined)?.thread
  }

  async #ask(method: string, params: unknown): Promise<unknown> {
    const answer = await this.#server.requestRaw(method, params, { timeoutMs: READ_TIMEOUT_MS })
    return answer.ok ? answer.result : undefined
  }
}

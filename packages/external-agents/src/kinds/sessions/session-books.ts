import { appendThreadNames, type HomeLayout, readThreadNames } from '@gangway/home'
import type { ConnectorRecord, LedgerRecord } from './ledger.js'
import type { LedgerStore } from './ledger-store.js'

/** Share of the time that keeping the books may take: one in this many, so that it delays one request in a hundred. */
const oneIn = 100

/**
 * Notes what came over: names of threads and the ledger's records. Each session is noted as soon as that costs little beside
 * the work itself; a crash before that loses nothing, because a log's thread tells that it came over.
 */
export class SessionBooks {
  readonly #records = new Map<string, LedgerRecord>()
  readonly #renamed = new Map<string, string>()
  #names: Map<string, string> | undefined
  #connectors: readonly ConnectorRecord[] | undefined
  #notBefore = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(
    readonly layout: HomeLayout,
    readonly ledger: LedgerStore,
  ) {}

  /** The record of a log, one that is not written yet included. */
  recordOf(path: string): LedgerRecord | undefined {
    return this.#records.get(path) ?? this.ledger.load().byPath.get(path)
  }

  /** What a thread is called now. */
  nameOf(threadId: string): string | undefined {
    this.#names ??= new Map(readThreadNames(this.layout))
    return this.#names.get(threadId)
  }

  record(record: LedgerRecord): void {
    this.#records.set(record.source_path, record)
  }

  name(threadId: string, name: string): void {
    if (this.nameOf(threadId) === name) return
    this.#names?.set(threadId, name)
    this.#renamed.set(threadId, name)
  }

  /** Which services all sessions that were looked at worked with. */
  connectors(records: readonly ConnectorRecord[]): void {
    this.#connectors = records
  }

  /** Writes what is open when its time has come. @throws whatever kept it from being written; it stays open */
  async writeInTime(): Promise<void> {
    if (performance.now() < this.#notBefore) return
    // Whoever comes meanwhile need not wait.
    this.#notBefore = Number.POSITIVE_INFINITY
    try {
      await this.write()
    } finally {
      if (this.#notBefore === Number.POSITIVE_INFINITY) this.#notBefore = 0
    }
  }

  /** Writes what is open. @throws whatever kept it from being written; it stays open */
  write(): Promise<void> {
    // One at a time: what is written twice stands there twice.
    const writing = this.#writing.then(() => this.#write())
    this.#writing = writing.catch(() => {})
    return writing
  }

  async #write(): Promise<void> {
    const started = performance.now()
    const names = [...this.#renamed]
    await appendThreadNames(this.layout, names)
    for (const [threadId, name] of names) if (this.#renamed.get(threadId) === name) this.#renamed.delete(threadId)
    const records = [...this.#records.values()]
    await this.ledger.update({ records, ...(this.#connectors && { connectors: this.#connectors }) })
    for (const record of records) this.#records.delete(record.source_path)
    this.#connectors = undefined
    const ended = performance.now()
    this.#notBefore = ended + (ended - started) * oneIn
  }
}

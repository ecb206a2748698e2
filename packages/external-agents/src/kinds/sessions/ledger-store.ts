import { readFileSync, renameSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { type HomeLayout, withLock, writeFileAtomic } from '@gangway/home'
import {
  type ConnectorRecord,
  type Ledger,
  type LedgerRecord,
  ledgerFile,
  parseLedger,
  salvageLedger,
} from './ledger.js'
import { LedgerText } from './ledger-text.js'

/** What a look at the ledger gave. */
export interface LoadedLedger {
  readonly ledger: Ledger
  /** The newest record of each log, by its path. */
  readonly byPath: ReadonlyMap<string, LedgerRecord>
  /** Why the file could not be read whole; what could be read of it counts. */
  readonly broken?: string
}

/** What is to become of the ledger: records that are new, or take the place of the one of the same log. */
export interface LedgerUpdate {
  readonly records: readonly LedgerRecord[]
  readonly connectors?: readonly ConnectorRecord[]
  /** Writes also when nothing is new. */
  readonly isRepair?: boolean
}

const empty: LoadedLedger = { ledger: { records: [] }, byPath: new Map() }

/** The ledger of a Codex home: read when it has changed, written whole under a lock, never fatal. */
export class LedgerStore {
  readonly path: string
  readonly #text = new LedgerText()
  #known: { readonly signature: string; readonly loaded: LoadedLedger } | undefined

  constructor(readonly layout: HomeLayout) {
    this.path = join(layout.root, ledgerFile)
  }

  /** What the ledger says now. One look at the file when it has not changed. @throws the file system's error */
  load(): LoadedLedger {
    const stats = statSync(this.path, { throwIfNoEntry: false })
    if (!stats) return empty
    const signature = signatureOf(stats)
    if (this.#known?.signature !== signature) this.#known = { signature, loaded: this.#read() }
    return this.#known.loaded
  }

  /**
   * Writes what is new beside what other programs have written meanwhile. A broken ledger is moved aside, to
   * `<name>.broken-<time>`, and what can be read of it goes on.
   */
  async update({ records, connectors, isRepair }: LedgerUpdate): Promise<void> {
    if (records.length === 0 && connectors === undefined && !isRepair) return
    await withLock(join(this.layout.locksDir, 'external_agent_session_imports.lock'), () => {
      const { ledger, broken } = this.load()
      if (broken !== undefined) renameSync(this.path, `${this.path}.broken-${Date.now()}`)
      const next = merged(ledger, records, connectors)
      writeFileAtomic(this.path, this.#text.of(next))
      const signature = signatureOf(statSync(this.path))
      this.#known = { signature, loaded: { ledger: next, byPath: newestByPath(next) } }
    })
  }

  #read(): LoadedLedger {
    const text = readFileSync(this.path, 'utf8')
    try {
      const ledger = parseLedger(text)
      return { ledger, byPath: newestByPath(ledger) }
    } catch (error) {
      const ledger = salvageLedger(text)
      return { ledger, byPath: newestByPath(ledger), broken: error instanceof Error ? error.message : String(error) }
    }
  }
}

function merged(
  ledger: Ledger,
  news: readonly LedgerRecord[],
  connectors: readonly ConnectorRecord[] | undefined,
): Ledger {
  const byPath = new Map(news.map((record) => [record.source_path, record]))
  const at = new Map(ledger.records.map((record, index) => [record.source_path, index]))
  const records = ledger.records.map((record, index) => {
    const replacement = at.get(record.source_path) === index ? byPath.get(record.source_path) : undefined
    if (!replacement) return record
    byPath.delete(record.source_path)
    return { ...record, ...replacement }
  })
  return {
    ...ledger,
    records: [...records, ...byPath.values()],
    ...(connectors && { detected_connector_records: connectors }),
  }
}

function newestByPath({ records }: Ledger): ReadonlyMap<string, LedgerRecord> {
  return new Map(records.map((record) => [record.source_path, record]))
}

function signatureOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`
}

import { type ExactInteger, formatExact, parseExact } from './exact-json.js'

/**
 * One session that came over, as the ledger of a Codex home keeps it. Members that we do not know stay where they are.
 *
 * Source: reference 0.169.0, `external_agent_session_imports.json`
 */
export interface LedgerRecord {
  /** Real path of the log. */
  readonly source_path: string
  /** Hex, of the whole log as it was. */
  readonly content_sha256: string
  readonly imported_thread_id: string
  /** Seconds since the epoch. */
  readonly imported_at: number
  /** Nanoseconds since the epoch. */
  readonly source_modified_at?: ExactInteger | number | null
  readonly connector_names?: readonly string[]
  readonly title?: string | null
}

/** Which services a session that was looked at worked with. */
export interface ConnectorRecord {
  readonly source_path: string
  readonly connector_names: readonly string[]
}

/** Everything that the ledger says. */
export interface Ledger {
  readonly records: readonly LedgerRecord[]
  readonly detected_connector_records?: readonly ConnectorRecord[]
}

/** The file in a Codex home. */
export const ledgerFile = 'external_agent_session_imports.json'

/**
 * What the text of a ledger says.
 *
 * @throws SyntaxError when it is no ledger; see {@link salvageLedger}
 */
export function parseLedger(text: string): Ledger {
  const value = parseExact(text)
  if (!isTable(value) || !Array.isArray(value.records)) throw new SyntaxError('there is no list of records')
  const wrong = value.records.findIndex((record) => !isRecord(record))
  if (wrong !== -1) throw new SyntaxError(`record ${wrong} is incomplete`)
  const { detected_connector_records: connectors } = value
  if (connectors !== undefined && !(Array.isArray(connectors) && connectors.every(isConnectorRecord))) {
    throw new SyntaxError('detected_connector_records is no list of records')
  }
  return value as unknown as Ledger
}

/** The records that can still be read in a broken ledger, in their order. */
export function salvageLedger(text: string): Ledger {
  const records: LedgerRecord[] = []
  for (const [piece] of text.matchAll(/\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/g)) {
    try {
      const value = parseExact(piece)
      if (isRecord(value)) records.push(value)
    } catch {
      // Not this one.
    }
  }
  return { records }
}

/** The text of a ledger, as the reference writes it. */
export function formatLedger(ledger: Ledger): string {
  const { records, detected_connector_records = [], ...others } = ledger
  return formatExact({ records, detected_connector_records, ...others })
}

/** The nanoseconds of a record, or undefined when it has none. */
export function modifiedNsOf({ source_modified_at: time }: LedgerRecord): bigint | undefined {
  return time === null || time === undefined ? undefined : BigInt(time)
}

function isRecord(value: unknown): value is LedgerRecord {
  return (
    isTable(value) &&
    typeof value.source_path === 'string' &&
    typeof value.content_sha256 === 'string' &&
    typeof value.imported_thread_id === 'string' &&
    typeof value.imported_at === 'number' &&
    isTime(value.source_modified_at) &&
    isNames(value.connector_names) &&
    (value.title === undefined || value.title === null || typeof value.title === 'string')
  )
}

function isConnectorRecord(value: unknown): boolean {
  return isTable(value) && typeof value.source_path === 'string' && isNames(value.connector_names)
}

function isTime(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'bigint' || Number.isInteger(value)
}

function isNames(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((name) => typeof name === 'string'))
}

function isTable(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

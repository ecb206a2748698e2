import { formatExact } from './exact-json.js'
import { formatLedger, type Ledger, type LedgerRecord } from './ledger.js'

/** Room at first: for some hundred records. */
const firstBytes = 64 * 1024
const indent = '\n    '

/** Puts a ledger that mostly grows into words: only what is new in it is formatted. Holds its text. */
export class LedgerText {
  /** The records that stand in the buffer. */
  #records: readonly LedgerRecord[] = []
  #buffer = Buffer.allocUnsafe(0)
  /** End of the last of them. */
  #filled = 0

  /** UTF-8 of what `formatLedger` gives. Valid until the next call. */
  of(ledger: Ledger): Buffer {
    const empty = formatLedger({ ...ledger, records: [] })
    const afterRecords = empty.indexOf(']')
    if (!this.#isContinuedBy(ledger.records)) {
      this.#records = []
      this.#filled = 0
      this.#append(empty.slice(0, afterRecords))
    }
    let separator = this.#records.length === 0 ? indent : `,${indent}`
    for (const record of ledger.records.slice(this.#records.length)) {
      this.#append(separator + formatExact(record).replaceAll('\n', indent))
      separator = `,${indent}`
    }
    this.#records = ledger.records
    const end = this.#filled
    this.#append((ledger.records.length === 0 ? '' : '\n  ') + empty.slice(afterRecords))
    const text = this.#buffer.subarray(0, this.#filled)
    this.#filled = end
    return text
  }

  /** Whether records were only added since. */
  #isContinuedBy(records: readonly LedgerRecord[]): boolean {
    const known = this.#records
    return known.length > 0 && known.length <= records.length && known.every((record, at) => record === records[at])
  }

  #append(text: string): void {
    const room = this.#filled + Buffer.byteLength(text)
    if (room > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(firstBytes, 2 * room))
      this.#buffer.copy(larger, 0, 0, this.#filled)
      this.#buffer = larger
    }
    this.#filled += this.#buffer.write(text, this.#filled)
  }
}

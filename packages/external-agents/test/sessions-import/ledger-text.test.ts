import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatLedger, type Ledger, type LedgerRecord } from '../../src/kinds/sessions/ledger.js'
import { LedgerText } from '../../src/kinds/sessions/ledger-text.js'

const words = fc.string({ unit: 'binary', maxLength: 20 })
const record: fc.Arbitrary<LedgerRecord> = fc.record(
  {
    source_path: words,
    content_sha256: words,
    imported_thread_id: words,
    imported_at: fc.nat(),
    source_modified_at: fc.option(fc.bigInt(0n, 2n ** 63n)),
    connector_names: fc.array(words, { maxLength: 2 }),
    title: fc.option(words),
    foreign: fc.jsonValue(),
  },
  { requiredKeys: ['source_path', 'content_sha256', 'imported_thread_id', 'imported_at'] },
)
const rest: fc.Arbitrary<Omit<Ledger, 'records'>> = fc.record(
  {
    detected_connector_records: fc.array(fc.record({ source_path: words, connector_names: fc.array(words) }), {
      maxLength: 2,
    }),
    foreign: fc.jsonValue(),
  },
  { requiredKeys: [] },
)
/** How the records become others: some are added, one is replaced, the last is taken away, or all are read anew. */
const change = fc.oneof(
  fc.array(record, { maxLength: 3 }).map((added) => (records: readonly LedgerRecord[]) => [...records, ...added]),
  fc.tuple(fc.nat(5), record).map(
    ([at, other]) =>
      (records: readonly LedgerRecord[]) =>
        records.with(at, other),
  ),
  fc.constant((records: readonly LedgerRecord[]) => records.slice(0, -1)),
  fc.constant((records: readonly LedgerRecord[]) => records.map((one) => ({ ...one }))),
)

it('gives the text of the ledger, whatever it was before', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(change, rest), { maxLength: 8 }), (changes) => {
      const text = new LedgerText()
      let records: readonly LedgerRecord[] = []
      for (const [changed, others] of changes) {
        try {
          records = changed(records)
        } catch (error) {
          // There is no record at that place.
          if (!(error instanceof RangeError)) throw error
        }
        expect(text.of({ records, ...others }).toString()).toBe(formatLedger({ records, ...others }))
      }
    }),
  )
})

it('gives the text of thousands of records, added bit by bit', () => {
  const text = new LedgerText()
  const records: LedgerRecord[] = []
  for (let number = 0; number < 3_000; number++) {
    records.push({
      source_path: `/home/größe/${number}`,
      content_sha256: 'a'.repeat(64),
      imported_thread_id: `${number}`,
      imported_at: number,
      source_modified_at: 1_780_000_000_123_456_789n,
    })
    if (number % 500 === 0) text.of({ records: [...records] })
  }

  expect(text.of({ records }).toString()).toBe(formatLedger({ records }))
})

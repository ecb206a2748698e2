import type { IdHash, RecordMarks } from './record-marks.js'

/** What a record is, as far as the order of the conversation needs it. Bits. */
export const RecordFlag = {
  user: 1,
  assistant: 2,
  sidechain: 4,
  meta: 8,
  /** A summary or boundary of a compaction: what was before it is told by the file's order when nothing else tells. */
  compaction: 16,
  toolResult: 32,
  /** Of a type that can show in the conversation. */
  shows: 64,
  hasUuid: 128,
  hasParent: 256,
  invalidUtf8: 512,
  assistantMessageId: 1024,
  /** It does not say whom it follows. */
  loose: 2048,
} as const

/** Records for which there is room at first: most logs are small. */
const FIRST_ROOM = 64

const TYPES_THAT_SHOW = new Set(['user', 'assistant', 'system', 'attachment'])

/**
 * Every record of a log with where it stands and whom it follows: some 30 bytes each, whatever is in the record.
 * Records are known by their number, in file order.
 */
export class RecordIndex {
  count = 0
  offsets = new Float64Array(FIRST_ROOM)
  lengths = new Uint32Array(FIRST_ROOM)
  flags = new Uint16Array(FIRST_ROOM)
  readonly #uuids = new IdColumn()
  readonly #parents = new IdColumn()
  readonly #messages = new IdColumn()
  /** Open addressing: number + 1 of the record whose uuid hashes there. */
  #slots = new Uint32Array(4 * FIRST_ROOM)

  /**
   * Adds a record.
   *
   * @returns false when there is one with the same uuid: the copy is not added
   */
  add(offset: number, length: number, marks: RecordMarks, isUtf8: boolean): boolean {
    if (marks.uuid.isThere && this.find(marks.uuid) !== -1) return false
    this.#makeRoom()
    const number = this.count
    const parent = marks.parent.isThere ? marks.parent : marks.logicalParent
    this.offsets[number] = offset
    this.lengths[number] = length
    this.flags[number] = flagsOf(marks, parent.isThere, isUtf8)
    this.#uuids.set(number, marks.uuid)
    this.#parents.set(number, parent)
    this.#messages.set(number, marks.message)
    this.count += 1
    if (marks.uuid.isThere) this.#enter(number)
    return true
  }

  has(number: number, flag: number): boolean {
    return (this.flags[number]! & flag) !== 0
  }

  /** The record with this uuid, or -1. */
  find(id: Pick<IdHash, 'low' | 'high'>): number {
    const mask = this.#slots.length - 1
    for (let slot = id.low & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1
      if (number === -1 || this.#uuids.is(number, id.low, id.high)) return number
    }
  }

  /** The record that this one follows: -1 when it is a beginning, -2 when it names none, or one that is not there. */
  parentOf(number: number): number {
    if (!this.has(number, RecordFlag.hasParent)) return this.has(number, RecordFlag.loose) ? -2 : -1
    const parent = this.find(this.#parents.at(number))
    return parent === -1 ? -2 : parent
  }

  /** What records of one message of the model have in common; undefined for others. */
  messageKeyOf(number: number): number | undefined {
    if (!this.has(number, RecordFlag.assistantMessageId)) return undefined
    const { low, high } = this.#messages.at(number)
    return high * 0x100000 + (low & 0xfffff)
  }

  #enter(number: number): void {
    const mask = this.#slots.length - 1
    let slot = this.#uuids.at(number).low & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = number + 1
  }

  #makeRoom(): void {
    if (this.count === this.offsets.length) {
      const length = this.count * 2
      this.offsets = enlarged(this.offsets, new Float64Array(length))
      this.lengths = enlarged(this.lengths, new Uint32Array(length))
      this.flags = enlarged(this.flags, new Uint16Array(length))
    }
    if (this.count * 2 < this.#slots.length) return
    this.#slots = new Uint32Array(this.#slots.length * 4)
    for (let number = 0; number < this.count; number += 1) {
      if (this.has(number, RecordFlag.hasUuid)) this.#enter(number)
    }
  }
}

function flagsOf(marks: RecordMarks, hasParent: boolean, isUtf8: boolean): number {
  let flags = 0
  if (marks.type === 'user') flags |= RecordFlag.user
  if (marks.type === 'assistant') flags |= RecordFlag.assistant
  if (marks.isSidechain) flags |= RecordFlag.sidechain
  if (marks.isMeta) flags |= RecordFlag.meta
  if (marks.isCompactSummary || marks.isCompactBoundary) flags |= RecordFlag.compaction
  if (marks.hasToolResult && marks.type === 'user') flags |= RecordFlag.toolResult
  if (TYPES_THAT_SHOW.has(marks.type)) flags |= RecordFlag.shows
  if (marks.uuid.isThere) flags |= RecordFlag.hasUuid
  if (hasParent) flags |= RecordFlag.hasParent
  if (!hasParent && !marks.hasParentMember) flags |= RecordFlag.loose
  if (!isUtf8) flags |= RecordFlag.invalidUtf8
  if (marks.type === 'assistant' && marks.message.isThere) flags |= RecordFlag.assistantMessageId
  return flags
}

/** Ids of many records in two rows of numbers. */
class IdColumn {
  #low = new Uint32Array(FIRST_ROOM)
  #high = new Uint32Array(FIRST_ROOM)

  set(number: number, id: IdHash): void {
    if (number >= this.#low.length) {
      this.#low = enlarged(this.#low, new Uint32Array(this.#low.length * 2))
      this.#high = enlarged(this.#high, new Uint32Array(this.#high.length * 2))
    }
    this.#low[number] = id.low
    this.#high[number] = id.high
  }

  is(number: number, low: number, high: number): boolean {
    return this.#low[number] === low && this.#high[number] === high
  }

  at(number: number): { readonly low: number; readonly high: number } {
    return { low: this.#low[number]!, high: this.#high[number]! }
  }
}

function enlarged<T extends Float64Array | Uint32Array | Uint16Array>(from: T, into: T): T {
  into.set(from)
  return into
}

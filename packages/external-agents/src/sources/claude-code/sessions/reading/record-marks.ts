/** What a record's bytes say of its place in the conversation, found without parsing it. One is used for all lines. */
export class RecordMarks {
  /** The value of `type`; `''` when it has none. */
  type = ''
  isSidechain = false
  isMeta = false
  isCompactSummary = false
  isCompactBoundary = false
  /** It says whom it follows, be it nobody. */
  hasParentMember = false
  /** It carries what a tool gave. */
  hasToolResult = false
  readonly uuid = new IdHash()
  readonly parent = new IdHash()
  readonly logicalParent = new IdHash()
  readonly leaf = new IdHash()
  /** Records that were one message of the model share its id. */
  readonly message = new IdHash()

  clear(): void {
    this.type = ''
    this.isSidechain = this.isMeta = this.isCompactSummary = this.isCompactBoundary = this.hasToolResult = false
    this.hasParentMember = false
    for (const id of [this.uuid, this.parent, this.logicalParent, this.leaf, this.message]) id.clear()
  }
}

/** 64 bits that stand for an id, so that a million of them take little room. */
export class IdHash {
  isThere = false
  low = 0
  high = 0

  clear(): void {
    this.isThere = false
    this.low = this.high = 0
  }

  set(bytes: Buffer, start: number, end: number): void {
    if (end === start) return
    let low = 0x811c9dc5
    let high = 0x9747b28c
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at]!
      low = Math.imul(low ^ byte, 0x01000193)
      high = Math.imul(high ^ byte, 0x5bd1e995)
      high ^= high >>> 15
    }
    this.low = low >>> 0
    this.high = high >>> 0
    this.isThere = true
  }
}

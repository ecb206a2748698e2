import { isUtf8 } from 'node:buffer'
import { createHash, type Hash } from 'node:crypto'
import type { Pace } from '../../../reading/sessions/pace.js'
import type { LogFile } from '../log-file.js'
import { LineReader } from './line-reader.js'
import { readMarks } from './record-bytes.js'
import { RecordIndex } from './record-index.js'
import { RecordMarks } from './record-marks.js'

/** A log gone through once: its records, and what is to be said of lines that are none. */
export interface IndexedLog {
  readonly index: RecordIndex
  /** Lines that are not blank. */
  readonly lines: number
  /** Fates of lines that are not in the index, counted. */
  readonly fates: ReadonlyMap<string, number>
  /** Fate of records that are in the index and can never show: their types. */
  readonly otherTypes: ReadonlyMap<number, string>
  /** The record that Claude Code noted as the last of the conversation, and the number of records before the note. */
  readonly leaf: { readonly number: number; readonly notedAfter: number } | undefined
  readonly hadByteOrderMark: boolean
  /** The last line has no end, and is no record: it was being written, or never will be. */
  readonly isTorn: boolean
  readonly endByte: number
  readonly sha256: string
}

/** Different types that are told apart in the account; further ones are `other`. */
const MOST_TYPES = 100

/** Reads a log from start to end, in slices. */
export async function indexLog(file: LogFile, size: number, pace: Pace): Promise<IndexedLog> {
  const hash = createHash('sha256')
  const reader = new LineReader(file, size, (bytes) => hash.update(bytes))
  try {
    return await indexLines(reader, hash, pace)
  } finally {
    reader.close()
  }
}

async function indexLines(reader: LineReader, hash: Hash, pace: Pace): Promise<IndexedLog> {
  const index = new RecordIndex()
  const marks = new RecordMarks()
  const fates = new Map<string, number>()
  const otherTypes = new Map<number, string>()
  const types = new Set<string>()
  const count = (fate: string): void => void fates.set(fate, (fates.get(fate) ?? 0) + 1)
  let lines = 0
  let leaf: { id: { low: number; high: number }; notedAfter: number } | undefined
  let isTorn = false
  let endByte = 0

  for (let step = reader.next(); step !== 'end'; step = reader.next()) {
    if (pace.isOver()) await pace.rest()
    if (step === 'too-large') {
      lines += 1
      count('too-large')
      continue
    }
    const { bytes, start, end, position } = reader
    const isRecord = readMarks(bytes, start, end, marks)
    if (reader.isWhole || isRecord) endByte = position + (end - start) + (reader.isWhole ? 1 : 0)
    if (!isRecord) {
      if (isBlank(bytes, start, end)) continue
      lines += 1
      isTorn = !reader.isWhole
      count('garbage')
      continue
    }
    lines += 1
    if (marks.type === 'last-prompt' && marks.leaf.isThere) {
      leaf = { id: { low: marks.leaf.low, high: marks.leaf.high }, notedAfter: index.count }
    }
    const type = shortType(marks.type, types)
    const shows = type === 'user' || type === 'assistant' || type === 'system' || type === 'attachment'
    if (!marks.uuid.isThere && !shows) count(`bookkeeping:${type}`)
    else if (!index.add(position, end - start, marks, isUtf8(bytes.subarray(start, end)))) count('duplicate')
    else if (!shows) otherTypes.set(index.count - 1, type)
  }

  const number = leaf ? index.find(leaf.id) : -1
  return {
    index,
    lines,
    fates,
    otherTypes,
    leaf: leaf && number !== -1 ? { number, notedAfter: leaf.notedAfter } : undefined,
    hadByteOrderMark: reader.hadByteOrderMark,
    isTorn,
    endByte,
    sha256: hash.digest('hex'),
  }
}

function shortType(type: string, known: Set<string>): string {
  if (type === '') return 'untyped'
  if (known.size >= MOST_TYPES && !known.has(type)) return 'other'
  known.add(type)
  return type
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  return bytes.toString('latin1', start, Math.min(end, start + 4096)).trim() === '' && end - start <= 4096
}

import type { Pace } from '../../../reading/sessions/pace.js'
import type { IndexedLog } from './index-log.js'
import { RecordFlag, type RecordIndex } from './record-index.js'

/** Records after which the time is looked at. */
const STRIDE = 2048

const OFF_CHAIN = -1

/** Which records make the conversation, and what the others are. */
export interface ReadingOrder {
  /** Numbers of records, in the order in which they are read. */
  readonly order: Uint32Array
  /** Records off the chain that are read all the same: answers of tools that ran side by side. */
  readonly beside: ReadonlySet<number>
  /** Whether the log is a helper agent's, in which everything is marked as sidechain. */
  readonly isHelperLog: boolean
  /** Only the work of one helper agent is read: the rest of the log is not its concern. */
  readonly isPart: boolean
}

/**
 * Follows the conversation from its last record back to its first by each record's parent. What the chain does not name
 * but belongs to it (records without ids, other parts of a message, results of tools that ran side by side) is put where
 * the file has it. A parent that is not there is replaced by the record before in the file, so that nothing is lost.
 *
 * @param helper reads the work of a helper agent in the same log instead: what begins with its record `first`
 * @param isPrompt whether a record is a request of the person; looks into the log
 */
export async function readingOrder(
  log: IndexedLog,
  isPrompt: (number: number) => boolean,
  pace: Pace,
  helper?: { readonly beginnings: Int32Array; readonly first: number },
): Promise<ReadingOrder> {
  const { index } = log
  if (helper) return helperOrder(log, helper.beginnings, helper.first, pace)
  const isHelperLog = !some(index, (number) => isMessage(index, number) && !index.has(number, RecordFlag.sidechain))
  const takes = (number: number): boolean => isHelperLog || !index.has(number, RecordFlag.sidechain)
  const chain = await chainFrom(index, lastOf(log, takes, isPrompt), takes, pace)
  const beside = await besides(index, chain, takes, pace)
  const placed = beside.filter(({ anchor }) => anchor !== OFF_CHAIN).map(({ number }) => number)
  return { order: merged(chain, beside), beside: new Set(placed), isHelperLog, isPart: false }
}

async function helperOrder(
  { index }: IndexedLog,
  beginnings: Int32Array,
  first: number,
  pace: Pace,
): Promise<ReadingOrder> {
  const takes = (number: number): boolean => first >= 0 && beginnings[number] === first
  let last = index.count - 1
  while (last >= 0 && !(takes(last) && isMessage(index, last))) last -= 1
  const chain = await chainFrom(index, last, takes, pace)
  const beside = (await besides(index, chain, takes, pace)).filter(({ anchor }) => anchor !== OFF_CHAIN)
  const numbers = new Set(beside.map(({ number }) => number))
  return { order: merged(chain, beside), beside: numbers, isHelperLog: false, isPart: true }
}

/** The record that the conversation ends with; -1 when no message has an id. */
function lastOf(log: IndexedLog, takes: (number: number) => boolean, isPrompt: (number: number) => boolean): number {
  const { index, leaf } = log
  let last = index.count - 1
  const isCandidate = (number: number): boolean =>
    index.has(number, RecordFlag.hasUuid) &&
    isMessage(index, number) &&
    !index.has(number, RecordFlag.meta) &&
    takes(number)
  while (last >= 0 && !isCandidate(last)) last -= 1
  if (leaf === undefined || leaf.number === last || last >= leaf.notedAfter || last === -1) return last
  // The note can name the request whose answer follows it; it is left behind only by going back before another request.
  const path: number[] = []
  const seen = new Set<number>()
  for (let at = last; at >= 0 && at !== leaf.number && !seen.has(at); at = index.parentOf(at)) {
    seen.add(at)
    path.push(at)
  }
  const isAfterLeaf = path.length > 0 && index.parentOf(path.at(-1)!) === leaf.number
  return isAfterLeaf && !path.some(isPrompt) ? last : leaf.number
}

/** From the first record to `last`. */
async function chainFrom(
  index: RecordIndex,
  last: number,
  takes: (number: number) => boolean,
  pace: Pace,
): Promise<number[]> {
  const chain: number[] = []
  const visited = new Uint8Array(index.count)
  for (let at = last; at >= 0; ) {
    if (chain.length % STRIDE === 0 && pace.isOver()) await pace.rest()
    visited[at] = 1
    chain.push(at)
    let parent = index.parentOf(at)
    const isCut = parent === -2 || (parent === -1 && index.has(at, RecordFlag.compaction))
    if (isCut || (parent >= 0 && visited[parent] === 1)) {
      parent = at - 1
      while (parent >= 0 && !(visited[parent] === 0 && index.has(parent, RecordFlag.hasUuid) && takes(parent))) {
        parent -= 1
      }
    }
    at = parent >= 0 && !takes(parent) ? -1 : parent
  }
  return chain.reverse()
}

interface Beside {
  readonly number: number
  /** Where in the chain the record that it follows stands; -1 for none. */
  readonly anchor: number
}

async function besides(
  index: RecordIndex,
  chain: readonly number[],
  takes: (number: number) => boolean,
  pace: Pace,
): Promise<Beside[]> {
  const places = new Int32Array(index.count).fill(OFF_CHAIN)
  const messages = new Map<number, number>()
  for (const [place, number] of chain.entries()) {
    if (place % STRIDE === 0 && pace.isOver()) await pace.rest()
    places[number] = place
    const key = index.messageKeyOf(number)
    if (key !== undefined && !messages.has(key)) messages.set(key, place)
  }
  const found: Beside[] = []
  const partsOfMessages = new Map<number, number>()
  for (let number = 0; number < index.count; number += 1) {
    if (number % STRIDE === 0 && pace.isOver()) await pace.rest()
    if (places[number] !== OFF_CHAIN || !takes(number) || !index.has(number, RecordFlag.shows)) continue
    const anchor = anchorOf(index, number, places, messages, partsOfMessages)
    if (anchor === undefined) continue
    if (index.has(number, RecordFlag.assistant)) partsOfMessages.set(number, anchor)
    found.push({ number, anchor })
  }
  return found
}

/** Where a record belongs that is not on the chain; undefined when it is of another branch. */
function anchorOf(
  index: RecordIndex,
  number: number,
  places: Int32Array,
  messages: ReadonlyMap<number, number>,
  partsOfMessages: ReadonlyMap<number, number>,
): number | undefined {
  if (!index.has(number, RecordFlag.hasUuid)) return -1
  const key = index.messageKeyOf(number)
  const first = key === undefined ? undefined : messages.get(key)
  if (key !== undefined) return first === undefined ? undefined : first - 1
  if (!index.has(number, RecordFlag.toolResult)) return undefined
  const parent = index.parentOf(number)
  if (parent < 0 || !index.has(parent, RecordFlag.assistant)) return undefined
  return places[parent] === OFF_CHAIN ? partsOfMessages.get(parent) : places[parent]
}

/** The chain with the others put in: each before the first record of the chain that the file has after it. */
function merged(chain: readonly number[], beside: readonly Beside[]): Uint32Array {
  const order = new Uint32Array(chain.length + beside.length)
  const highest = new Float64Array(chain.length)
  chain.forEach((number, place) => {
    highest[place] = Math.max(place > 0 ? highest[place - 1]! : -1, number)
  })
  const placed = beside.map(({ number, anchor }) => ({
    number,
    place: Math.max(firstAbove(highest, number), anchor + 1),
  }))
  placed.sort((a, b) => a.place - b.place || a.number - b.number)
  let next = 0
  let length = 0
  for (let place = 0; place <= chain.length; place += 1) {
    while (next < placed.length && placed[next]!.place === place) {
      order[length++] = placed[next++]!.number
    }
    if (place < chain.length) order[length++] = chain[place]!
  }
  return order
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}

function isMessage(index: RecordIndex, number: number): boolean {
  return index.has(number, RecordFlag.user | RecordFlag.assistant)
}

function some(index: RecordIndex, test: (number: number) => boolean): boolean {
  for (let number = 0; number < index.count; number += 1) if (test(number)) return true
  return false
}

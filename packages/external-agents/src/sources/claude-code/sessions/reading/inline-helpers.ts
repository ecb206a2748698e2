import { RecordFlag, type RecordIndex } from './record-index.js'

const NONE = -1
const BEING_FOLLOWED = -2

/** Between the path of a log and the id of the record with which a helper agent's work in it begins. */
const MARK = '.jsonl#'

/** How the work of a helper agent is named that stands in the log of the session itself, as older versions wrote it. */
export function inlineHelperPath(log: string, id: string): string {
  return `${log}#${id}`
}

/** The log that a path means, and the record with which the helper's work in it begins, if it means one. */
export function splitHelperPath(path: string): { readonly log: string; readonly helperId: string | undefined } {
  const mark = path.lastIndexOf(MARK)
  if (mark === -1) return { log: path, helperId: undefined }
  const end = mark + MARK.length
  return { log: path.slice(0, end - 1), helperId: path.slice(end) }
}

/** For each record, the first record of the helper's work that it is part of; -1 for those of the session itself. */
export function helperBeginnings(index: RecordIndex): Int32Array {
  const beginnings = new Int32Array(index.count).fill(NONE)
  const isPart = (number: number): boolean => index.has(number, RecordFlag.sidechain)
  for (let number = 0; number < index.count; number += 1) {
    if (!isPart(number) || beginnings[number] !== NONE) continue
    const path: number[] = []
    let beginning = number
    for (let at = number; ; ) {
      beginnings[at] = BEING_FOLLOWED
      path.push(at)
      beginning = at
      const parent = index.parentOf(at)
      if (parent < 0 || !isPart(parent) || beginnings[parent] === BEING_FOLLOWED) break
      if (beginnings[parent] !== NONE) {
        beginning = beginnings[parent]!
        break
      }
      at = parent
    }
    for (const part of path) beginnings[part] = beginning
  }
  return beginnings
}

/** The beginnings that are requests, in file order: each is one helper. */
export function helperRequests(index: RecordIndex, beginnings: Int32Array): number[] {
  const requests: number[] = []
  for (let number = 0; number < index.count; number += 1) {
    const isRequest = index.has(number, RecordFlag.user) && index.has(number, RecordFlag.hasUuid)
    if (beginnings[number] === number && isRequest) requests.push(number)
  }
  return requests
}

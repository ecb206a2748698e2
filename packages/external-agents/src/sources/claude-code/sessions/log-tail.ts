import { parseRecord, timeOf } from '../../reading/sessions/record.js'
import type { LogFile } from './log-file.js'

/** Bytes of the end that are looked at first; four times as many each time nothing was found there. */
const FIRST_BYTES = 32 * 1024

/** Bytes of the end after which the last time is given up: pictures can make lines this long. */
const MOST_BYTES = 32 * 1024 * 1024

const LINE_FEED = 0x0a

/** When the last message of a log was written, in milliseconds since the epoch; null when none near the end says. */
export function lastTimeOf(file: LogFile, size: number, ofHelper: boolean): number | null {
  for (let length = FIRST_BYTES, known = size; ; length *= 4) {
    const start = Math.max(0, size - length)
    const bytes = file.bytes(start, size)
    // The first line of the piece may be half of one; lines that were looked at before are left out.
    for (let end = bytes.length; end > 0; ) {
      const feed = bytes.lastIndexOf(LINE_FEED, end - 1)
      if (feed === -1 && start > 0) break
      if (start + feed < known) {
        const record = feed + 1 < end ? parseRecord(bytes, feed + 1, end) : undefined
        const isMessage = record !== undefined && (record.type === 'user' || record.type === 'assistant')
        if (isMessage && record.isMeta !== true && (record.isSidechain === true) === ofHelper) {
          const time = timeOf(record)
          if (time !== undefined) return time
        }
        known = start + feed
      }
      end = feed
    }
    if (start === 0 || length >= MOST_BYTES) return null
  }
}

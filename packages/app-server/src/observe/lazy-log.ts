import { atLeast, type LineFields, type LineLevel, type Log, type LogLevel } from '../log.js'
import type { LogTarget, OpenLog } from './pino-log.js'

interface Line {
  readonly level: LineLevel
  readonly timeMs: number
  readonly message: string
  readonly fields: LineFields
}

/** Lines that wait while the library is being loaded. Beyond them lines are left out. */
const MAX_WAITING = 1_000

/**
 * A log of JSON lines whose library is loaded with the first line that is to be written, and the file opened then.
 *
 * @param complain called once when the log cannot be written; it then says nothing more
 */
export function lazyLog(
  level: LogLevel,
  target: LogTarget,
  complain: (error: Error) => void,
): Log & { close(): Promise<void> } {
  const logs = atLeast(level)
  let waiting: Line[] = []
  let opening: Promise<void> | undefined
  let open: OpenLog | undefined
  let isOver = false

  const fail = (error: unknown) => {
    if (isOver) return
    isOver = true
    waiting = []
    complain(error instanceof Error ? error : new Error(String(error)))
  }
  const hand = ({ level: lineLevel, timeMs, message, fields }: Line) => open?.write(lineLevel, timeMs, message, fields)

  async function load(): Promise<void> {
    try {
      const { openPinoLog } = await import('./pino-log.js')
      open = openPinoLog(target, level, fail)
      process.once('exit', () => open?.close())
      for (const line of waiting.splice(0)) hand(line)
    } catch (error) {
      fail(error)
    }
  }

  return {
    logs: (lineLevel) => !isOver && logs(lineLevel),
    write(lineLevel, message, fields = {}) {
      if (isOver || !logs(lineLevel)) return
      const line = { level: lineLevel, timeMs: Date.now(), message, fields }
      if (open !== undefined) hand(line)
      else if (waiting.length < MAX_WAITING) waiting.push(line)
      opening ??= load()
    },
    async close() {
      await opening
      isOver = true
      const ending = open
      open = undefined
      await ending?.end()
    },
  }
}

import { decodeMessage, type Message } from '@gangway/protocol'

/** What one client and its server said to each other, in the order in which the server saw it. */
export interface RecordedConnection {
  /** As the server numbered it. */
  readonly connection: number
  readonly steps: readonly RecordedStep[]
}

/** One text of a recording. `message` is missing where the text was none. */
export interface RecordedStep {
  readonly direction: 'c2s' | 's2c'
  /** Milliseconds since 1970. */
  readonly timeMs: number
  readonly text: string
  readonly message?: Message
}

/**
 * Reads what `gangway app-server --log-wire FILE` has written, connection by connection.
 *
 * @throws Error naming the line that is no part of a recording, or that says that messages are missing
 */
export function parseRecording(text: string): readonly RecordedConnection[] {
  const connections = new Map<number, RecordedStep[]>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    const step = stepOf(line, index + 1)
    if (step === undefined) continue
    const steps = connections.get(step.connection) ?? []
    connections.set(step.connection, steps)
    steps.push(step)
  }
  return [...connections].map(([connection, steps]) => ({ connection, steps }))
}

function stepOf(line: string, number: number): (RecordedStep & { readonly connection: number }) | undefined {
  const entry = parsed(line, number)
  const { t: timeMs, dir: direction, conn: connection, raw, dropped } = entry
  if (typeof dropped === 'number') throw new Error(`line ${number}: ${dropped} messages are missing from the recording`)
  if (typeof connection !== 'number' || typeof timeMs !== 'number') throw noPart(number)
  if (direction === undefined) return undefined
  if (direction !== 'c2s' && direction !== 's2c') throw noPart(number)
  if (typeof raw === 'string') return { connection, direction, timeMs, text: raw }
  // The message's own text, so that ids keep all their digits.
  const text = line.slice(line.indexOf('"msg":') + '"msg":'.length, -1)
  const message = decodeMessage(text)
  if (message === undefined) throw noPart(number)
  return { connection, direction, timeMs, text, message }
}

function parsed(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // It is no JSON: named below.
  }
  throw noPart(number)
}

function noPart(number: number): Error {
  return new Error(`line ${number} is no part of a recording`)
}

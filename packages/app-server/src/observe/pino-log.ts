import { openSync } from 'node:fs'
import pino from 'pino'
import type { LineFields, LineLevel, LogLevel } from '../log.js'
import { withoutSecrets } from './secrets-in-text.js'

/** Where the lines of a log go: a file, or an open descriptor. */
export type LogTarget = string | number

/** A log that is open. */
export interface OpenLog {
  write(level: LineLevel, timeMs: number, message: string, fields: LineFields): void
  /** Writes what waits, in order, and lets go of the file. Nothing may be written after. */
  end(): Promise<void>
  /** As `end`, at once, for a process that ends: what is being written at that moment may come to stand behind the rest. */
  close(): void
}

/** Characters that may wait for a slow disk. Beyond them lines are left out. */
const MAX_BACKLOG = 1_048_576

/**
 * Opens a log of JSON lines (`level`, `time`, `pid`, `msg`, and what the line is about). A file is made readable by its
 * owner only, and appended to.
 *
 * @param onFault called when lines cannot be written
 * @throws Error when the file cannot be opened
 */
export function openPinoLog(target: LogTarget, level: LogLevel, onFault: (error: Error) => void): OpenLog {
  const descriptor = typeof target === 'number' ? target : openSync(target, 'a', 0o600)
  const destination = pino.destination({ fd: descriptor, sync: false, maxLength: MAX_BACKLOG })
  destination.on('error', onFault)
  const logger = pino(
    {
      level: level === 'off' ? 'silent' : level,
      base: { pid: process.pid },
      timestamp: false,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
  return {
    write(lineLevel, timeMs, message, fields) {
      const time = new Date(timeMs).toISOString()
      logger[lineLevel]({ time, ...textsWithoutSecrets(fields) }, withoutSecrets(message))
    },
    end() {
      return new Promise((resolve) => {
        destination.once('close', resolve)
        destination.once('error', () => resolve())
        destination.end()
      })
    },
    close() {
      try {
        destination.flushSync()
        destination.end()
      } catch (error) {
        onFault(error instanceof Error ? error : new Error(String(error)))
      }
    },
  }
}

function textsWithoutSecrets(fields: LineFields): LineFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? withoutSecrets(value) : value]),
  )
}

import { withoutSecrets } from './observe/secrets-in-text.js'

/** How much a log says, from everything to nothing. */
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'off'] as const
export type LogLevel = (typeof logLevels)[number]

/** How grave a line is. */
export type LineLevel = Exclude<LogLevel, 'off'>

/** What a line is about, for programs that read the log. */
export interface LineFields {
  readonly [name: string]: string | number | boolean
}

/** Where the server says what no client can be told. Never throws. */
export interface Log {
  /** `message` is one line of plain text. The writer escapes line breaks, and what looks like a secret does not get in. */
  write(level: LineLevel, message: string, fields?: LineFields): void
  /** Whether lines of this level are kept: where making one costs something, ask first. */
  logs(level: LineLevel): boolean
}

/** Says nothing: what an embedded server logs unless told otherwise. */
export const silentLog: Log = { write() {}, logs: () => false }

/** Writes lines of at least `level` through `writeLine`, with time and level before them and fields after. */
export function lineLog(level: LogLevel, writeLine: (line: string) => void): Log {
  const logs = atLeast(level)
  return {
    logs,
    write(lineLevel, message, fields) {
      if (logs(lineLevel)) writeLine(lineOf(lineLevel, message, fields))
    },
  }
}

/** Tells of a level whether it is at least as grave as `threshold`. */
export function atLeast(threshold: LogLevel): (level: LineLevel) => boolean {
  const least = logLevels.indexOf(threshold)
  return (level) => logLevels.indexOf(level) >= least
}

/** The level that `GANGWAY_LOG` names, in any case; `warn` when it is not set or not a level. */
export function logLevelOf(env: { readonly [name: string]: string | undefined }): LogLevel {
  const named = env.GANGWAY_LOG?.toLowerCase()
  return logLevels.find((level) => level === named) ?? 'warn'
}

function lineOf(level: LineLevel, message: string, fields: LineFields = {}): string {
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${value}`)
  const text = withoutSecrets(`${message}${pairs.join('')}`)
  return `${new Date().toISOString()} ${level.toUpperCase()} ${escapeControls(text)}\n`
}

// What a client sends may end up in a message; it must not be able to forge lines or drive a terminal.
function escapeControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (control) => JSON.stringify(control).slice(1, -1))
}

/** How much a log says, from everything to nothing. */
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'off'] as const
export type LogLevel = (typeof logLevels)[number]

/** Where the server says what no client can be told. Never throws. */
export interface Log {
  /** `message` is one line of plain text without secrets; line breaks in it are escaped by the writer. */
  write(level: Exclude<LogLevel, 'off'>, message: string): void
}

/** Says nothing: what an embedded server logs unless told otherwise. */
export const silentLog: Log = { write() {} }

/** Writes lines of at least `level` through `writeLine`, with time and level before them. */
export function lineLog(level: LogLevel, writeLine: (line: string) => void): Log {
  const threshold = logLevels.indexOf(level)
  return {
    write(messageLevel, message) {
      if (logLevels.indexOf(messageLevel) < threshold) return
      writeLine(`${new Date().toISOString()} ${messageLevel.toUpperCase()} ${escapeControls(message)}\n`)
    },
  }
}

/** The level that `GANGWAY_LOG` names, in any case; `warn` when it is not set or not a level. */
export function logLevelOf(env: { readonly [name: string]: string | undefined }): LogLevel {
  const named = env.GANGWAY_LOG?.toLowerCase()
  return logLevels.find((level) => level === named) ?? 'warn'
}

// What a client sends may end up in a message; it must not be able to forge lines or drive a terminal.
function escapeControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (control) => JSON.stringify(control).slice(1, -1))
}

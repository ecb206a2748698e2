import type { ProcessEnd } from './process-end.js'

/** Size of a terminal, in characters. */
export interface TerminalSize {
  readonly cols: number
  readonly rows: number
}

/** Which of the two ways out; a terminal has only `stdout`. */
export type OutputStream = 'stdout' | 'stderr'

/** What to run, and how. */
export interface ProcessOptions {
  /** Program and arguments; never read by a shell. The program is looked for in the `PATH` of `env`. */
  readonly argv: readonly [program: string, ...args: string[]] | readonly string[]
  /** Absolute. */
  readonly cwd: string
  /** The whole environment; members that are undefined are not set. */
  readonly env: { readonly [name: string]: string | undefined }
  /** Runs it in a terminal of this size; null: with pipes. */
  readonly terminal: TerminalSize | null
  /** False: nothing can be written, and the command reads an end of file. A terminal can always be written. */
  readonly stdin: boolean
  /** Called with every piece of output, in order, before `ended` resolves. It must not throw. */
  readonly onOutput: (chunk: Buffer, stream: OutputStream) => void
  /** Kills it after so long; null: never. */
  readonly timeoutMs: number | null
  /** Kills it, with everything that it started, within 100 ms. */
  readonly signal?: AbortSignal | undefined
}

/** A process that was started. */
export interface RunningProcess {
  readonly pid: number
  /** Resolves, never rejects, when it is over and its output was told. */
  readonly ended: Promise<ProcessEnd>
  /**
   * Resolves when the system took it, or the process is over.
   *
   * @throws ProcessError `NO_STDIN` where nothing can be written
   */
  write(data: string | Buffer): Promise<void>
  /** Ends its input; in a terminal as Control-D does. */
  closeStdin(): void
  /** @throws ProcessError `NO_TERMINAL` where there is none */
  resize(size: TerminalSize): void
  /** Asks it and everything that it started to end, then makes them, 50 ms later. Idempotent. */
  kill(): Promise<ProcessEnd>
}

/** Why a process could not be started or used. */
export type ProcessErrorCode = 'NO_COMMAND' | 'NOT_FOUND' | 'NOT_STARTED' | 'NO_FOLDER' | 'NO_STDIN' | 'NO_TERMINAL'

/** A process that could not be started, or has not what is asked of it. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError'

  constructor(
    readonly code: ProcessErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

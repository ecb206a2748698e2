import type { ThreadItem } from '@gangway/protocol'
import { CappedOutput } from '../../process/capped-output.js'
import { type ProcessEnd, shellExitCode } from '../../process/process-end.js'
import type { RunningProcess } from '../../process/process-options.js'
import { startProcess } from '../../process/start-process.js'
import { TextChunks } from '../../process/text-chunks.js'
import type { ToolContext } from '../tool.js'

/** An item that shows a command. */
export type CommandItem = Extract<ThreadItem, { type: 'commandExecution' }>

/** How a command is started, once it may. */
export interface SessionOptions {
  readonly id: number
  /** As it was told to have started, or will be. */
  readonly item: CommandItem
  readonly argv: readonly string[]
  readonly env: { readonly [name: string]: string | undefined }
  readonly hasTerminal: boolean
  readonly context: ToolContext
  readonly timeoutMs: number | null
  /** Called when the process is over, or was never started. */
  readonly release: () => void
}

/** Kept of a command's output for its item, and between two looks of the model. */
const maxBytes = 1024 * 1024

/** A command that runs, or has run: what it writes is told to clients at once, and kept for the model. */
export class CommandSession {
  readonly #options: SessionOptions
  readonly #all = new CappedOutput(maxBytes)
  readonly #unseen = new CappedOutput(maxBytes)
  readonly #text = new TextChunks()
  readonly #startedMs = performance.now()
  #process: RunningProcess | undefined
  #end: ProcessEnd | undefined
  #isBackground = false
  #told: Promise<void> = Promise.resolve()
  #done: Promise<void> = Promise.resolve()

  private constructor(options: SessionOptions) {
    this.#options = options
  }

  /** Starts the command. @throws ProcessError, or the turn's signal's reason */
  static async start(options: SessionOptions): Promise<CommandSession> {
    const session = new CommandSession(options)
    const { context } = options
    const abort = new AbortController()
    const onAbort = () => {
      // What the model has let go on is not part of the turn any more.
      if (!session.#isBackground) abort.abort(context.signal.reason)
    }
    context.signal.addEventListener('abort', onAbort, { once: true })
    try {
      context.signal.throwIfAborted()
      session.#process = await startProcess({
        argv: options.argv,
        cwd: options.item.cwd,
        env: options.env,
        terminal: options.hasTerminal ? { cols: 80, rows: 24 } : null,
        stdin: false,
        onOutput: (chunk) => session.#onOutput(chunk),
        timeoutMs: options.timeoutMs,
        signal: abort.signal,
      })
    } catch (error) {
      context.signal.removeEventListener('abort', onAbort)
      options.release()
      throw error
    }
    session.#done = session.#process.ended.then(async (end) => {
      context.signal.removeEventListener('abort', onAbort)
      options.release()
      session.#end = end
      await session.#finish(end)
    })
    session.#done.catch((error) => context.host.report('tell the end of a command', error))
    return session
  }

  get id(): number {
    return this.#options.id
  }

  get item(): CommandItem {
    return this.#options.item
  }

  get pid(): number {
    return this.#process?.pid ?? 0
  }

  get hasTerminal(): boolean {
    return this.#options.hasTerminal
  }

  get context(): ToolContext {
    return this.#options.context
  }

  /** Null while it runs. */
  get exitCode(): number | null {
    return this.#end === undefined ? null : shellExitCode(this.#end)
  }

  get end(): ProcessEnd | undefined {
    return this.#end
  }

  get wallTimeMs(): number {
    return performance.now() - this.#startedMs
  }

  /** Everything that is kept. */
  get aggregatedOutput(): string {
    const [head, tail] = this.#all.parts()
    return this.#all.droppedBytes === 0 ? head : `${head}\n… ${this.#all.droppedBytes} bytes left out …\n${tail}`
  }

  /** What was written since this was last asked. */
  takeOutput(): CappedOutput {
    const taken = new CappedOutput(maxBytes)
    this.#unseen.moveTo(taken)
    return taken
  }

  /** From now on the command outlives calls and turns. */
  goOn(): void {
    this.#isBackground = true
  }

  /** Waits until the command is over and told, `timeMs` have passed, or `signal` aborts. */
  async wait(timeMs: number, signal: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    let stop = () => {}
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeMs)
      stop = resolve
      signal.addEventListener('abort', stop, { once: true })
      if (signal.aborted && this.#isBackground) resolve()
    })
    try {
      // A command that the turn's end kills is waited for: its item is told first.
      await Promise.race([this.#done, late])
      if (signal.aborted && !this.#isBackground) await this.#done
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
  }

  async write(data: string): Promise<void> {
    await this.#process?.write(data)
  }

  /** Kills it, and waits until that is told. */
  async kill(): Promise<void> {
    await this.#process?.kill()
    await this.#done
  }

  #onOutput(chunk: Buffer): void {
    this.#all.push(chunk)
    this.#unseen.push(chunk)
    this.#tell(this.#text.push(chunk))
  }

  #tell(delta: string): void {
    if (delta === '') return
    const { context, item } = this.#options
    const ids = { threadId: context.threadId, turnId: context.turnId, itemId: item.id }
    const sent = context.host.notify('item/commandExecution/outputDelta', { ...ids, delta })
    if (sent !== undefined) this.#told = Promise.all([this.#told, sent]).then(() => {})
  }

  async #finish(end: ProcessEnd): Promise<void> {
    this.#tell(this.#text.end())
    await this.#told
    const { context, item } = this.#options
    const exitCode = shellExitCode(end)
    const completed: CommandItem = {
      ...item,
      status: exitCode === 0 ? 'completed' : 'failed',
      aggregatedOutput: this.aggregatedOutput || null,
      exitCode,
      durationMs: Math.round(this.wallTimeMs),
    }
    // However late, it belongs to the turn that it began in, and is in the file before it is told.
    await context.items.completed(completed)
  }
}

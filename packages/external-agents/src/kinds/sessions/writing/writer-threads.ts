import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { RenderContext } from '../render-context.js'
import type { RenderTask } from '../render-log.js'
import { SessionFailure } from '../session-outcome.js'
import type { WrittenLines } from './write-lines.js'
import type { WriterAnswer, WriterOrder } from './writer-messages.js'

/** Set where everything is bundled: the thread's program, from the bundle's file. */
declare const __GANGWAY_WRITER_THREAD__: string | undefined

/** More threads than this wait for the disk. */
const mostThreads = 2
/** Bytes of logs that are worth starting threads for: some 0.3 s of work. */
const worthwhileBytes = 16 * 1024 * 1024
/** Of small sessions each takes less time than it costs to hand it over, and threads would only take memory. */
const largeMeanBytes = 256 * 1024
/** Logs pass through in small pieces: with the usual room for short-lived things they would only take memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 }

/**
 * The threads that write sessions, when there is enough to do for them.
 *
 * @param isReadable whether they can read the logs of the agent
 * @param bytes of all logs of an import
 * @param sessions how many these are; one is written by one thread anyway
 * @returns undefined where threads would gain nothing, or the program that they run is not there
 */
export function writerThreads(isReadable: boolean, bytes: number, sessions: number): WriterThreads | undefined {
  const count = Math.min(mostThreads, availableParallelism(), sessions)
  const isWorthwhile = bytes >= Math.max(worthwhileBytes, sessions * largeMeanBytes)
  if (count < 2 || !isWorthwhile || !isReadable) return undefined
  const program = programOfThreads()
  return program === undefined ? undefined : new WriterThreads(program, count)
}

/** Threads that read logs and write what they become beside its place. Close them. */
export class WriterThreads {
  readonly #free: WriterThread[]
  readonly #all: readonly WriterThread[]

  constructor(
    program: string,
    /** As many can write at the same time; a further one would have to wait. */
    readonly count: number,
  ) {
    this.#all = Array.from({ length: count }, () => new WriterThread(program))
    this.#free = [...this.#all]
  }

  /** As `writeLines`, in another thread; undefined when all are at work. */
  write(task: RenderTask, path: string, context: RenderContext): Promise<WrittenLines> | undefined {
    const thread = this.#free.pop()
    return thread?.write(task, path, context).finally(() => this.#free.push(thread))
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#all.map((thread) => thread.close()))
  }
}

class WriterThread {
  readonly #worker: Worker
  #answer: ((answer: WriterAnswer) => void) | undefined
  #ended: string | undefined

  constructor(program: string) {
    this.#worker = new Worker(program, { resourceLimits, execArgv: [], stdin: false })
    this.#worker.on('message', (answer: WriterAnswer) => this.#take(answer))
    this.#worker.on('error', (error) => this.#end(error.message))
    this.#worker.on('exit', (code) => this.#end(`it ended with ${code}`))
    this.#worker.unref()
  }

  async write(task: RenderTask, path: string, context: RenderContext): Promise<WrittenLines> {
    const { sourceId, importId, version, userHome, signal } = context
    signal.throwIfAborted()
    const stop = () => this.#tell({ type: 'stop' })
    signal.addEventListener('abort', stop, { once: true })
    try {
      const answer = await this.#ask({ type: 'write', task, path, context: { sourceId, importId, version, userHome } })
      if (answer.type === 'written') return answer.written
      signal.throwIfAborted()
      if (answer.stage) throw new SessionFailure(answer.stage, answer.code, answer.message)
      throw new Error(answer.message)
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #ask(order: WriterOrder): Promise<WriterAnswer> {
    return new Promise((resolve) => {
      this.#answer = resolve
      if (this.#ended === undefined) this.#tell(order)
      else this.#end(this.#ended)
    })
  }

  #tell(order: WriterOrder): void {
    this.#worker.postMessage(order)
  }

  #take(answer: WriterAnswer): void {
    const take = this.#answer
    this.#answer = undefined
    take?.(answer)
  }

  #end(why: string): void {
    this.#ended = why
    this.#take({ type: 'failed', stage: null, code: '', message: `the thread that writes sessions is gone: ${why}` })
  }
}

/** Undefined where the sources run as they are written. */
function programOfThreads(): string | undefined {
  const name = typeof __GANGWAY_WRITER_THREAD__ === 'string' ? __GANGWAY_WRITER_THREAD__ : './writer-thread.js'
  const path = fileURLToPath(new URL(name, import.meta.url))
  return existsSync(path) ? path : undefined
}

import type { ThreadIndex, ThreadMarks, ThreadPage, ThreadQuery, ThreadRecord } from '@gangway/home'
import type { HomeLayout } from '@gangway/home/layout'
import type { Thread } from '@gangway/protocol'
import type { ServerContext } from '../handler.js'
import { readConfig } from '../handlers/config-view.js'
import { invalidRequest } from '../refusals.js'
import { liveView } from './live-view.js'
import type { LoadedThread } from './loaded-thread.js'
import { threadView } from './thread-view.js'

type Home = typeof import('@gangway/home')

/** The provider of threads that name none, where the configuration names none either. */
const BUILT_IN_PROVIDER = 'openai'

/** The threads of a server's home: the index over their files, and what is noted beside them. */
export class ThreadStore {
  #isDegradationTold = false

  private constructor(
    readonly home: Home,
    readonly server: ServerContext,
    readonly index: ThreadIndex,
    readonly marks: ThreadMarks,
    /** The loaded thread of an id: it knows more than its file. */
    readonly loaded: (threadId: string) => LoadedThread | undefined,
  ) {}

  /** Loads what reads threads; the index itself is read by the first call that needs it. */
  static async open(
    server: ServerContext,
    loaded: (threadId: string) => LoadedThread | undefined,
  ): Promise<ThreadStore> {
    const home = await import('@gangway/home')
    const index = home.ThreadIndex.open(server.layout, { env: server.env })
    server.onClose(() => index.close())
    return new ThreadStore(home, server, index, new home.ThreadMarks(server.layout), loaded)
  }

  get layout(): HomeLayout {
    return this.server.layout
  }

  /** A page of threads. @throws RpcError for a cursor that is none */
  async list(query: ThreadQuery): Promise<ThreadPage> {
    const page = await this.refusingCursors(this.index.list(query))
    const { degradation } = this.index
    if (degradation !== null && !this.#isDegradationTold) {
      this.#isDegradationTold = true
      this.server.log.write('warn', degradation)
    }
    return page
  }

  /** What `work` gives; a cursor that the home refuses is refused in its words. */
  async refusingCursors<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      if (error instanceof this.home.HomeError && error.code === 'BAD_CURSOR') throw invalidRequest(error.message)
      throw error
    }
  }

  /** A thread on disk, archived or not. @param refusal goes before the id: `thread not loaded` and its like */
  async thread(threadId: string, refusal: string): Promise<ThreadRecord> {
    const record = await this.index.get(threadId)
    if (!record) throw invalidRequest(`${refusal}: ${threadId}`)
    return record
  }

  /** Threads as the wire shows them, without their turns. */
  async views(records: readonly ThreadRecord[]): Promise<Thread[]> {
    const needsProvider = records.some(({ modelProvider }) => modelProvider === null)
    const defaultProvider = needsProvider ? await this.defaultProvider() : BUILT_IN_PROVIDER
    return records.map((record) => {
      const view = threadView(record, { mark: this.marks.get(record.id), defaultProvider })
      const loaded = this.loaded(record.id)
      return loaded ? liveView(loaded, view) : view
    })
  }

  async view(record: ThreadRecord): Promise<Thread> {
    const [view] = await this.views([record])
    return view!
  }

  /** The provider that threads belong to whose files name none. */
  async defaultProvider(): Promise<string> {
    try {
      const { model_provider: provider } = (await readConfig(this.server, null)).config
      return typeof provider === 'string' ? provider : BUILT_IN_PROVIDER
    } catch {
      // What is wrong with the configuration is told elsewhere; threads are listed all the same.
      return BUILT_IN_PROVIDER
    }
  }
}

import { join } from 'node:path'
import type { ConfigFiles } from '@gangway/home/editing'
import { type HomeLayout, homeLayout } from '@gangway/home/layout'
import type { ServerNotifications } from '@gangway/protocol'
import { EventQueue, type EventQueueOptions } from '@gangway/protocol/channel'
import { AcceptedWork } from './accepted-work.js'
import type { CloseOptions } from './app-server.js'
import { Connection, type ConnectionHost, type ConnectionOptions } from './connection.js'
import type { Handlers, MaybePromise, RequestContext, ServerContext, ServerNotificationMethod } from './handler.js'
import { handlerFamilies } from './handlers/registry.js'
import type { Log } from './log.js'
import { logged } from './observe/request-log.js'
import { inRequestSpan, isTraced } from './observe/tracing.js'
import type { WireLog } from './observe/wire-log.js'
import { Outgoing } from './outgoing.js'
import { SHUTTING_DOWN, shuttingDown } from './refusals.js'
import { type ParamsOrigin, Router } from './router.js'
import { ServerRequests } from './server-requests.js'

/** What a runtime is made of: the options of a server, with every default filled in. */
export interface RuntimeSettings {
  readonly codexHome: string
  readonly env: { readonly [name: string]: string | undefined }
  readonly cwd: string
  readonly version: string
  readonly configOverrides: { readonly [dottedKey: string]: unknown }
  /** Which of the person's files count. */
  readonly configFiles?: ConfigFiles
  /** The rules for commands do not count. */
  readonly ignoresRules?: boolean
  readonly log: Log
  /** Notes what goes to and from clients outside this process. */
  readonly wireLog?: WireLog
}

/** Milliseconds that closing may take unless it is told. */
const CLOSE_TIMEOUT_MS = 5_000

/** Part of the time for closing in which accepted work may go on as if nothing were. */
const GRACE_SHARE = 0.8

/** Milliseconds for what clears up behind connections, which is done even where time is up. */
const CLEAN_UP_MS = 500

/** The server without its transports: all connections, all handlers, and the work that was accepted. */
export class Runtime implements ServerContext, ConnectionHost {
  readonly layout: HomeLayout
  readonly env: RuntimeSettings['env']
  readonly cwd: string
  readonly version: string
  readonly configOverrides: RuntimeSettings['configOverrides']
  readonly configFiles: ConfigFiles
  readonly log: Log
  readonly wireLog: WireLog | undefined
  readonly work = new AcceptedWork()
  readonly outgoing = new Outgoing()
  readonly serverRequests = new ServerRequests()
  readonly #router: Router
  readonly #logsRequests: boolean
  readonly #connections = new Set<Connection>()
  readonly #clearingUp = new AcceptedWork()
  readonly #closers: ((graceMs: number) => Promise<void>)[] = []
  #nextConnectionId = 0
  #draining: Promise<void> | undefined
  #hurry: () => void = () => {}
  readonly #hurried = new Promise<false>((resolve) => {
    this.#hurry = () => resolve(false)
  })
  #closing: Promise<{ forced: boolean }> | undefined

  /** @param families what is served; default: everything that this package serves */
  constructor(settings: RuntimeSettings, families: (server: ServerContext) => readonly Handlers[] = handlerFamilies) {
    const layout = homeLayout(settings.codexHome)
    // Rules are looked for where there are none, and none are written while nobody is asked.
    this.layout = settings.ignoresRules === true ? { ...layout, rulesDir: join(layout.gangwayDir, 'no-rules') } : layout
    this.env = settings.env
    this.cwd = settings.cwd
    this.version = settings.version
    this.configOverrides = settings.configOverrides
    this.configFiles = settings.configFiles ?? {}
    this.log = settings.log
    this.wireLog = settings.wireLog
    this.#logsRequests = settings.log.logs('debug')
    this.#router = new Router(families(this))
  }

  get admits(): boolean {
    return this.#closing === undefined
  }

  /** True once the server drains or closes: it takes no new clients from outside. */
  get isLeaving(): boolean {
    return this.#draining !== undefined || !this.admits
  }

  /** Opens a connection with a queue of its own. @throws RpcError when the server closes */
  open(options: Omit<ConnectionOptions, 'connectionId' | 'events'>, queue: EventQueueOptions): Connection {
    if (!this.admits) throw shuttingDown()
    const connectionId = this.#nextConnectionId++
    const connection = new Connection(this, { ...options, connectionId, events: new EventQueue(queue) })
    this.#connections.add(connection)
    if (this.#logsRequests) this.log.write('debug', 'a client has connected', { connection: connectionId })
    return connection
  }

  dispatch(
    method: string,
    params: unknown,
    origin: ParamsOrigin,
    context: RequestContext,
    trace?: unknown,
  ): MaybePromise<unknown> {
    if (!this.#logsRequests && !isTraced()) return this.#router.dispatch(method, params, origin, context)
    const { connectionId } = context
    const run = () => this.#router.dispatch(method, params, origin, context)
    const traced = () => inRequestSpan(method, { trace, connectionId }, run)
    return this.#logsRequests ? logged(this.log, { method, connection: connectionId }, traced) : traced()
  }

  broadcast<M extends ServerNotificationMethod>(method: M, params: ServerNotifications[M]): MaybePromise<void> {
    return this.outgoing.broadcast(method, params)
  }

  track(what: string, work: Promise<unknown>): void {
    this.work.begin()
    work.catch((error: unknown) => this.report(what, error)).finally(() => this.work.end())
  }

  clearUp(work: Promise<unknown>): void {
    this.#clearingUp.begin()
    work.catch((error: unknown) => this.report('clean-up of a connection', error)).finally(() => this.#clearingUp.end())
  }

  onClose(end: (graceMs: number) => Promise<void>): void {
    if (this.admits) this.#closers.push(end)
    else this.track('closing', end(0))
  }

  onIdentified(connection: Connection): void {
    this.outgoing.join(connection)
    const { name = '', version = '' } = connection.client ?? {}
    this.log.write('info', 'a client has introduced itself', { connection: connection.connectionId, name, version })
  }

  onClosed(connection: Connection): void {
    this.#connections.delete(connection)
    this.outgoing.leave(connection)
    this.serverRequests.leave(connection)
    if (this.#logsRequests) this.log.write('debug', 'a client has left', { connection: connection.connectionId })
  }

  report(what: string, error: unknown): void {
    this.log.write('error', `${what} failed: ${error instanceof Error ? error.message : String(error)}`)
  }

  /**
   * Takes on no more: what begins work of a conversation is refused, everything else is served. Idempotent.
   *
   * @returns when all accepted work is finished, however long that takes; the server is still to be closed then
   */
  drain(): Promise<void> {
    this.#router.drain()
    this.#draining ??= this.work.idle()
    return this.#draining
  }

  /**
   * Ends in this order: nothing new is admitted; our open requests to clients fail; accepted work is finished, or
   * failed when `timeoutMs` is over; connections end, each after what is queued for it. Idempotent.
   */
  close({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}): Promise<{ forced: boolean }> {
    this.#closing ??= this.#close(timeoutMs)
    return this.#closing
  }

  /** Ends the wait of `close`: what is not finished fails now. */
  fail(): void {
    for (const connection of [...this.#connections]) connection.close(SHUTTING_DOWN)
    this.#hurry()
  }

  async #close(timeoutMs: number): Promise<{ forced: boolean }> {
    this.serverRequests.failAll(shuttingDown())
    // What must be broken off gets a little less, so that it can still say so.
    const graceMs = timeoutMs * GRACE_SHARE
    for (const end of this.#closers) this.track('closing', end(graceMs))
    const finished = await Promise.race([this.work.settled(timeoutMs), this.#hurried])
    for (const connection of [...this.#connections]) connection.close(SHUTTING_DOWN)
    await this.#clearingUp.settled(CLEAN_UP_MS)
    return { forced: !finished }
  }
}

import { faultOfResult, type InitializeParams, type InitializeResponse, RpcError } from '@gangway/protocol'
import type { DeliveryMode } from '@gangway/protocol/channel'
import { abortedError, DecodeError, serverErrorOf, TransportError } from './errors.js'
import type { ClientLink } from './link.js'
import type { WireLinkOptions } from './wire-link.js'

/** How a client listens: the bounds of its event queue. */
export interface QueueOptions {
  /** Events that wait at most. Values under 1 count as 1. Default 128. */
  readonly channelCapacity?: number
  /** Bytes of events that wait at most. Default 8 MiB. */
  readonly maxQueuedBytes?: number
  /** What becomes of events that find no room. Default `tiered`. */
  readonly delivery?: DeliveryMode
}

/** What every kind of start takes. */
export interface StartOptions extends QueueOptions {
  /** Who the program is. There is no default identity. */
  readonly clientInfo: { readonly name: string; readonly version: string; readonly title?: string | null }
  /** Opens experimental methods and fields. Default false. */
  readonly experimentalApi?: boolean
  /** Notifications that this client does not want, by exact name. */
  readonly optOutNotifications?: readonly string[]
  /** Asks for the `codex/event/*` notifications of the first protocol, too. Default false. */
  readonly legacyNotifications?: boolean
  /** Requests on the wire at once; further ones wait in line. Default 64. */
  readonly maxInFlight?: number
  /** Milliseconds until a server request that has neither handler nor reader is refused. Default 5 000. */
  readonly unhandledRequestMs?: number
  /** Milliseconds for the server to answer `initialize`. Default 10 000. */
  readonly initializeTimeoutMs?: number
  /** Ends the start, not the client. */
  readonly signal?: AbortSignal
}

/** What the server said of itself. */
export interface ServerInfo {
  /** The part of `userAgent` behind its first slash; `undefined` when there is none. */
  readonly version: string | undefined
  /** Absolute path, on the server's machine; `undefined` when the server did not say. */
  readonly codexHome: string | undefined
  readonly userAgent: string
}

/** What a link of messages takes of these options. */
export function wireOptions(options: StartOptions): WireLinkOptions {
  const { channelCapacity, maxQueuedBytes, delivery, legacyNotifications } = options
  return {
    ...(channelCapacity !== undefined && { capacity: channelCapacity }),
    ...(maxQueuedBytes !== undefined && { maxBytes: maxQueuedBytes }),
    ...(delivery !== undefined && { delivery }),
    ...(legacyNotifications !== undefined && { legacyNotifications }),
  }
}

const DEFAULT_INITIALIZE_TIMEOUT_MS = 10_000

/**
 * Introduces the client: `initialize`, its answer, `initialized`.
 *
 * @param endpoint how messages name the server
 * @throws TransportError `timeout`, `aborted`, `closed`; ServerError; DecodeError. The link is left open.
 */
export async function introduce(link: ClientLink, options: StartOptions, endpoint: string): Promise<ServerInfo> {
  const answer = await answerInTime(link, options, endpoint)
  const fault = faultOfResult('initialize', answer)
  if (fault !== undefined) throw new DecodeError('initialize', fault)
  link.notify('initialized', undefined)
  return serverInfoOf(answer as InitializeResponse)
}

/** The params of `initialize`. The list of unwanted notifications is null when it is empty, never `[]`. */
function initializeParams(options: StartOptions): InitializeParams {
  const { name, version, title = null } = options.clientInfo
  const optOut = options.optOutNotifications ?? []
  const capabilities = {
    experimentalApi: options.experimentalApi ?? false,
    optOutNotificationMethods: optOut.length === 0 ? null : [...optOut],
    // Ours alone: servers that do not know it ignore it.
    ...(options.legacyNotifications === true && { legacyNotifications: true }),
  }
  return { clientInfo: { name, title, version }, capabilities }
}

async function answerInTime(link: ClientLink, options: StartOptions, endpoint: string): Promise<unknown> {
  const { signal, initializeTimeoutMs = DEFAULT_INITIALIZE_TIMEOUT_MS } = options
  if (signal?.aborted === true) throw abortedError('initialize', signal)
  let release = () => {}
  const noAnswer = new Promise<never>((_, reject) => {
    const fail = (reason: 'timeout' | 'closed', detail: string) =>
      reject(new TransportError('initialize', reason, detail))
    const onAbort = () => signal !== undefined && reject(abortedError('initialize', signal))
    const late = `timed out waiting for initialize response from \`${endpoint}\``
    const timer = setTimeout(() => fail('timeout', late), initializeTimeoutMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    void link.closed.then((reason) => fail('closed', `${endpoint} closed during initialize: ${reason}`))
    release = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
  })
  noAnswer.catch(() => {})
  try {
    return await Promise.race([noAnswer, link.request('initialize', 'initialize', initializeParams(options))])
  } catch (error) {
    throw error instanceof RpcError ? serverErrorOf('initialize', error) : error
  } finally {
    release()
  }
}

function serverInfoOf({ userAgent, codexHome }: InitializeResponse): ServerInfo {
  const version = /\/(\S+)/.exec(userAgent)?.[1]
  return { version, codexHome: codexHome === '' ? undefined : codexHome, userAgent }
}

import {
  connectInMemory,
  type MemoryTransport,
  type PeerConnection,
  type PeerNotification,
  ScriptedPeer,
} from '@gangway/testkit'
import { AppServerClient, type StartOptions, WireLink } from '../src/index.js'
import { wireOptions } from '../src/startup.js'

export const name = { threadId: 't', turnId: 'u' }

/** A client and the scripted peer that it talks to in memory. */
export interface Scripted {
  readonly client: AppServerClient
  readonly peer: ScriptedPeer
  readonly connection: PeerConnection
  readonly transport: MemoryTransport
  say(...notifications: readonly PeerNotification[]): void
}

export async function scripted(options: Partial<StartOptions> = {}, peer = new ScriptedPeer()): Promise<Scripted> {
  peer.on('turn/start', () => ({ turn: { id: name.turnId, items: [], status: 'inProgress', error: null } }))
  const start = { clientInfo: { name: 'test', version: '1' }, ...options }
  let transport: MemoryTransport | undefined
  const link = new WireLink((receiver) => {
    transport = connectInMemory(peer, receiver)
    return transport
  }, wireOptions(start))
  const client = await AppServerClient.over(link, start, { endpoint: 'peer', checksResults: true })
  const connection = await peer.connection()
  return {
    client,
    peer,
    connection,
    transport: transport as MemoryTransport,
    say(...notifications) {
      for (const [method, params] of notifications) connection.notify(method, params)
    },
  }
}

/** Everything that `source` gives, in order. */
export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const entries: T[] = []
  for await (const entry of source) entries.push(entry)
  return entries
}

/** Lets everything happen that is due. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

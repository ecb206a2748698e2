import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ThreadStartResponse, TurnStartResponse } from '@gangway/protocol'
import { type ModelServer, type ModelServerOptions, startModelServer } from '@gangway/testkit'
import { introduction, type TestHome, testHome } from '../support/homes.js'
import type { Peer } from '../support/peer.js'

/** A home whose model is scripted. */
export interface Talk {
  readonly home: TestHome
  readonly model: ModelServer
  /** What a server is made of. */
  readonly options: { readonly codexHome: string; readonly cwd: string; readonly env: Record<string, string> }
  [Symbol.asyncDispose](): Promise<void>
}

export async function talk(script: ModelServerOptions = {}, config = ''): Promise<Talk> {
  const home = testHome()
  const model = await startModelServer(script)
  const provider = `[model_providers.scripted]\nname = "scripted"\nbase_url = "${model.url}"\nwire_api = "responses"\nrequires_openai_auth = false\n`
  writeFileSync(
    join(home.codexHome, 'config.toml'),
    `model = "gpt-5.5"\nmodel_provider = "scripted"\n${config}\n${provider}`,
  )
  return {
    home,
    model,
    options: { codexHome: home.codexHome, cwd: home.root, env: { ...home.env, PATH: process.env.PATH ?? '' } },
    async [Symbol.asyncDispose]() {
      await model.close()
      home[Symbol.dispose]()
    },
  }
}

/** A client that has introduced itself. */
export async function introduced(peer: Peer, capabilities?: object): Promise<Peer> {
  await peer.request('initialize', introduction({ experimentalApi: true, ...capabilities }))
  return peer
}

export async function begun(peer: Peer, params: object = {}): Promise<ThreadStartResponse> {
  return (await peer.request('thread/start', params)) as ThreadStartResponse
}

/** Says something, and waits for the end of the turn. */
export async function said(peer: Peer, threadId: string, text: string): Promise<string> {
  const count = peer.events.of('turn/completed').length
  const input = [{ type: 'text', text }]
  const { turn } = (await peer.request('turn/start', { threadId, input })) as TurnStartResponse
  await peer.events.next('turn/completed', count + 1)
  return turn.id
}

/** Methods of what a peer was told, in order, without deltas and what has no place in the order. */
export function told(peer: Peer): string[] {
  const noise = /[dD]elta|rateLimits|mcpServer|configWarning|^warning$/
  return peer.events.all.flatMap((event) => ('method' in event && !noise.test(event.method) ? [event.method] : []))
}

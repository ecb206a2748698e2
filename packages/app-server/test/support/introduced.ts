import { introduction, type TestHome, testHome } from './homes.js'
import { type Peer, transports } from './peer.js'

/** A client in process, introduced to a server of its own, in a home of its own. */
export interface IntroducedPeer extends Peer, AsyncDisposable {
  readonly home: TestHome
  /** Another client of the same server. */
  another(): Promise<Peer>
}

/** @param env beside what a home needs; commands find programs by the `PATH` of the tests */
export async function introduced(env: Readonly<Record<string, string>> = {}): Promise<IntroducedPeer> {
  const home = testHome()
  const serve = transports[0]?.serve
  if (serve === undefined) throw new Error('there is no transport')
  const server = serve({ ...home, cwd: home.root, env: { PATH: process.env.PATH ?? '', ...home.env, ...env } })
  async function another(): Promise<Peer> {
    const peer = server.connect()
    await peer.request('initialize', introduction())
    return peer
  }
  return {
    ...(await another()),
    home,
    another,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      home[Symbol.dispose]()
    },
  }
}

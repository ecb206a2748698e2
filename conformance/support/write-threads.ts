import type { Site } from './fixture.js'
import { type Json, Peer } from './peer.js'
import { type Program, reference } from './programs.js'

/** A program that serves a site's home, past its handshake. */
export async function started(program: Program, { home, codexHome }: Site): Promise<Peer> {
  const peer = new Peer(program, { home, codexHome })
  await peer.initialize()
  return peer
}

/** Has the reference talk, run a command, name, fork and put away. Gives the ids of what it wrote. */
export async function writeThreads(site: Site): Promise<readonly string[]> {
  const peer = await started(reference(), site)
  const ask = async (method: string, params: Json) => {
    const { result, error } = await peer.request(method, params)
    if (result === undefined) throw new Error(`${method} failed: ${error?.message}`)
    return result
  }
  const start = async () => {
    const { thread } = await ask('thread/start', {
      cwd: site.repo,
      sandbox: 'danger-full-access',
      approvalPolicy: 'never',
    })
    return (thread as Json).id as string
  }
  const say = async (threadId: string, text: string) => {
    const { turn: begun } = await ask('turn/start', { threadId, input: [{ type: 'text', text }] })
    await peer.notification('turn/completed', (params) => (params.turn as Json).id === (begun as Json).id)
  }

  const first = await start()
  for (const text of ['first words', 'run echo hello', 'run exit 3', 'last words']) await say(first, text)
  await ask('thread/name/set', { threadId: first, name: 'A name' })
  const forked = ((await ask('thread/fork', { threadId: first })).thread as Json).id as string
  await say(forked, 'only in the fork')
  const away = await start()
  await say(away, 'put away')
  await ask('thread/archive', { threadId: away })
  await peer.close()
  return [first, forked, away]
}

import { AppServerClient, WireLink } from '@gangway/client'
import { connectInMemory, type PeerConnection, ScriptedPeer, turnEvents, turnOf } from '@gangway/testkit'
import { App } from '../../src/tui/app.js'
import { Conversation } from '../../src/tui/conversation.js'
import { createView } from '../../src/tui/view/pi-view.js'
import { createTheme } from '../../src/tui/view/theme.js'
import { openedAnswer, threadId } from '../session/told.js'
import { VirtualTerminal } from './virtual-terminal.js'

/** The terminal UI on a terminal in memory, and a server that does what a test wrote down. */
export interface AppRun extends AsyncDisposable {
  readonly terminal: VirtualTerminal
  readonly peer: ScriptedPeer
  readonly server: PeerConnection
  readonly app: App
  readonly conversation: Conversation
  /** What was kept of what the person wrote. */
  readonly kept: string[]
  /** Goes on by so many milliseconds: for what waits until nobody types. */
  pass(ms: number): void
}

export interface AppRunOptions {
  readonly columns?: number
  readonly rows?: number
  readonly colour?: boolean
  readonly history?: readonly string[]
  readonly peer?: ScriptedPeer
}

/** The turn that `turn/start` of the scripted server begins. */
export const turn = { threadId, turnId: 'turn-1' }

export async function runApp(options: AppRunOptions = {}): Promise<AppRun> {
  const peer = options.peer ?? new ScriptedPeer()
  peer.on('thread/start', () => openedAnswer())
  peer.on('turn/start', (_, { connection }) => {
    queueMicrotask(() => connection.notify(...turnEvents.started(turn)))
    return { turn: turnOf(turn.turnId, 'inProgress') }
  })
  peer.on('turn/interrupt', () => ({}))
  peer.on('turn/steer', () => ({ turnId: turn.turnId }))
  const link = new WireLink((receiver) => connectInMemory(peer, receiver), {})
  const start = { clientInfo: { name: 'test', version: '1' } }
  const client = await AppServerClient.over(link, start, { endpoint: 'peer', checksResults: false })
  const terminal = new VirtualTerminal(options.columns, options.rows)
  const theme = createTheme(options.colour ?? false)
  const view = createView(terminal, theme)
  const kept: string[] = []
  let now = 1_000_000
  const conversation: Conversation = new Conversation(
    client,
    { cwd: '/projects/project' },
    { changed: () => app.changed(), returned: (texts) => app.returned(texts), failed: (error) => app.failed(error) },
  )
  const history = {
    read: async () => options.history ?? [],
    add: async (text: string) => {
      kept.push(text)
    },
  }
  const app: App = new App({ view, theme, conversation, history, home: '/projects', label: undefined, now: () => now })
  await app.open()
  const listening = conversation.listen()
  await conversation.start()
  await terminal.shows('gpt-5.5')
  return {
    terminal,
    peer,
    server: await peer.connection(),
    app,
    conversation,
    kept,
    pass(ms) {
      now += ms
    },
    async [Symbol.asyncDispose]() {
      app.close()
      await client.shutdown({ timeoutMs: 1_000 })
      await listening
    },
  }
}

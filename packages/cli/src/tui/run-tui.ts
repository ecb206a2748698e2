import { resolve } from 'node:path'
import type { AppServerClient, ConnectionChange } from '@gangway/client'
import type { ScriptedModel } from '../demo/scripted-model.js'
import { ExitCode, UsageError } from '../exit-codes.js'
import { openSession } from '../session/open-session.js'
import { codexHomeIn } from '../session/remote-address.js'
import { wantsColour } from '../terminal/style.js'
import type { Terminal } from '../terminal/terminal.js'
import { App } from './app.js'
import { Conversation } from './conversation.js'
import { guardTerminal } from './guard-terminal.js'
import { historyFile } from './history-file.js'
import type { TuiRequest } from './tui-request.js'
import { highlight } from './view/highlight.js'
import { createView, ownTerminal } from './view/pi-view.js'
import { createTheme } from './view/theme.js'

/**
 * Opens the terminal UI, and stays until the person leaves or the server is gone. The terminal is as it was afterwards.
 *
 * @returns the exit code: 1 when the server went away
 * @throws UsageError without a terminal; ServerError when the thread cannot be opened
 */
export async function runTui(request: TuiRequest, terminal: Terminal): Promise<ExitCode> {
  const isPlain = request.plain || terminal.env.TERM === 'dumb'
  if (!terminal.interactive && !isPlain) {
    throw new UsageError('the terminal UI needs a terminal; gangway exec works without one')
  }
  const cwd = resolve(terminal.cwd, request.cd ?? '.')
  // Keys that are pressed before the screen is there are kept as keys. A server elsewhere may be long in coming: there,
  // ctrl+c is to end the waiting.
  if (!isPlain && request.remote === undefined) process.stdin.setRawMode(true)
  const demo = request.demo ? await startDemo() : undefined
  let onConnection: (change: ConnectionChange) => void = () => {}
  try {
    await using client = await openSession({
      source: 'cli',
      clientName: 'gangway-tui',
      env: terminal.env,
      cwd,
      config: { ...request.config, ...demo?.config },
      codexHome: request.codexHome,
      profile: request.profile,
      remote: request.remote,
      authTokenEnv: request.remoteAuthTokenEnv,
      authTokenFile: request.wsTokenFile,
      reconnect: { onChange: (change) => onConnection(change) },
    })
    if (isPlain) {
      const { runPlain } = await import('./plain/run-plain.js')
      return await runPlain({
        client,
        terminal,
        defaults: threadDefaults(request, cwd),
        label: demo?.label,
        prompt: request.prompt,
        open: (conversation) =>
          openRequested(conversation, request, () => {
            throw new UsageError('resume: in plain mode, give an id or --last; gangway threads list shows the ids')
          }),
        farewell: (conversation) => farewell(conversation, request),
      })
    }
    return await runScreen(client, request, cwd, terminal, demo?.label, (listener) => {
      onConnection = listener
    })
  } finally {
    if (!isPlain) process.stdin.setRawMode(false)
    await demo?.close()
  }
}

async function runScreen(
  client: AppServerClient,
  request: TuiRequest,
  cwd: string,
  terminal: Terminal,
  label: string | undefined,
  watchConnection: (listener: (change: ConnectionChange) => void) => void,
): Promise<ExitCode> {
  const { env } = terminal
  const theme = createTheme(wantsColour(env, true))
  const view = createView(ownTerminal(), theme)
  const conversation: Conversation = new Conversation(client, threadDefaults(request, cwd), {
    changed: () => app.changed(),
    returned: (texts) => app.returned(texts),
    failed: (error) => app.failed(error),
  })
  const home = env.HOME
  const history = historyFile(resolve(terminal.cwd, codexHomeIn(request.codexHome, env)))
  const app: App = new App({ view, theme, conversation, history, home, label, now: Date.now })
  const guard = guardTerminal(() => app.close())
  let shownDemo: ScriptedModel | undefined
  const prepare = async () => {
    if (request.demo || request.remote !== undefined || request.thread.type !== 'new') return
    const { findModels } = await import('./first-run/find-models.js')
    const found = await findModels(client.requestHandle(), env)
    if (found.usable === 'configured' || request.config.model_provider !== undefined) return
    const { firstRun, offerImport } = await import('./first-run/first-run.js')
    app.attempt(() => offerImport(app, cwd))
    if (found.usable !== undefined) return
    await firstRun({
      app,
      found,
      async startDemo() {
        shownDemo = await startDemo()
        return shownDemo
      },
    })
  }
  let reason: string | undefined
  try {
    watchConnection((change) =>
      change.state === 'lost'
        ? app.say('warning', `the connection to the server is lost (${change.reason}); trying again`)
        : app.say('info', 'the connection to the server is there again'),
    )
    await app.open()
    const colouring = setTimeout(() => void highlight.load().then(() => app.changed()), 200)
    const gone = conversation.listen().then((why) => {
      reason = why
    })
    app.attempt(() => begin(app, conversation, request, prepare))
    await Promise.race([app.left, gone])
    clearTimeout(colouring)
  } finally {
    app.close()
    guard.release()
    await shownDemo?.close()
  }
  if (reason !== undefined) terminal.printError(`gangway: the server is gone: ${reason}\n`)
  terminal.print(farewell(conversation, request))
  return reason === undefined ? ExitCode.done : ExitCode.failed
}

async function startDemo(): Promise<ScriptedModel> {
  return (await import('../demo/scripted-model.js')).startScriptedModel()
}

async function begin(
  app: App,
  conversation: Conversation,
  request: TuiRequest,
  prepare: () => Promise<void>,
): Promise<void> {
  await prepare()
  await openRequested(conversation, request, () => app.command('resume'))
  if (request.prompt !== undefined) app.send(request.prompt)
}

/** Opens the thread that the command line names. */
async function openRequested(
  conversation: Conversation,
  { thread }: Pick<TuiRequest, 'thread'>,
  pick: () => Promise<void> | void,
): Promise<void> {
  switch (thread.type) {
    case 'new':
      return conversation.start()
    case 'id':
      return conversation.resume(thread.id)
    case 'last': {
      const { data } = await conversation.client.request('thread/list', { limit: 1, sortKey: 'updated_at' })
      const [newest] = data
      if (newest === undefined) throw new Error('there is no conversation to go on with')
      return conversation.resume(newest.id)
    }
    case 'pick':
      await pick()
      if (conversation.state.thread === undefined) await conversation.start()
      return
    default:
      return thread satisfies never
  }
}

/** What new threads of this command line begin with. */
function threadDefaults(request: TuiRequest, cwd: string) {
  return {
    cwd,
    ...(request.model !== undefined && { model: request.model }),
    ...(request.sandbox !== undefined && { sandbox: request.sandbox }),
    ...(request.approvalPolicy !== undefined && { approvalPolicy: request.approvalPolicy }),
    ...(request.remote !== undefined && Object.keys(request.config).length > 0 && { config: request.config }),
  }
}

/** How to go on with what was said, for the shell. */
function farewell(conversation: Conversation, request: Pick<TuiRequest, 'remote' | 'codexHome'>): readonly string[] {
  const id = conversation.state.thread?.id
  if (id === undefined || !conversation.hasWords) return []
  const remote = request.remote === undefined ? '' : ` --remote ${request.remote}`
  const home = request.codexHome === undefined ? '' : ` --codex-home ${request.codexHome}`
  return [`To go on: gangway resume${remote}${home} ${id}`]
}

import { realpath, stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { AppServerClient } from '@gangway/client'
import { ExitCode } from '../exit-codes.js'
import { openThread } from '../session/bootstrap.js'
import { openSession } from '../session/open-session.js'
import { emptySession, type SessionState } from '../session/session-shape.js'
import { reduceSession } from '../session/session-state.js'
import type { Terminal } from '../terminal/terminal.js'
import { chooseView, type ExecStreams } from './choose-view.js'
import type { ExecRequest } from './exec-request.js'
import type { ExecView } from './exec-view.js'
import { failureWords } from './failure-words.js'
import { readPrompt } from './read-prompt.js'
import { lastAnswer, runTurn, type Work } from './run-turn.js'
import { type Place, threadRequest } from './thread-request.js'
import { repositoryRoot, trustProject, untrustedFolder } from './trusted-folder.js'
import { readOutputSchema, turnInput } from './turn-input.js'

/** Streams of text that nobody looks at: whole items come, and are the truth. */
const unwanted = [
  'item/agentMessage/delta',
  'item/plan/delta',
  'item/commandExecution/outputDelta',
  'item/fileChange/outputDelta',
  'item/reasoning/summaryTextDelta',
  'item/reasoning/summaryPartAdded',
  'item/reasoning/textDelta',
] as const

/** Milliseconds for the server to end after the turn. */
const shutdownMs = 5_000

/**
 * Does what `gangway exec` was asked to do.
 *
 * @param interrupt ends the turn in order; what there is by then is shown
 * @returns the exit code: 0 the turn completed, 1 anything else
 * @throws UsageError for options that do not go together; NoPromptError, ServerError, TransportError, Error before the turn
 */
export async function runExec(
  request: ExecRequest,
  terminal: Terminal,
  streams: ExecStreams,
  interrupt: AbortSignal,
): Promise<number> {
  const view = chooseView(request, terminal, streams)
  const prompt = await promptOf(request, streams)
  const schema =
    request.outputSchema === undefined ? undefined : await readOutputSchema(resolve(terminal.cwd, request.outputSchema))
  const place = await placeOf(request, terminal.cwd)
  const input = await turnInput(prompt ?? '', request.images, {
    cwd: terminal.cwd,
    isRemote: request.remote !== undefined,
  })
  const client = await openSession({
    source: 'exec',
    clientName: 'gangway_exec',
    env: terminal.env,
    cwd: place.cwd ?? terminal.cwd,
    config: request.config,
    codexHome: request.codexHome,
    profile: request.profile,
    ignoresUserConfig: request.ignoreUserConfig,
    ignoresRules: request.ignoreRules,
    strictConfig: request.strictConfig,
    remote: request.remote,
    authTokenEnv: request.remoteAuthTokenEnv,
    authTokenFile: request.wsTokenFile,
    optOutNotifications: unwanted,
    reconnect: true,
    signal: interrupt,
  })
  try {
    if (!(await mayWork(client, request, place.cwd))) {
      streams.error.write(`${untrustedFolder}\n`)
      return ExitCode.failed
    }
    const opening = await openThread(client, await threadRequest(client, request, place), { signal: interrupt })
    const opened = reduceSession(emptySession, opening)
    if (opened.thread !== undefined) view.opened(opened.thread, prompt ?? reviewWords(request))
    // A fork without words is only made.
    if (prompt === undefined && request.command.type === 'fork') return ExitCode.done
    return await showTurn(client, opened, workOf(request, input, prompt, schema), {
      view,
      interrupt,
      keep: async (answer) => {
        if (request.outputLastMessage === undefined) return
        const file = resolve(terminal.cwd, request.outputLastMessage)
        await writeFile(file, answer ?? '')
        if (answer === undefined)
          streams.error.write(`Warning: no last agent message; wrote empty content to ${file}\n`)
      },
    })
  } finally {
    await client.shutdown({ timeoutMs: shutdownMs })
  }
}

/** What a turn is run with. */
interface TurnRunning {
  readonly view: ExecView
  readonly interrupt: AbortSignal
  /** Called with the answer of a turn that completed. */
  keep(answer: string | undefined): Promise<void>
}

/** @returns the exit code */
async function showTurn(
  client: AppServerClient,
  opened: SessionState,
  work: Work,
  { view, interrupt, keep }: TurnRunning,
): Promise<number> {
  try {
    const { turn, state } = await runTurn(client, opened, work, view, interrupt)
    const answer = lastAnswer(state, turn.id)
    if (turn.status === 'completed') await keep(answer)
    view.ended(turn, state, answer)
    if (turn.status === 'interrupted' && !interrupt.aborted) view.failed('the turn was interrupted elsewhere')
    return turn.status === 'completed' ? ExitCode.done : ExitCode.failed
  } catch (error) {
    view.failed(failureWords(error))
    return ExitCode.failed
  }
}

/** What is to be said; undefined where nothing has to be. */
async function promptOf({ command, prompt }: ExecRequest, streams: ExecStreams): Promise<string | undefined> {
  if (prompt === undefined && (command.type === 'fork' || command.type === 'review')) return undefined
  return readPrompt(prompt, streams.input, { appends: command.type === 'new' })
}

function workOf(
  { command }: ExecRequest,
  input: Extract<Work, { type: 'words' }>['input'],
  prompt: string | undefined,
  outputSchema: unknown,
): Work {
  return command.type === 'review'
    ? { type: 'review', choice: command.choice, prompt: prompt ?? '' }
    : { type: 'words', input, outputSchema }
}

function reviewWords({ command }: ExecRequest): string {
  if (command.type !== 'review') return ''
  const { choice } = command
  switch (choice.type) {
    case 'uncommittedChanges':
      return 'current changes'
    case 'baseBranch':
      return `changes against ${choice.branch}`
    case 'commit':
      return `commit ${choice.sha}${choice.title === null ? '' : `: ${choice.title}`}`
    case 'custom':
      return ''
    default:
      return choice satisfies never
  }
}

/** @throws Error that names a folder that is not there */
async function placeOf(request: ExecRequest, here: string): Promise<Place> {
  if (request.remote !== undefined) return { cwd: request.cd, addDirs: request.addDirs }
  const cwd = request.cd === undefined ? here : await folder('-C', resolve(here, request.cd))
  return { cwd, addDirs: request.addDirs.map((dir) => resolve(cwd, dir)) }
}

async function folder(flag: string, path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() !== true) throw new Error(`${flag} ${path}: no such folder`)
  return realpath(path)
}

/** Whether somebody has agreed that an agent works here: it is a repository, or was said so. */
async function mayWork(client: AppServerClient, request: ExecRequest, cwd: string | undefined): Promise<boolean> {
  if (cwd === undefined) return true
  const isAsked = !request.skipGitRepoCheck && !request.bypass
  if (!isAsked && !request.trust) return true
  const root = await repositoryRoot(client, cwd)
  if (isAsked && root === undefined) return false
  if (request.trust) await trustProject(client, root ?? cwd, cwd)
  return true
}

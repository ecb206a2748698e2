import { ServerError, TransportError } from '@gangway/client'
import { ExitCode } from '../exit-codes.js'
import { viewOf } from '../import/view.js'
import { openSession } from '../session/open-session.js'
import { onInterrupt } from '../terminal/interrupt.js'
import type { Terminal } from '../terminal/terminal.js'
import { changeThreads, deleteThreads, renameThread } from './change-threads.js'
import { NoSuchThread } from './find-thread.js'
import { exportThread, listThreads, showThread, type ThreadsRun } from './read-threads.js'
import { shortId, titleOf } from './thread-words.js'
import { type RawThreadsOptions, readThreadsRequest, type ThreadsRequest } from './threads-options.js'

/**
 * Runs `gangway threads`: finds threads, shows them, and puts them in order.
 *
 * @param action undefined: `list`
 * @returns the exit code: 1 when a thread is not there, or is meant by a word that means several, or the server refuses
 * @throws UsageError for a wrong command line, and when a person has to be asked and cannot be
 */
export async function runThreads(
  action: string | undefined,
  words: readonly string[],
  options: RawThreadsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { cwd, env } = terminal
  const request = readThreadsRequest(action ?? 'list', words, options, { cwd, nowMs: Date.now() })
  const isJson = options.json === true
  const interrupt = onInterrupt(terminal)
  try {
    await using client = await openSession({
      source: 'cli',
      clientName: 'gangway',
      env,
      cwd,
      codexHome: options.codexHome,
      remote: options.remote,
      authTokenEnv: options.remoteAuthTokenEnv,
      signal: interrupt.signal,
    })
    const run = { client, terminal, view: viewOf(terminal), isJson, signal: interrupt.signal }
    return await perform(request, run, options)
  } catch (error) {
    if (interrupt.signal.aborted) return ExitCode.interrupted
    if (!isExpected(error)) throw error
    tell(error, isJson, terminal)
    return ExitCode.failed
  } finally {
    interrupt.release()
  }
}

function perform(request: ThreadsRequest, run: ThreadsRun, options: RawThreadsOptions): Promise<ExitCode> {
  switch (request.action) {
    case 'list':
      return listThreads(run, request.filter, undefined)
    case 'search':
      return listThreads(run, request.filter, request.text)
    case 'show':
      return showThread(run, request.thread, request.turns)
    case 'export':
      return exportThread(run, request)
    case 'rename':
      return renameThread(run, request.thread, request.name)
    case 'archive':
    case 'unarchive':
      return changeThreads(run, request.action, request.threads)
    case 'delete':
      return deleteThreads(run, request.threads, options.yes === true)
    default:
      throw new Error(`no such action: ${(request satisfies never as { action: string }).action}`)
  }
}

type Expected = NoSuchThread | ServerError | TransportError

function isExpected(error: unknown): error is Expected {
  return error instanceof NoSuchThread || error instanceof ServerError || error instanceof TransportError
}

function tell(error: Expected, isJson: boolean, terminal: Terminal): void {
  const candidates = error instanceof NoSuchThread ? error.candidates : []
  if (isJson) {
    const named = candidates.map(({ id, name, preview }) => ({ id, name: name ?? null, preview }))
    const body = { message: error.message, ...(error instanceof NoSuchThread && { candidates: named }) }
    terminal.print([JSON.stringify({ error: body }, null, 2)])
    return
  }
  const shown = candidates.slice(0, shownCandidates).map((thread) => {
    const isShortEnough = candidates.every((other) => other === thread || shortId(other) !== shortId(thread))
    return `  ${isShortEnough ? shortId(thread) : thread.id}  ${titleOf(thread)}\n`
  })
  const more = candidates.length > shownCandidates ? `  … and ${candidates.length - shownCandidates} more\n` : ''
  terminal.printError(`gangway: ${error.message}\n${shown.join('')}${more}`)
}

const shownCandidates = 8

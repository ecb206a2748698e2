import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AppServerClient } from '@gangway/client'
import { ExitCode } from '../exit-codes.js'
import { shownPath, type View } from '../import/view.js'
import type { Terminal } from '../terminal/terminal.js'
import { jsonPieces, markdownPieces } from './export-thread.js'
import { findThreads } from './find-thread.js'
import { threadLines } from './list-view.js'
import { showLines } from './show-view.js'
import { threadPages } from './thread-pages.js'
import { lastTurns, turnsOf } from './thread-turns.js'
import type { ThreadFilter, ThreadsRequest } from './threads-options.js'

/** What every action on threads works with. */
export interface ThreadsRun {
  readonly client: AppServerClient
  readonly terminal: Terminal
  readonly view: View
  /** One JSON document on standard output, and nothing else. */
  readonly isJson: boolean
  readonly signal: AbortSignal
}

/** Prints the threads that `filter` means; with `text`, those that hold it. */
export async function listThreads(run: ThreadsRun, filter: ThreadFilter, text: string | undefined): Promise<ExitCode> {
  const { client, terminal, view, isJson, signal } = run
  const page = await threadPages(client, filter, text, signal)
  if (isJson) {
    const threads = page.found.map(({ thread, snippet }) => {
      const { turns: _none, ...facts } = thread
      return snippet === undefined ? facts : { ...facts, snippet }
    })
    terminal.print([JSON.stringify({ threads, nextCursor: page.nextCursor }, null, 2)])
    return ExitCode.done
  }
  const more = text === undefined ? 'gangway threads list' : `gangway threads search '${text.replaceAll("'", "'\\''")}'`
  terminal.print(threadLines(page, view, { nowMs: Date.now(), more }))
  return ExitCode.done
}

/** Prints what a thread is, and its last turns. */
export async function showThread(run: ThreadsRun, word: string, count: number): Promise<ExitCode> {
  const { client, terminal, view, isJson, signal } = run
  const [thread] = await findThreads(client, [word], signal)
  const last = await lastTurns(client, thread!, count, signal)
  const { turns: _none, ...facts } = thread!
  if (isJson) terminal.print([JSON.stringify({ thread: facts, turns: last.turns, isAll: last.isAll }, null, 2)])
  else terminal.print(showLines(thread!, last, view))
  return ExitCode.done
}

/** Writes a thread out, to a file or to standard output, as it comes. */
export async function exportThread(
  run: ThreadsRun,
  request: Extract<ThreadsRequest, { action: 'export' }>,
): Promise<ExitCode> {
  const { client, terminal, view, isJson, signal } = run
  const { output } = request
  const [thread] = await findThreads(client, [request.thread], signal)
  const turns = turnsOf(client, thread!, signal)
  const pieces = request.format === 'json' ? jsonPieces(thread!, turns) : markdownPieces(thread!, turns)
  if (output === undefined) {
    for await (const piece of pieces) terminal.print([piece.replace(/\n$/, '')])
    return ExitCode.done
  }
  await pipeline(Readable.from(pieces), createWriteStream(output), { signal })
  if (isJson) terminal.print([JSON.stringify({ id: thread!.id, path: output, format: request.format }, null, 2)])
  else terminal.print([`Written: ${shownPath(output, view)}`])
  return ExitCode.done
}

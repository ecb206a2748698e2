import type { Thread } from '@gangway/protocol'
import { ExitCode, UsageError } from '../exit-codes.js'
import { counted } from '../import/view.js'
import { findThreads } from './find-thread.js'
import type { ThreadsRun } from './read-threads.js'
import { shortId, titleOf } from './thread-words.js'
import { sourceWords } from './threads-words.js'

/** Gives a thread another name. */
export async function renameThread(run: ThreadsRun, word: string, name: string): Promise<ExitCode> {
  const { client, terminal, isJson, signal } = run
  const [thread] = await findThreads(client, [word], signal)
  await client.request('thread/name/set', { threadId: thread!.id, name }, { signal })
  terminal.print(isJson ? [JSON.stringify({ renamed: { id: thread!.id, name } }, null, 2)] : [`Renamed: ${name}`])
  return ExitCode.done
}

/** Puts threads away, or takes them back, one after the other. Nothing is done when one of the words names none. */
export async function changeThreads(
  run: ThreadsRun,
  action: 'archive' | 'unarchive',
  words: readonly string[],
): Promise<ExitCode> {
  const { client, terminal, isJson, signal } = run
  const threads = unique(await findThreads(client, words, signal))
  const done = action === 'archive' ? 'archived' : 'unarchived'
  for (const thread of threads) {
    await client.request(`thread/${action}`, { threadId: thread.id }, { signal })
    if (!isJson) terminal.print([`${action === 'archive' ? 'Archived' : 'Taken back'}: ${titleOf(thread)}`])
  }
  if (isJson) terminal.print([JSON.stringify({ [done]: threads.map(({ id }) => id) }, null, 2)])
  return ExitCode.done
}

/**
 * Removes threads from the disk, once the person has said so: there is no way back.
 *
 * @throws UsageError when nobody can be asked
 */
export async function deleteThreads(run: ThreadsRun, words: readonly string[], yes: boolean): Promise<ExitCode> {
  const { client, terminal, isJson, signal } = run
  if (!yes && (isJson || !terminal.interactive)) {
    throw new UsageError(
      'threads delete: there is no way back, and no terminal to ask on; use --yes, or archive instead',
    )
  }
  const threads = unique(await findThreads(client, words, signal))
  if (!yes && !(await isWanted(run, threads))) return ExitCode.interrupted
  for (const thread of threads) {
    await client.request('thread/delete', { threadId: thread.id }, { signal })
    if (!isJson) terminal.print([`Deleted: ${titleOf(thread)}`])
  }
  if (isJson) terminal.print([JSON.stringify({ deleted: threads.map(({ id }) => id) }, null, 2)])
  return ExitCode.done
}

async function isWanted({ client, terminal, signal }: ThreadsRun, threads: readonly Thread[]): Promise<boolean> {
  let below = 0
  for (const { id } of threads) {
    const params = { ancestorThreadId: id, limit: 100, sourceKinds: [...sourceWords], modelProviders: [] }
    below += (await client.request('thread/list', params, { signal })).data.length
  }
  const agents =
    below === 0 ? '' : ` and ${counted(below, 'thread')} of ${threads.length === 1 ? 'its' : 'their'} agents`
  terminal.print(threads.map((thread) => `  ${shortId(thread)}  ${titleOf(thread)}`))
  const { confirm, isCancel } = await import('@clack/prompts')
  const message = `Delete ${counted(threads.length, 'thread')}${agents} from the disk, for good?`
  const answer = await confirm({ message, initialValue: false })
  return !isCancel(answer) && answer
}

/** Two words may mean the same thread. */
function unique(threads: readonly Thread[]): readonly Thread[] {
  return [...new Map(threads.map((thread) => [thread.id, thread])).values()]
}

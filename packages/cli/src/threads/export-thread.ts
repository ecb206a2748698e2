import type { Thread, Turn } from '@gangway/protocol'
import { itemMarkdown } from './item-markdown.js'
import { minuteOf } from './time-words.js'

/** A thread as Markdown, piece by piece: what it is, then its turns. Ends with a line end. */
export async function* markdownPieces(thread: Thread, turns: AsyncIterable<Turn>): AsyncIterable<string> {
  const title = (thread.name ?? '').trim() || thread.preview.trim().split('\n', 1)[0] || 'A thread without words'
  const facts = [
    `- Thread \`${thread.id}\``,
    `- Folder \`${thread.cwd}\`${thread.gitInfo?.branch ? `, branch \`${thread.gitInfo.branch}\`` : ''}`,
    `- Model ${thread.model ?? 'unknown'}, of ${thread.modelProvider}`,
    `- ${minuteOf(thread.createdAt)} to ${minuteOf(thread.updatedAt)}`,
  ]
  yield `# ${title.replace(/\s+/g, ' ')}\n\n${facts.join('\n')}\n`
  let count = 0
  for await (const turn of turns) {
    count += 1
    const when = turn.startedAt == null ? '' : ` · ${minuteOf(turn.startedAt)}`
    const ended = turn.status === 'completed' ? '' : ` · ${turn.status}`
    const items = turn.items.map(itemMarkdown).filter((text) => text !== '')
    const error = turn.error == null ? [] : [`*Failed: ${turn.error.message}*`]
    yield `\n${[`## Turn ${count}${when}${ended}`, ...items, ...error].join('\n\n')}\n`
  }
}

/** A thread as one JSON document `{ thread, turns }` in the protocol's words, piece by piece. Ends with a line end. */
export async function* jsonPieces(thread: Thread, turns: AsyncIterable<Turn>): AsyncIterable<string> {
  const { turns: _none, ...facts } = thread
  yield `{\n"thread": ${JSON.stringify(facts)},\n"turns": [`
  let separator = '\n'
  for await (const turn of turns) {
    yield `${separator}${JSON.stringify(turn)}`
    separator = ',\n'
  }
  yield separator === '\n' ? ']\n}\n' : '\n]\n}\n'
}

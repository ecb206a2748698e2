import type { Conversation } from './conversation.js'
import { safeText } from './view/measure.js'
import type { Completion } from './view/view.js'

/** Files that are offered at once. */
const maxFiles = 20

/** Files of the thread's folder whose path fits, found by the server. Empty where it cannot look. */
export function fileCompletions(conversation: Conversation) {
  return async (query: string, signal: AbortSignal): Promise<readonly Completion[]> => {
    const cwd = conversation.state.thread?.cwd
    if (cwd === undefined) return []
    try {
      const params = { query, roots: [cwd], cancellationToken: 'composer' }
      const { files } = await conversation.client.request('fuzzyFileSearch', params, { signal })
      return files.slice(0, maxFiles).map(({ path }) => ({ value: path, label: safeText(path) }))
    } catch {
      return []
    }
  }
}

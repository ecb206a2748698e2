import { FileSearch } from '../file-search/search-files.js'
import { AnswerThen, type Handlers, type RequestContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'

/** A search that goes on as its query grows. */
interface Session {
  readonly roots: readonly string[]
  /** Counts queries; only the newest is told of. */
  newest: number
}

/** Finding files by parts of their names. Source: reference 0.169.0, its notifications and refusals (I12: its spelling). */
export function fileSearchHandlers(): Handlers {
  const search = new FileSearch()
  const newestOf = new Map<string, symbol>()
  const sessions = new WeakMap<RequestContext, Map<string, Session>>()

  function session(client: RequestContext, id: string): Session {
    const found = sessions.get(client)?.get(id)
    if (found === undefined) throw invalidRequest(`fuzzy file search session not found: ${id}`)
    return found
  }

  return {
    // A search with the token of an earlier one takes its place; the earlier one finds nothing then.
    async fuzzyFileSearch({ query, roots, cancellationToken }) {
      if (typeof cancellationToken !== 'string') return { files: await search.find(query, roots) }
      const own = Symbol(cancellationToken)
      newestOf.set(cancellationToken, own)
      const files = await search.find(query, roots, () => newestOf.get(cancellationToken) !== own)
      if (newestOf.get(cancellationToken) === own) newestOf.delete(cancellationToken)
      return { files }
    },

    'fuzzyFileSearch/sessionStart'({ sessionId, roots }, client) {
      if (sessionId === '') throw invalidRequest('sessionId must not be empty')
      const own = sessions.get(client) ?? new Map<string, Session>()
      sessions.set(client, own)
      own.set(sessionId, { roots, newest: 0 })
      return {}
    },

    'fuzzyFileSearch/sessionUpdate'({ sessionId, query }, client) {
      const found = session(client, sessionId)
      found.newest += 1
      const turn = found.newest
      const isOff = () => found.newest !== turn || sessions.get(client)?.get(sessionId) !== found
      return new AnswerThen({}, async () => {
        const files = await search.find(query, found.roots, isOff)
        if (isOff()) return
        await client.emit('fuzzyFileSearch/sessionUpdated', { sessionId, query, files })
        await client.emit('fuzzyFileSearch/sessionCompleted', { sessionId })
      })
    },

    'fuzzyFileSearch/sessionStop'({ sessionId }, client) {
      sessions.get(client)?.delete(sessionId)
      return {}
    },
  }
}

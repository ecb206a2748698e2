import type { WordSource } from '../commands/command-table.js'
import { codexHomeOf } from '../session/codex-home.js'
import { openSession } from '../session/open-session.js'
import type { Terminal } from '../terminal/terminal.js'

/** Words of a list on one screen of completions. */
const mostWords = 100

/** Ids that complete a word, newest first: of imports and undos, or of threads. None when they cannot be had. */
export async function completionWords(source: WordSource, terminal: Terminal): Promise<readonly string[]> {
  const { env, cwd } = terminal
  try {
    const codexHome = codexHomeOf({}, terminal)
    await using client = await openSession({ source: 'cli', clientName: 'gangway', env, cwd, codexHome })
    if (source === 'threads') {
      const params = { limit: mostWords, sortKey: 'updated_at', modelProviders: [] } as const
      return (await client.request('thread/list', params)).data.map(({ id }) => id)
    }
    const { listedImports } = await import('../import/records/list-view.js')
    const imports = listedImports(await client.request('externalAgentConfig/import/readHistories', undefined))
    return imports.map(({ id }) => id).slice(0, mostWords)
  } catch {
    return []
  }
}

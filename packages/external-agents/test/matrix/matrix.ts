import { join } from 'node:path'
import { accountOf, assertAccounted } from '../../src/accounting.js'
import { planImport } from '../../src/plan.js'
import { readerOf, resultOrder, sources } from '../../src/registry.js'
import type { Source } from '../../src/source.js'
import type { AccountFact, MigrationItemType } from '../../src/wire.js'
import { SAMPLE } from '../core/claude-home.js'
import { type TreeNode, tempTree } from '../core/temp-tree.js'
import { richCursor } from '../cursor/rich-cursor.js'

/** A home and a repository for each source, with something of every kind that it has. */
const HOMES: { readonly [sourceId: string]: { readonly [path: string]: TreeNode } } = {
  'claude-code': SAMPLE,
  cursor: { ...richCursor, 'repo/.git/HEAD': 'x\n' },
}

/** What of every kind of every source comes over, as a table in Markdown: facts of a home and a repository, by their fates. */
export async function matrix(): Promise<string> {
  const columns = await Promise.all(sources.map(async (source) => ({ source, facts: await factsOf(source) })))
  const head = `| kind | ${sources.map(({ displayName }) => displayName).join(' | ')} |`
  const rows = resultOrder.map((itemType) => {
    const cells = columns.map(({ source, facts }) => cellOf(itemType, source, facts))
    return `| ${itemType} | ${cells.join(' | ')} |`
  })
  return [head, `| --- |${' --- |'.repeat(sources.length)}`, ...rows].join('\n')
}

async function factsOf(source: Source): Promise<readonly AccountFact[]> {
  const root = tempTree(HOMES[source.id])
  const home = join(root, 'home')
  const context = { source, env: {}, userHome: home, cwd: root, codexHome: join(home, '.codex') }
  const readers = source.readers.filter(({ itemType }) => itemType !== 'PLUGINS' && itemType !== 'MEMORY')
  const items = [null, join(root, 'repo')].flatMap((cwd) =>
    readers.map(({ itemType }) => ({ itemType, description: '', cwd, details: null })),
  )
  const plan = await planImport(items, { ...context, options: { onConflict: 'default', copySecrets: false } })
  assertAccounted(plan)
  return accountOf(plan).facts
}

const FATES: readonly (readonly [AccountFact['fate'], string])[] = [
  ['mapped', 'as they were'],
  ['rewritten', 'rewritten'],
  ['needs-action', 'to act on'],
  ['dropped', 'left'],
]

function cellOf(itemType: MigrationItemType, source: Source, facts: readonly AccountFact[]): string {
  if (itemType === 'SESSIONS') return source.sessions ? 'yes: as threads' : 'no'
  if (!readerOf(source, itemType)) return 'no'
  const mine = facts.filter((fact) => fact.itemType === itemType)
  const parts = FATES.flatMap(([fate, word]) => {
    const count = mine.filter((fact) => fact.fate === fate).length
    return count === 0 ? [] : [`${count} ${word}`]
  })
  return parts.length === 0 ? 'yes' : `yes: ${mine.length} facts, ${parts.join(', ')}`
}

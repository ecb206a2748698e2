import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountOf, assertAccounted } from '../../src/accounting.js'
import { planImport } from '../../src/plan.js'
import { cursor } from '../../src/sources/cursor/index.js'
import { type CursorHome, cursorHome } from './cursor-home.js'
import { richCursor } from './rich-cursor.js'

const KINDS = ['CONFIG', 'MCP_SERVER_CONFIG', 'HOOKS', 'SKILLS', 'COMMANDS', 'SUBAGENTS', 'AGENTS_MD'] as const

async function planOf(home: CursorHome) {
  const context = { source: cursor, env: {}, userHome: home.home, cwd: home.root, codexHome: home.codexHome }
  const items = [null, home.repository].flatMap((cwd) =>
    KINDS.map((itemType) => ({ itemType, description: '', cwd, details: null })),
  )
  return planImport(items, { ...context, options: { onConflict: 'default', copySecrets: false } })
}

/** Fates by the end of the fact's id; `needs-action` as `!`. */
async function fatesOf(itemType: string): Promise<{ [fact: string]: string }> {
  const home = cursorHome(richCursor)
  const { facts } = accountOf(await planOf(home))
  const mine = facts.filter((fact) => fact.itemType === itemType)
  return Object.fromEntries(
    mine.map(({ id, fate, reason }) => [
      id.replace(home.repository, 'repo').replaceAll('.cursor/', ''),
      `${fate === 'needs-action' ? '!' : fate}${reason ? `:${reason.code}` : ''}`,
    ]),
  )
}

describe('what Cursor keeps', () => {
  it('A23: every fact of a rich home and repository has exactly one fate', async () => {
    const plan = await planOf(cursorHome(richCursor))

    assertAccounted(plan)
    const account = accountOf(plan)
    expect(account.facts.filter(({ reason }) => reason?.code === 'not-considered')).toEqual([])
    expect(account.facts.length).toBe(plan.items.flatMap(({ facts }) => facts).length)
    expect(Object.values(account.counts).every((count) => count > 0)).toBe(true)
  })

  it.each(KINDS)('%s: says of every fact what became of it', async (itemType) => {
    expect(await fatesOf(itemType)).toMatchSnapshot()
  })

  it('A16: writes the tree that the account promises, and a second look finds nothing', async () => {
    const home = cursorHome(richCursor)
    const before = treeOf(home.root, '.cursor')

    const results = await home.import(await home.items())

    expect(results.flatMap(({ rawErrors }) => rawErrors)).toEqual([])
    expect(treeOf(home.root, '.cursor')).toEqual(before)
    expect({
      home: { ...treeOf(join(home.home, '.codex'), 'gangway', false), ...treeOf(join(home.home, '.agents'), '', true) },
      repository: treeOf(home.repository, '.cursor', false),
    }).toMatchSnapshot()
    expect(await home.items()).toEqual([])
  })
})

/** Texts of the files below a folder. @param part only files with this in their path (`only`), or all without */
function treeOf(root: string, part: string, only = true): { [path: string]: string } {
  if (!existsSync(root)) return {}
  const files = readdirSync(root, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return Object.fromEntries(
    paths
      .filter((path) => part === '' || path.slice(root.length).includes(`/${part}/`) === only)
      .map((path) => [
        path.slice(root.length + 1),
        readFileSync(path, 'utf8').replaceAll(root.replace(/\/home\/\.(?:codex|agents)$|\/repo$/, ''), '<root>'),
      ]),
  )
}

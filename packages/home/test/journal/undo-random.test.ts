import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Change, homeLayout } from '@gangway/home'
import { applyChange, openJournal, parseJson, parseToml, reverseImport } from '@gangway/home/editing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestOf, readIfThere } from '../../src/files/digest.js'
import { temporaryFolder, treeOf, write } from '../folder.js'

const runs = { numRuns: 40 }
const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'deep er', 'ünï')

/** What was in a home before anything was imported. */
const home = fc.record({
  config: fc.option(
    fc.constantFrom('# mine\nmodel = "m" # keep\n', 'a = 1', '\uFEFFx = 1\r\n[t]\r\ny = [1,\r\n 2]\r\n', ''),
  ),
  hooks: fc.option(
    fc.constantFrom('{}\n', '{ "hooks": { "Stop": [ { "mine": 1 } ] } }', '{\n  // why\n  "hooks": {}\n}\n'),
  ),
  agents: fc.option(fc.constantFrom('my rules\n', 'a\r\nb', '# one\n\ntwo\n')),
  skill: fc.option(word),
})
type Home = typeof home extends fc.Arbitrary<infer T> ? T : never

/** Things of one import, small enough to meet those of another. */
const things = fc.record({
  servers: fc.uniqueArray(word, { maxLength: 3 }),
  hooks: fc.array(word, { maxLength: 2 }),
  section: fc.option(word),
  skills: fc.uniqueArray(word, { maxLength: 2 }),
  roles: fc.uniqueArray(word, { maxLength: 2 }),
})
type Things = typeof things extends fc.Arbitrary<infer T> ? T : never

function person({ config, hooks, agents, skill }: Home) {
  const root = temporaryFolder()
  const layout = homeLayout(join(root, '.codex'))
  mkdirSync(layout.root)
  if (config !== null) write(layout.configToml, config, 0o600)
  if (hooks !== null) write(layout.hooksJson, hooks)
  if (agents !== null) write(layout.agentsMd, agents)
  if (skill !== null) write(join(layout.skillsDir, skill, 'mine.sh'), 'm', 0o755)
  return { root, layout }
}

type Person = ReturnType<typeof person>

function changesOf({ layout }: Person, things: Things, name: string): Change[] {
  const agents = readIfThere(layout.agentsMd)?.toString() ?? ''
  const replaces = agents === '' ? {} : { replaces: digestOf(agents) }
  return [
    ...things.servers.map(
      (server): Change => ({
        type: 'mergeToml',
        path: layout.configToml,
        patch: { mcp_servers: { [`${name}-${server}`]: { command: server, args: ['x'] } } },
      }),
    ),
    ...things.hooks.map(
      (hook): Change => ({
        type: 'mergeJson',
        path: layout.hooksJson,
        patch: { hooks: { Stop: { $append: [{ by: name, hook }] } } },
      }),
    ),
    ...(things.section === null || readIfThere(layout.agentsMd)?.length === 0
      ? []
      : [
          {
            type: 'writeFile' as const,
            path: layout.agentsMd,
            content: `${agents}\n<!-- ${name} -->\n${things.section}\n<!-- end ${name} -->\n`,
            ...replaces,
          },
        ]),
    ...things.skills.map(
      (skill): Change => ({
        type: 'copyTree',
        path: join(layout.skillsDir, skill),
        files: [
          { relativePath: 'SKILL.md', content: `# ${name} ${skill}` },
          { relativePath: 'a/b', content: 'b', mode: 0o755 },
        ],
        replace: true,
      }),
    ),
    ...things.roles.map(
      (role): Change => ({
        type: 'writeFile',
        path: join(layout.agentsDir, `${name}-${role}.toml`),
        content: `name = "${role}"\n`,
      }),
    ),
  ]
}

async function bring(who: Person, importId: string, things: Things): Promise<void> {
  const changes = changesOf(who, things, importId)
  const journal = openJournal(who.layout, importId)
  const steps = journal.begin(changes)
  for (const [index, change] of changes.entries()) {
    const step = steps[index]
    if (step) await applyChange(change, { roots: [who.root], locksDir: who.layout.locksDir, step })
  }
  journal.finish()
}

/** Undone, undone again, and so on: gives the tree after each. */
async function backAndForth({ layout, root }: Person, importId: string) {
  const trees: ReturnType<typeof treeOf>[] = []
  let id = importId
  for (let turn = 0; turn < 3; turn++) {
    const report = await reverseImport(layout, id)
    expect(report.kept).toEqual([])
    id = report.undoId ?? id
    trees.push(treeOf(root))
  }
  return trees
}

describe('undoing any import', { timeout: 60_000 }, () => {
  it('C9: gives the tree back byte for byte; undoing the undo gives the import back, and so on', async () => {
    await fc.assert(
      fc.asyncProperty(home, things, async (before, brought) => {
        const who = person(before)
        const first = treeOf(who.root)
        await bring(who, 'import-1', brought)
        const second = treeOf(who.root)

        if (second === first || changesOf(who, brought, 'x').length === 0) return
        expect(await backAndForth(who, 'import-1')).toEqual([first, second, first])
      }),
      runs,
    )
  })

  it('takes two imports back in either order', async () => {
    await fc.assert(
      fc.asyncProperty(home, things, things, fc.boolean(), async (before, one, other, isFirstFirst) => {
        const who = person(before)
        const first = treeOf(who.root)
        await bring(who, 'import-1', one)
        await bring(who, 'import-2', other)

        for (const id of isFirstFirst ? ['import-1', 'import-2'] : ['import-2', 'import-1'])
          await reverseImport(who.layout, id)

        expect(treeOf(who.root)).toEqual(first)
      }),
      runs,
    )
  })

  it('keeps every edit of the person, and takes everything else back', async () => {
    const edits = fc.subarray(['config', 'hooks', 'agents', 'skill', 'role', 'removed', 'mode'])
    await fc.assert(
      fc.asyncProperty(home, things, edits, async (before, brought, made) => {
        const who = person(before)
        const { layout } = who
        const untouched = treeOf(who.root)
        await bring(who, 'import-1', brought)
        const mine = editAs(who, brought, made)

        const report = await reverseImport(layout, 'import-1')

        const left = treeOf(who.root)
        for (const [path, text] of mine) expect(readIfThere(path)?.toString() ?? '').toContain(text)
        const touched = new Set(mine.map(([path]) => path))
        for (const [name, image] of Object.entries(untouched)) {
          const path = join(who.root, name)
          if (!touched.has(path) && !report.kept.some((kept) => kept.path === path || path.startsWith(`${kept.path}/`)))
            expect([name, left[name]]).toEqual([name, image])
        }
        expect(readIfThere(layout.configToml)?.toString() ?? '').not.toContain('import-1')
        parseToml(readIfThere(layout.configToml)?.toString() ?? '', 'config.toml')
        parseJson(readIfThere(layout.hooksJson)?.toString() ?? '', 'hooks.json', 'jsonc')

        if (report.undoId === null) return
        await reverseImport(layout, report.undoId)
        for (const [path, text] of mine) expect(readIfThere(path)?.toString() ?? '').toContain(text)
      }),
      runs,
    )
  })
})

/** What a person may do after an import. Gives, by path, what must not be lost. */
function editAs({ layout }: Person, { servers, roles, skills }: Things, made: readonly string[]): [string, string][] {
  const mine: [string, string][] = []
  if (made.includes('config') && readIfThere(layout.configToml)) {
    const text = readFileSync(layout.configToml, 'utf8')
    writeFileSync(
      layout.configToml,
      `${text.endsWith('\n') || text === '' ? text : `${text}\n`}[person]\nkey = "mine" # said\n`,
    )
    mine.push([layout.configToml, 'key = "mine" # said'])
  }
  if (made.includes('hooks') && readIfThere(layout.hooksJson)) {
    const text = readFileSync(layout.hooksJson, 'utf8')
    writeFileSync(
      layout.hooksJson,
      text.replace(/\}\s*$/, `${/[{,]\s*$/.test(text.replace(/\}\s*$/, '')) ? '' : ','}\n  "person": true\n}\n`),
    )
    mine.push([layout.hooksJson, '"person": true'])
  }
  if (made.includes('agents') && readIfThere(layout.agentsMd)) {
    appendFileSync(layout.agentsMd, '\nadded by me\n')
    mine.push([layout.agentsMd, 'added by me'])
  }
  const [skill] = skills
  if (made.includes('skill') && skill !== undefined)
    mine.push([write(join(layout.skillsDir, skill, 'notes'), 'my note'), 'my note'])
  const [role, other] = roles
  if (made.includes('role') && role !== undefined) {
    appendFileSync(join(layout.agentsDir, `import-1-${role}.toml`), 'model = "mine"\n')
    mine.push([join(layout.agentsDir, `import-1-${role}.toml`), 'model = "mine"'])
  }
  if (made.includes('removed') && other !== undefined) rmSync(join(layout.agentsDir, `import-1-${other}.toml`))
  if (made.includes('mode') && servers.length > 0) {
    chmodSync(layout.configToml, 0o640)
    mine.push([layout.configToml, ''])
  }
  return mine
}

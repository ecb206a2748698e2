import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountOf, assertAccounted } from '../../src/accounting.js'
import { planImport } from '../../src/plan.js'
import { claudeCode } from '../../src/sources/claude-code/index.js'
import type { ImportCompleted, MigrationItem } from '../../src/wire.js'
import { importAll, workplace } from '../core/claude-home.js'
import { snapshot } from '../core/snapshot.js'
import { configOf, inFolder, inRepository, marketplace, settings } from './claude-plugins.js'

/** Plugins in use from folders of every sort. */
function home() {
  const place = workplace({
    ...marketplace('home/mk-local', 'local-mk'),
    ...marketplace('home/mk-ext', 'ext-mk'),
    ...marketplace('home/mismatch', 'real-name'),
    ...marketplace('home/.claude/plugins/marketplaces/inst-mk', 'inst-mk'),
    'home/nomanifest/readme': 'x',
    'home/.claude/plugins/installed_plugins.json': JSON.stringify({
      version: 2,
      plugins: { 'alpha@local-mk': [], 'old@local-mk': [] },
    }),
    'home/.codex/config.toml': '# mine\nmodel = "x" # keep\n',
  })
  const at = (path: string) => join(place.home, path)
  const known = {
    'local-mk': inFolder(at('mk-local')),
    'inst-mk': { source: { source: 'npm', package: 'x' }, installLocation: at('.claude/plugins/marketplaces/inst-mk') },
    'nomf-mk': inFolder(at('nomanifest')),
    'name-mismatch': inFolder(at('mismatch')),
    'missing-dir': inFolder(at('not-there')),
    'unused-mk': inFolder(at('mk-ext')),
  }
  const enabled = {
    'alpha@local-mk': true,
    'beta@local-mk': false,
    'gone@local-mk': true,
    'nosuch@local-mk': true,
    'alpha@inst-mk': true,
    'alpha@nomf-mk': true,
    'alpha@name-mismatch': true,
    'alpha@missing-dir': true,
    'alpha@unknown-mk': true,
    'alpha@ext-mk': true,
    badid: true,
    'bad id@local-mk': true,
    'str@local-mk': 'true',
  }
  const tree = settings(enabled, known, { 'ext-mk': inFolder('./../mk-ext') })
  for (const [path, text] of Object.entries(tree)) writeFileSync(join(place.root, path), String(text))
  return place
}

const pluginsOf = (items: readonly MigrationItem[]) => items.find(({ itemType }) => itemType === 'PLUGINS')!
const groups = (item: MigrationItem) =>
  item.details?.plugins?.map(({ marketplaceName, pluginNames }) => [marketplaceName, ...pluginNames])
const results = ({ itemResults }: ImportCompleted) => itemResults?.find(({ itemType }) => itemType === 'PLUGINS')

describe('plugins from folders', () => {
  it('are offered by their marketplaces, in the order of their names', async () => {
    const { imports, home: folder } = home()

    const item = pluginsOf((await imports.detect({ includeHome: true })).items)

    expect(item).toMatchObject({
      description: `Migrate enabled plugins from ${folder}/.claude/settings.json`,
      cwd: null,
    })
    expect(groups(item)).toEqual([
      ['ext-mk', 'alpha'],
      ['inst-mk', 'alpha'],
      ['local-mk', 'alpha', 'gone', 'nosuch'],
      ['nomf-mk', 'alpha'],
      ['real-name', 'alpha'],
    ])
  })

  it('A18: one whose marketplace nobody knows is told when looking, and when importing', async () => {
    const { imports } = home()
    const { items, warnings } = await imports.detect({ includeHome: true })
    expect(warnings?.map(({ message }) => message)).toEqual([expect.stringContaining('alpha@unknown-mk')])

    const { completed } = await importAll(imports, { migrationItems: [pluginsOf(items)] })

    const skipped = results(completed)?.skipped.map(({ source, reason }) => `${source} ${reason}`)
    expect(skipped).toEqual(
      expect.arrayContaining([
        'alpha@unknown-mk no-marketplace-source',
        'alpha@missing-dir no-marketplace-source',
        'beta@local-mk not-in-use',
        'badid no-plugin-id',
      ]),
    )
  })

  it('are installed, and each that cannot be is a failure of its own', async () => {
    const { imports, codexHome, home: folder } = home()
    const { items } = await imports.detect({ includeHome: true })

    const { completed } = await importAll(imports, { migrationItems: [pluginsOf(items)] })

    const result = results(completed)
    expect(result?.successes.map(({ source, target }) => [source, target])).toEqual([
      ['alpha@ext-mk', 'alpha@ext-mk'],
      ['alpha@inst-mk', 'alpha@inst-mk'],
      ['alpha@local-mk', 'alpha@local-mk'],
      ['alpha@name-mismatch', 'alpha@real-name'],
    ])
    expect(result?.rawErrors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          source: 'gone@local-mk',
          failureStage: 'plugin_import',
          message: 'missing plugin.json',
        }),
        expect.objectContaining({
          source: 'nosuch@local-mk',
          errorType: 'plugin_not_found',
          message: 'plugin `nosuch` was not found in marketplace `local-mk`',
        }),
        expect.objectContaining({
          source: 'alpha@nomf-mk',
          errorType: null,
          message: `invalid marketplace file \`${folder}/nomanifest\`: marketplace root does not contain a supported manifest`,
        }),
      ]),
    )
    expect(result?.errorCount).toBe(3)
    const config = configOf(codexHome)
    expect(config).toContain('# mine\nmodel = "x" # keep\n')
    expect(config).toContain(`[marketplaces.local-mk]\nsource_type = "local"\nsource = "${folder}/mk-local"\n`)
    expect(config).toContain('[plugins."alpha@local-mk"]\nenabled = true\n')
    expect(config).not.toContain('nomf-mk')
    expect(existsSync(join(codexHome, 'plugins/cache/inst-mk/alpha/1.2.3/skills/s/SKILL.md'))).toBe(true)
  })

  it('B8: go by the name of their marketplace’s manifest, and are not offered again', async () => {
    const { imports, codexHome } = home()
    await importAll(imports, { migrationItems: (await imports.detect({ includeHome: true })).items })

    expect(configOf(codexHome)).toContain('[plugins."alpha@real-name"]')
    const again = pluginsOf((await imports.detect({ includeHome: true })).items)
    expect(groups(again)).toEqual([
      ['local-mk', 'gone', 'nosuch'],
      ['nomf-mk', 'alpha'],
    ])
  })

  it('keep their files as they are, and bring their commands as skills too', async () => {
    const { imports, codexHome } = home()
    await importAll(imports, { migrationItems: (await imports.detect({ includeHome: true })).items })

    const folder = join(codexHome, 'plugins/cache/local-mk/alpha/1.2.3')
    expect(readFileSync(join(folder, 'skills/s/SKILL.md'), 'utf8')).toContain('Use Claude')
    const skill = readFileSync(join(folder, '.codex-plugin/migrated-command-skills/source-command-x/SKILL.md'), 'utf8')
    expect(skill).toMatch(/^---\nname: "source-command-x"\ndescription: "x in Claude"\n---\n/)
    expect(skill).toContain('Do $ARGUMENTS in Claude')
    expect(skill).toContain('whatever the user wrote after')
  })

  it('C9: are undone byte for byte', async () => {
    const { imports, home: folder, codexHome } = home()
    const before = snapshot(folder)
    const { items } = await imports.detect({ includeHome: true })
    const { importId } = await importAll(imports, { migrationItems: items })
    expect(snapshot(folder)).not.toEqual(before)

    await imports.undo({ importId })

    rmSync(join(codexHome, 'gangway'), { recursive: true })
    expect(snapshot(folder)).toEqual(before)
  })

  it('are looked at: files, manifest, switch, marketplace and the programs of their servers', async () => {
    const { imports, codexHome, home: folder } = home()
    const servers = { mcpServers: { s: { command: 'no-such-program' }, own: { command: '${CLAUDE_PLUGIN_ROOT}/x' } } }
    writeFileSync(join(folder, 'mk-local/plugins/alpha/.mcp.json'), JSON.stringify(servers))
    const { items } = await imports.detect({ includeHome: true })
    const { importId } = await importAll(imports, { migrationItems: [pluginsOf(items)] })
    const cache = (id: string) => join(codexHome, 'plugins/cache', id)
    writeFileSync(join(cache('ext-mk/alpha'), '1.2.3/.claude-plugin/plugin.json'), '{')
    rmSync(cache('inst-mk/alpha'), { recursive: true })
    rmSync(join(folder, 'mismatch'), { recursive: true })

    const { items: looked } = await imports.verify({ importId })

    expect(looked.map(({ name, checks }) => [name, ...checks.map(({ code }) => code)])).toEqual([
      ['alpha@ext-mk', 'invalid'],
      ['alpha@inst-mk', 'missing'],
      ['alpha@local-mk', 'command-missing'],
      ['alpha@real-name', 'marketplace-gone'],
    ])
  })

  it('every fact of them has one fate', async () => {
    const { root, home: userHome, codexHome } = home()
    const context = { source: claudeCode, env: {}, userHome, cwd: root, codexHome }
    const options = { onConflict: 'default', copySecrets: false } as const
    const all = [{ marketplaceName: 'local-mk', pluginNames: ['alpha'] }]
    const items = [
      { itemType: 'PLUGINS', description: '', details: { plugins: all } },
      { itemType: 'CONFIG', description: '' },
    ] as MigrationItem[]

    const plan = await planImport(items, { ...context, options })

    assertAccounted(plan)
    const facts = plan.items[0]!.facts.map(({ id }) => id)
    expect(facts).toContain('home:.claude/settings.json#/enabledPlugins/alpha@local-mk')
    expect(facts).toContain('home:.claude/plugins/known_marketplaces.json#/unused-mk')
    expect(facts).toContain('home:.claude/plugins/installed_plugins.json#/plugins/old@local-mk')
    expect(accountOf(plan).facts.filter(({ reason }) => reason?.code === 'not-considered')).toEqual([])
    expect(plan.items[1]!.facts).toEqual([])
  })

  it('only those that were chosen are installed', async () => {
    const { imports, codexHome } = home()
    const plugins = [
      { marketplaceName: 'ext-mk', pluginNames: ['alpha', 'never'] },
      { marketplaceName: 'unknown-mk', pluginNames: ['alpha'] },
    ]

    const { completed } = await importAll(imports, {
      migrationItems: [{ itemType: 'PLUGINS', description: '', details: { plugins } }],
    })

    expect(results(completed)?.successes.map(({ target }) => target)).toEqual(['alpha@ext-mk'])
    expect(results(completed)?.rawErrors.map(({ source, message }) => [source, message])).toEqual([
      ['never@ext-mk', expect.any(String)],
      ['alpha@unknown-mk', 'external agent plugin marketplace source was not found: unknown-mk'],
    ])
    expect(configOf(codexHome)).not.toContain('local-mk')
  })

  it('failures of plugins stop nothing else', async () => {
    const { imports, root } = home()
    writeFileSync(join(root, 'home/.claude/CLAUDE.md'), 'words\n')
    const plugins = [{ marketplaceName: 'local-mk', pluginNames: ['gone'] }]

    const { completed } = await importAll(imports, {
      migrationItems: [
        { itemType: 'PLUGINS', description: '', details: { plugins } },
        { itemType: 'PLUGINS', description: '', cwd: root, details: { plugins } },
        { itemType: 'PLUGINS', description: '' },
        { itemType: 'AGENTS_MD', description: '' },
      ],
    })

    expect(results(completed)?.rawErrors.map(({ message }) => message)).toEqual([
      'missing plugin.json',
      'repository-scoped plugin migration is not allowed',
      'plugins migration item is missing details',
    ])
    expect(completed.itemResults?.find(({ itemType }) => itemType === 'AGENTS_MD')?.successCount).toBe(1)
  })

  it('a repository’s plugins are told with its settings', async () => {
    const { imports, repo } = workplace({
      'repo/.git/HEAD': '',
      'repo/.claude/settings.json': JSON.stringify({ enabledPlugins: { 'a@b': true }, env: { A: '1' } }),
    })
    const preview = await imports.preview({ migrationItems: [{ itemType: 'CONFIG', description: '', cwd: repo }] })

    expect(preview.account.facts.find(({ pointer }) => pointer.includes('enabledPlugins'))).toMatchObject({
      fate: 'needs-action',
      reason: { code: 'repository-plugins' },
    })
  })

  it('an address that git would run something for is no marketplace', async () => {
    const { imports } = workplace(settings({ 'a@b': true }, { b: inRepository('ext::sh -c x') }))
    expect((await imports.detect({ includeHome: true })).items).toEqual([])
  })
})

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type GitServer, gitEnvironment, startGitServer } from '../../../home/test/plugins/git-server.js'
import { ExternalAgentImports } from '../../src/imports.js'
import type { ImportCompleted, ImportProgress, MigrationItem } from '../../src/wire.js'
import { importAll, workplace } from '../core/claude-home.js'
import { snapshot } from '../core/snapshot.js'
import { configOf, inFolder, inRepository, marketplace, settings } from './claude-plugins.js'

/** The files of a repository that is a marketplace. */
const files = (name: string) =>
  Object.fromEntries(Object.entries(marketplace('.', name)).map(([path, text]) => [path.slice(2), text]))

async function place(make: (git: GitServer, home: string) => Parameters<typeof settings>) {
  const found = workplace({ ...marketplace('home/mk-local', 'local-mk'), 'home/.claude/CLAUDE.md': 'words\n' })
  const git = await startGitServer(found.root)
  for (const [path, text] of Object.entries(settings(...make(git, found.home)))) {
    const file = join(found.root, path)
    rmSync(file, { force: true })
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, String(text))
  }
  const imports = new ExternalAgentImports({
    codexHome: found.codexHome,
    env: { ...gitEnvironment(), HOME: found.home, CLAUDE_CONFIG_DIR: undefined },
    cwd: found.root,
    gitTimeoutMs: 20_000,
    onTrouble: (error) => found.troubles.push(error),
  })
  return { ...found, git, imports }
}

async function itemsOf(imports: ExternalAgentImports): Promise<readonly MigrationItem[]> {
  return (await imports.detect({ includeHome: true })).items
}

function later<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

const results = ({ itemResults }: ImportCompleted) => itemResults?.find(({ itemType }) => itemType === 'PLUGINS')

describe('plugins from repositories', () => {
  it('are fetched after the answer and after everything else; one completion waits for them', async () => {
    const { imports, codexHome, troubles } = await place((git, home) => [
      { 'alpha@shop': true, 'beta@shop': true, 'alpha@local-mk': true },
      { shop: inRepository(git.commit('shop', files('shop'))), 'local-mk': inFolder(join(home, 'mk-local')) },
    ])

    const { progress, completed } = await importAll(imports, { migrationItems: [...(await itemsOf(imports))] })

    const steps = progress.flatMap(({ itemResults }) =>
      (itemResults ?? []).map(({ itemType, successes }) => [itemType, successes.map(({ target }) => target)]),
    )
    expect(steps.filter(([itemType]) => itemType === 'PLUGINS')).toEqual([
      ['PLUGINS', ['alpha@local-mk']],
      ['PLUGINS', ['alpha@shop', 'beta@shop']],
    ])
    expect(steps.at(-1)?.[0]).toBe('PLUGINS')
    expect(results(completed)).toMatchObject({ successCount: 3, errorCount: 0 })
    expect(configOf(codexHome)).toContain('[marketplaces.shop]\nsource_type = "git"\n')
    expect(existsSync(join(codexHome, 'plugins/cache/shop/beta/local/.claude-plugin/plugin.json'))).toBe(true)
    expect(readdirSync(join(codexHome, 'gangway/fetched'))).toEqual([])
    expect(troubles).toEqual([])
    const left = (await itemsOf(imports)).filter(({ itemType }) => itemType === 'PLUGINS')
    expect(left).toEqual([])
  })

  it('C9: are undone with the rest of their import, byte for byte', async () => {
    const { imports, codexHome, home } = await place((git, folder) => [
      { 'alpha@shop': true, 'alpha@local-mk': true },
      { shop: inRepository(git.commit('shop', files('shop'))), 'local-mk': inFolder(join(folder, 'mk-local')) },
    ])
    writeFileSync(join(codexHome, 'config.toml'), '# mine\n')
    const before = snapshot(home)
    const { importId } = await importAll(imports, { migrationItems: [...(await itemsOf(imports))] })

    await imports.undo({ importId })

    rmSync(join(codexHome, 'gangway'), { recursive: true })
    expect(snapshot(home)).toEqual(before)
  })

  it('an undo keeps what somebody wrote between the local ones and those from repositories', async () => {
    const { imports, codexHome } = await place((git, folder) => [
      { 'alpha@shop': true, 'alpha@local-mk': true },
      { shop: inRepository(git.commit('shop', files('shop'))), 'local-mk': inFolder(join(folder, 'mk-local')) },
    ])
    const config = join(codexHome, 'config.toml')
    writeFileSync(config, '# mine\n')
    const migrationItems = [...(await itemsOf(imports))]
    const completed = later<ImportCompleted>()
    let hasWritten = false
    const { importId } = await imports.import(
      { migrationItems },
      {
        experimental: true,
        onProgress({ itemResults }: ImportProgress) {
          if (hasWritten || itemResults?.[0]?.itemType !== 'PLUGINS') return
          hasWritten = true
          writeFileSync(config, `${configOf(codexHome)}\n[tui]\ntheme = "theirs"\n`)
        },
        onCompleted: (end) => completed.resolve(end),
      },
    )
    await completed.promise
    expect(configOf(codexHome)).toContain('[marketplaces.shop]')

    await imports.undo({ importId })

    expect(configOf(codexHome)).toMatch(/^# mine\n\s*\[tui\]\ntheme = "theirs"\s*$/)
  })

  it('C12: each that cannot be fetched is a failure of its own, in one line; the others arrive', async () => {
    const { imports, codexHome } = await place((git) => [
      { 'alpha@none': true, 'alpha@shop': true, 'gone@shop': true, 'never@shop': true, 'alpha@hostile': true },
      {
        none: inRepository(`${git.url}/none.git`),
        shop: inRepository(git.commit('shop', files('shop'))),
        hostile: inRepository(
          git.commit('hostile', { ...files('x'), '.claude-plugin/marketplace.json': { name: '../x' } }),
        ),
      },
    ])

    const { completed } = await importAll(imports, { migrationItems: [...(await itemsOf(imports))] })

    const result = results(completed)
    expect(result?.successes.map(({ target }) => target)).toEqual(['alpha@shop'])
    const errors = Object.fromEntries(result?.rawErrors.map(({ source, message }) => [source, message]) ?? [])
    expect(errors).toEqual({
      'alpha@none': expect.stringMatching(/^[^\n]*none\.git[^\n]*not found[^\n]*$/),
      'alpha@hostile': expect.stringContaining('invalid marketplace name'),
      'gone@shop': 'missing plugin.json',
      'never@shop': 'plugin `never` was not found in marketplace `shop`',
    })
    expect(JSON.stringify(result?.rawErrors)).not.toContain('gangway/fetched')
    expect(readdirSync(join(codexHome, '.tmp/marketplaces')).sort()).toEqual(['shop'])
  })

  it('a server that never answers costs the time that was given, and fails its plugins', async () => {
    const found = await place((git) => [{ 'a@silent': true }, { silent: inRepository(git.silentUrl) }])
    const imports = new ExternalAgentImports({ ...found.imports.options, gitTimeoutMs: 500 })

    const { completed } = await importAll(imports, { migrationItems: [...(await itemsOf(imports))] })

    expect(results(completed)?.rawErrors).toMatchObject([{ source: 'a@silent', subErrorType: 'time_out' }])
    expect(completed.itemResults?.find(({ itemType }) => itemType === 'AGENTS_MD')?.successCount).toBe(1)
  })

  it('can be called off while they are fetched', async () => {
    const { imports, codexHome } = await place((git) => [{ 'a@silent': true }, { silent: inRepository(git.silentUrl) }])
    const completed = later<ImportCompleted>()
    const { importId } = await imports.import(
      { migrationItems: [...(await itemsOf(imports))] },
      {
        experimental: true,
        onProgress: ({ itemResults }) => {
          if (itemResults?.[0]?.itemType === 'PLUGINS') setTimeout(() => imports.cancel(importId), 200)
        },
        onCompleted: (end) => completed.resolve(end),
      },
    )

    expect(results(await completed.promise)?.rawErrors).toMatchObject([
      { source: 'a@silent', subErrorType: 'cancelled' },
    ])
    expect(readdirSync(join(codexHome, 'gangway/fetched'))).toEqual([])
  })

  it('other imports do not wait for them', async () => {
    const { imports } = await place((git) => [{ 'a@silent': true }, { silent: inRepository(git.silentUrl) }])
    const items = await itemsOf(imports)
    const ends: string[] = []
    const listener = (name: string) => ({
      experimental: true,
      onProgress: () => {},
      onCompleted: () => void ends.push(name),
    })
    const slow = await imports.import({ migrationItems: [...items] }, listener('slow'))
    const quick = importAll(imports, { migrationItems: [{ itemType: 'AGENTS_MD', description: '' }] })
    await quick

    expect(ends).toEqual([])
    imports.cancel(slow.importId)
    await imports.close()
    expect(ends).toEqual(['slow'])
  })

  it('a plugin of a marketplace in a folder may be in a repository itself', async () => {
    const { imports, codexHome, home, git } = await place((_, folder) => [
      { 'own@mixed': true },
      { mixed: inFolder(join(folder, 'mixed')) },
    ])
    const url = git.commit('own', { '.claude-plugin/plugin.json': { name: 'own', version: '7' } })
    const manifest = { name: 'mixed', plugins: [{ name: 'own', source: { source: 'url', url } }] }
    mkdirSync(join(home, 'mixed/.claude-plugin'), { recursive: true })
    writeFileSync(join(home, 'mixed/.claude-plugin/marketplace.json'), JSON.stringify(manifest))

    const { completed } = await importAll(imports, { migrationItems: [...(await itemsOf(imports))] })

    expect(results(completed)?.successes.map(({ target }) => target)).toEqual(['own@mixed'])
    expect(existsSync(join(codexHome, 'plugins/cache/mixed/own/7/.claude-plugin/plugin.json'))).toBe(true)
    expect(configOf(codexHome)).toContain('[marketplaces.mixed]\nsource_type = "local"\n')
  })
})

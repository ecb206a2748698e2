import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { marketplace, pluginsInUse } from '../fixtures/plugins.js'
import { lay, type Site } from '../support/fixture.js'
import { type Answer, type Json, Peer } from '../support/peer.js'
import { startPlainGitServer } from '../support/plain-git-server.js'
import { gangway, type Program, reference } from '../support/programs.js'
import { runImport } from '../support/run-import.js'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

function site(): Site {
  const made = lay(marketplace('home/shop', 'shop'))
  cleanUps.push(() => made.remove())
  return made
}

async function open(program: Program, { home, codexHome, root }: Site): Promise<Peer> {
  const peer = new Peer(program, { home, codexHome, cwd: root })
  cleanUps.push(() => peer.close())
  await peer.initialize()
  return peer
}

const manifestOf = ({ home }: Site) => path.join(home, 'shop/.claude-plugin/marketplace.json')

/** One conversation with a program: what it answers, places normalised, without what is only ours or only words. */
async function converse(program: Program, calls: (at: Site) => readonly (readonly [string, Json])[]) {
  const at = site()
  const peer = await open(program, at)
  const answers: unknown[] = []
  for (const [method, params] of calls(at)) {
    const { result, error } = await peer.request(method, params)
    answers.push(
      JSON.parse(at.normalise(JSON.stringify(error ? { code: error.code, message: error.message } : result))),
    )
  }
  const config = path.join(at.codexHome, 'config.toml')
  const toml = existsSync(config) ? at.normalise(readFileSync(config, 'utf8')).trim() : ''
  return { answers, toml, cache: installed(at.codexHome) }
}

function installed(codexHome: string): readonly string[] {
  const cache = path.join(codexHome, 'plugins/cache')
  if (!existsSync(cache)) return []
  const entries = readdirSync(cache, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map((entry) => path.relative(cache, path.join(entry.parentPath, entry.name))).sort()
}

describe('marketplaces and plugins', () => {
  it('are added, listed, read, installed and removed as the reference does, with the same files and configuration', async () => {
    const calls = (at: Site): readonly (readonly [string, Json])[] => {
      const about = (pluginName: string): Json => ({ marketplacePath: manifestOf(at), pluginName })
      return [
        ['plugin/list', {}],
        ['marketplace/add', { source: path.join(at.home, 'shop') }],
        ['marketplace/add', { source: path.join(at.home, 'shop') }],
        ['plugin/list', {}],
        ['plugin/installed', {}],
        ['plugin/read', about('alpha')],
        ['plugin/read', about('beta')],
        ['plugin/install', about('alpha')],
        ['plugin/install', about('beta')],
        ['plugin/installed', {}],
        ['plugin/installed', { installSuggestionPluginNames: ['part'] }],
        ['plugin/reconcile', {}],
        ['marketplace/upgrade', {}],
        ['plugin/uninstall', { pluginId: 'beta@shop' }],
        ['plugin/installed', {}],
        ['marketplace/remove', { marketplaceName: 'shop' }],
        ['plugin/list', {}],
      ]
    }
    const [theirs, ours] = [await converse(reference(), calls), await converse(gangway(), calls)]

    expect(ours.answers).toEqual(theirs.answers)
    expect(ours.toml).toBe(theirs.toml)
    expect(ours.cache).toEqual(theirs.cache)
  })

  it('are refused with the codes and words of the reference', async () => {
    const calls = (at: Site): readonly (readonly [string, Json])[] => {
      const about = (pluginName: string): Json => ({ marketplacePath: manifestOf(at), pluginName })
      return [
        ['marketplace/add', { source: '' }],
        ['marketplace/add', { source: 'not a source' }],
        ['marketplace/add', { source: 'file:///x' }],
        ['marketplace/add', { source: path.join(at.home, 'no') }],
        ['marketplace/add', { source: path.join(at.home, 'shop/plugins') }],
        ['marketplace/add', { source: path.join(at.home, 'shop'), refName: 'main' }],
        ['marketplace/add', { source: manifestOf(at) }],
        ['marketplace/remove', { marketplaceName: 'no' }],
        ['marketplace/remove', { marketplaceName: '../x' }],
        ['marketplace/upgrade', { marketplaceName: 'no' }],
        ['plugin/read', about('gone')],
        ['plugin/read', about('no')],
        ['plugin/install', about('gone')],
        ['plugin/install', about('outside')],
        ['plugin/install', about('closed')],
        ['plugin/install', { pluginName: 'x' }],
        ['plugin/install', { pluginName: 'x', remoteMarketplaceName: 'y' }],
        ['plugin/install', { pluginName: 'x', marketplacePath: path.join(at.home, 'no.json') }],
        ['plugin/install', { pluginName: 'x', marketplacePath: 'relative' }],
        ['plugin/read', { pluginName: 'x' }],
        ['plugin/uninstall', { pluginId: 'a b@c' }],
        ['plugin/uninstall', { pluginId: 'none@shop' }],
        ['plugin/uninstall', { pluginId: 'none' }],
      ]
    }
    const [theirs, ours] = [await converse(reference(), calls), await converse(gangway(), calls)]

    expect(ours.answers).toEqual(theirs.answers)
  })

  it.each([
    ['we have added, the reference lists, renews and removes', gangway(), reference()],
    ['the reference has added, we list, renew and remove', reference(), gangway()],
  ])('from a repository that %s', async (_title, first, second) => {
    const at = site()
    const git = await startPlainGitServer(path.join(at.home, 'shop'), path.join(at.root, 'state'))
    cleanUps.push(() => git.close())
    const one = await open(first, at)
    const marketplacePath = path.join(at.codexHome, '.tmp/marketplaces/shop/.claude-plugin/marketplace.json')
    expect((await one.request('marketplace/add', { source: git.url })).error).toBeUndefined()
    expect((await one.request('plugin/install', { marketplacePath, pluginName: 'alpha' })).error).toBeUndefined()
    await one.close()

    const other = await open(second, at)
    expect(plugins(await other.request('plugin/installed', {}))).toEqual(['alpha@shop 1.2.3 true'])
    const file = path.join(at.home, 'shop/plugins/alpha/.claude-plugin/plugin.json')
    writeFileSync(file, JSON.stringify({ name: 'alpha', version: '2.0.0' }))
    git.commit()
    const { result } = await other.request('marketplace/upgrade', { marketplaceName: 'shop' })
    expect(result).toMatchObject({ selectedMarketplaces: ['shop'], errors: [] })
    expect(plugins(await other.request('plugin/installed', {}))).toEqual(['alpha@shop 2.0.0 true'])
    expect((await other.request('plugin/uninstall', { pluginId: 'alpha@shop' })).error).toBeUndefined()
    expect((await other.request('marketplace/remove', { marketplaceName: 'shop' })).error).toBeUndefined()
    expect(installed(at.codexHome)).toEqual([])
    expect(existsSync(marketplacePath)).toBe(false)
  })
})

describe('plugins that come over', () => {
  it('are offered as the reference offers them, and the reference lists what we have installed', async () => {
    const [theirs, ours] = [await runImport(reference(), pluginsInUse), await runImport(gangway(), pluginsInUse)]
    cleanUps.push(
      () => theirs.site.remove(),
      () => ours.site.remove(),
    )
    const offered = (run: typeof ours) => run.items.find(({ itemType }) => itemType === 'PLUGINS')?.details?.plugins
    const records = (run: typeof ours) => {
      const { successes = [], failures = [] } = run.results.find(({ itemType }) => itemType === 'PLUGINS') ?? {}
      return [successes.map(({ target }) => target), failures.map(({ source, message }) => [source, message])]
    }

    expect(offered(ours)).toEqual(offered(theirs))
    expect(records(ours)).toEqual(records(theirs))
    expect(installed(ours.site.codexHome)).toEqual(installed(theirs.site.codexHome))
    const peer = await open(reference(), ours.site)
    expect(plugins(await peer.request('plugin/installed', {}))).toEqual([
      'beta@ext-mk null true',
      'alpha@local-mk 1.2.3 true',
    ])
  })
})

function plugins({ result }: Answer): readonly string[] {
  const marketplaces = (result?.marketplaces ?? []) as {
    plugins: { id: string; localVersion: string; enabled: boolean }[]
  }[]
  return marketplaces.flatMap((one) =>
    one.plugins.map(({ id, localVersion, enabled }) => `${id} ${localVersion} ${enabled}`),
  )
}

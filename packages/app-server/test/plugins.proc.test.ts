import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gitEnvironment, startGitServer } from '../../home/test/plugins/git-server.js'
import { introduction, type TestHome, testHome } from './support/homes.js'
import { transports } from './support/peer.js'

const ALPHA = {
  'plugins/alpha/.claude-plugin/plugin.json': {
    name: 'alpha',
    version: '1.0.0',
    description: 'first',
    keywords: ['k'],
  },
  'plugins/alpha/skills/s/SKILL.md': '---\nname: s\ndescription: does s\n---\nbody\n',
  'plugins/alpha/commands/x.md': '---\ndescription: x\n---\ndo x\n',
  'plugins/alpha/.mcp.json': { mcpServers: { server: { command: 'x' } } },
  'plugins/alpha/hooks/hooks.json': { hooks: { PreToolUse: [{ hooks: [{ type: 'command', command: 'x' }] }] } },
}
const MANIFEST = {
  '.claude-plugin/marketplace.json': {
    name: 'shop',
    interface: { displayName: 'The shop' },
    plugins: [
      { name: 'alpha', source: './plugins/alpha', category: 'Tools', policy: { authentication: 'ON_USE' } },
      { name: 'gone', source: './plugins/gone' },
    ],
  },
}

function lay(folder: string, files: { readonly [path: string]: unknown }): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
}

const withGit = (home: TestHome) => ({ ...home, env: { ...gitEnvironment(), ...home.env } })

describe.each(transports)('marketplaces and plugins, $name', ({ serve }) => {
  it('a folder is added, and its plugins listed, read, installed and taken away', async () => {
    using home = testHome()
    const shop = join(home.root, 'shop')
    lay(shop, { ...MANIFEST, ...ALPHA })
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    expect(await peer.request('marketplace/add', { source: shop })).toEqual({
      marketplaceName: 'shop',
      installedRoot: shop,
      alreadyAdded: false,
    })
    const marketplacePath = join(shop, '.claude-plugin/marketplace.json')
    const listed = await peer.request('plugin/list', {})
    expect(listed).toMatchObject({
      marketplaces: [
        {
          name: 'shop',
          path: marketplacePath,
          interface: { displayName: 'The shop' },
          plugins: [
            {
              id: 'alpha@shop',
              localVersion: '1.0.0',
              installed: false,
              enabled: false,
              authPolicy: 'ON_USE',
              interface: { category: 'Tools' },
              source: { type: 'local', path: join(shop, 'plugins/alpha') },
            },
            { id: 'gone@shop', localVersion: null, interface: null },
          ],
        },
      ],
      marketplaceLoadErrors: [],
    })
    const asked = { marketplacePath, pluginName: 'alpha' }
    expect(await peer.request('plugin/read', asked)).toMatchObject({
      plugin: {
        description: 'first',
        skills: [{ name: 'alpha:s', description: 'does s' }],
        hooks: [{ key: 'alpha@shop:hooks/hooks.json:pre_tool_use:0:0', eventName: 'preToolUse' }],
        mcpServers: ['server'],
      },
    })
    expect(await peer.request('plugin/install', asked)).toEqual({ authPolicy: 'ON_USE', appsNeedingAuth: [] })
    const folder = join(home.codexHome, 'plugins/cache/shop/alpha/1.0.0')
    expect(existsSync(join(folder, '.codex-plugin/migrated-command-skills/source-command-x/SKILL.md'))).toBe(true)
    expect(await peer.request('plugin/installed', {})).toMatchObject({
      marketplaces: [{ plugins: [{ id: 'alpha@shop', installed: true, enabled: true }] }],
    })
    expect(await peer.request('plugin/uninstall', { pluginId: 'alpha@shop' })).toEqual({})
    expect(await peer.request('plugin/installed', {})).toEqual({ marketplaces: [], marketplaceLoadErrors: [] })
    expect(await peer.request('marketplace/remove', { marketplaceName: 'shop' })).toEqual({
      marketplaceName: 'shop',
      installedRoot: null,
    })
    expect(readFileSync(join(home.codexHome, 'config.toml'), 'utf8').trim()).toBe('')
  })

  it('a repository is fetched, renewed with what is installed of it, and removed', async () => {
    using home = testHome()
    const git = await startGitServer(home.root)
    const source = git.commit('shop', { ...MANIFEST, ...ALPHA })
    await using server = serve(withGit(home))
    const peer = server.connect()
    await peer.request('initialize', introduction())
    const root = join(home.codexHome, '.tmp/marketplaces/shop')

    expect(await peer.request('marketplace/add', { source })).toMatchObject({ installedRoot: root })
    const marketplacePath = join(root, '.claude-plugin/marketplace.json')
    await peer.request('plugin/install', { marketplacePath, pluginName: 'alpha' })
    git.commit('shop', { 'plugins/alpha/.claude-plugin/plugin.json': { name: 'alpha', version: '2.0.0' } })

    expect(await peer.request('marketplace/upgrade', {})).toEqual({
      selectedMarketplaces: ['shop'],
      upgradedRoots: [root],
      errors: [],
    })
    expect(existsSync(join(home.codexHome, 'plugins/cache/shop/alpha/2.0.0'))).toBe(true)
    expect(existsSync(join(home.codexHome, 'plugins/cache/shop/alpha/1.0.0'))).toBe(false)
    await peer.request('marketplace/remove', { marketplaceName: 'shop' })
    expect(existsSync(root)).toBe(false)
  })

  it('what cannot be done is refused in the reference’s words', async () => {
    using home = testHome()
    const shop = join(home.root, 'shop')
    lay(shop, MANIFEST)
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())
    const marketplacePath = join(shop, '.claude-plugin/marketplace.json')
    const refusals: readonly (readonly [string, object, string])[] = [
      ['marketplace/add', { source: '' }, 'marketplace source must not be empty'],
      ['marketplace/add', { source: 'ext::sh -c x' }, 'invalid marketplace source format; expected owner/repo'],
      ['marketplace/add', { source: shop, refName: 'x' }, '--ref is only supported for git marketplace sources'],
      ['marketplace/remove', { marketplaceName: '../x' }, 'invalid marketplace name: only ASCII letters'],
      ['marketplace/upgrade', { marketplaceName: 'no' }, 'marketplace `no` is not configured as a Git marketplace'],
      ['plugin/install', { marketplacePath, pluginName: 'gone' }, 'missing plugin.json'],
      ['plugin/install', { marketplacePath, pluginName: 'no' }, 'plugin `no` was not found in marketplace `shop`'],
      ['plugin/install', { pluginName: 'no' }, 'requires exactly one of marketplacePath or remoteMarketplaceName'],
      ['plugin/read', { pluginName: 'x', remoteMarketplaceName: 'y' }, 'chatgpt authentication required'],
      ['plugin/read', { marketplacePath: 'x', pluginName: 'y' }, 'AbsolutePathBuf deserialized without a base path'],
      ['plugin/uninstall', { pluginId: 'a b@c' }, 'invalid remote plugin id'],
    ]
    for (const [method, params, message] of refusals) {
      const refused = peer.request(method as 'plugin/read', params as never)
      await expect(refused).rejects.toMatchObject({ code: -32600, message: expect.stringContaining(message) })
    }
  })
})

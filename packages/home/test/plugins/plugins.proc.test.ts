import { existsSync, linkSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { homeLayout } from '../../src/layout.js'
import { findMarketplaces, installedVersion, installPlugin, uninstallPlugin } from '../../src/plugin-store.js'
import { findPluginManifest, readMarketplace, readPlugin, readPluginContents } from '../../src/plugins.js'
import { temporaryFolder, treeOf, write } from '../folder.js'
import { gitEnvironment, startGitServer } from './git-server.js'

function shop(plugin: unknown = { name: 'alpha', version: '1.2.3' }, entry: object = {}) {
  const root = temporaryFolder()
  const folder = join(root, 'mk')
  const offered = { name: 'alpha', source: './alpha', ...entry }
  write(join(folder, '.claude-plugin/marketplace.json'), JSON.stringify({ name: 'mk', plugins: [offered] }))
  const text = typeof plugin === 'string' ? plugin : JSON.stringify(plugin)
  write(join(folder, 'alpha/.claude-plugin/plugin.json'), text)
  const layout = homeLayout(join(root, '.codex'))
  const options = { env: gitEnvironment() }
  return {
    root,
    folder,
    layout,
    options,
    install: () => installPlugin(layout, readMarketplace(folder), 'alpha', options),
  }
}

describe('installing a plugin', () => {
  it('copies its files into the cache by version, switches it on, and leaves no trace when it is taken away', async () => {
    const { folder, layout, install } = shop()
    write(join(folder, 'alpha/run.sh'), '#!/bin/sh\n', 0o775)
    write(layout.configToml, '# mine\n')

    await install()

    expect(treeOf(join(layout.root, 'plugins/cache'))).toMatchObject({
      'mk/alpha/1.2.3/.claude-plugin/plugin.json': expect.stringContaining('644 '),
      'mk/alpha/1.2.3/run.sh': '755 #!/bin/sh\n',
    })
    expect(readFileSync(layout.configToml, 'utf8')).toContain('[plugins."alpha@mk"]\nenabled = true\n')
    await uninstallPlugin(layout, 'alpha@mk')
    expect(treeOf(join(layout.root, 'plugins/cache'))).toEqual({})
    expect(readFileSync(layout.configToml, 'utf8').trim()).toBe('# mine')
    await uninstallPlugin(layout, 'alpha@mk')
  })

  it('puts a new version in place of the old one', async () => {
    const { folder, layout, install } = shop()
    await install()
    write(join(folder, 'alpha/.claude-plugin/plugin.json'), JSON.stringify({ name: 'alpha', version: '2.0.0' }))

    await install()

    expect(installedVersion(layout, 'mk', 'alpha')).toBe('2.0.0')
    expect(Object.keys(treeOf(join(layout.root, 'plugins/cache/mk')))).not.toContain('alpha/1.2.3')
  })

  it.each([
    [{ name: 'alpha', version: '../../../evil' }, 'invalid plugin version'],
    [{ name: 'alpha', version: '..' }, 'invalid plugin version'],
    [{ name: 'other' }, 'plugin.json name `other` does not match marketplace plugin name `alpha`'],
    ['{', 'failed to parse plugin.json'],
    ['[]', 'the root must be an object'],
    ['{"__proto__": {"a": 1}}', '__proto__'],
  ])('a hostile manifest is refused and leaves nothing: %j', async (plugin, message) => {
    const { layout, install } = shop(plugin)

    await expect(install()).rejects.toThrow(message)

    expect(existsSync(layout.root)).toBe(false)
  })

  it.each(['../alpha', './../alpha', '/etc', 'alpha', './a/../../b', './a\\..\\b'])(
    'a path that leads out of the marketplace is no plugin: %s',
    async (source) => {
      const { install } = shop(undefined, { source })
      await expect(install()).rejects.toThrow('plugin `alpha` was not found in marketplace `mk`')
    },
  )

  it.each(['../x', 'a b', '.', '..', 'a/b', '@x', 'é'])('a name that is no folder is no plugin: %s', (name) => {
    const { folder } = shop(undefined, { name })
    expect(readMarketplace(folder).plugins).toEqual([])
  })

  it('refuses links in its files, wherever they lead', async () => {
    const { folder, layout, install } = shop()
    symlinkSync('/etc/passwd', join(folder, 'alpha/words'))
    await expect(install()).rejects.toThrow('"words" is a link, which is not taken')

    rmSync(join(folder, 'alpha/words'))
    symlinkSync(folder, join(folder, 'alpha/loop'))
    await expect(install()).rejects.toThrow('"loop" is a link')
    expect(existsSync(layout.root)).toBe(false)
  })

  it('refuses a link in place of its folder', async () => {
    const { folder, install } = shop(undefined, { source: './linked' })
    symlinkSync(join(folder, 'alpha'), join(folder, 'linked'))
    await expect(install()).rejects.toThrow('is a link')
  })

  it('refuses more than a plugin may hold', async () => {
    const { folder, install } = shop()
    truncateSync(write(join(folder, 'alpha/large'), ''), 200 * 1024 * 1024)
    linkSync(join(folder, 'alpha/large'), join(folder, 'alpha/again'))
    await expect(install()).rejects.toThrow('more than the 134217728 bytes')
  })

  it('takes the files of a repository, and of a folder in one', async () => {
    const { root, folder, layout, options } = shop()
    const git = await startGitServer(root)
    const url = git.commit('own', {
      '.claude-plugin/plugin.json': { name: 'whole', version: '1' },
      'deep/in/.codex-plugin/plugin.json': { name: 'part' },
    })
    const plugins = [
      { name: 'whole', source: { source: 'url', url } },
      { name: 'part', source: { source: 'git-subdir', url, path: 'deep/in', ref: 'main' } },
      { name: 'out', source: { source: 'git-subdir', url, path: '../x' } },
      { name: 'local', source: { source: 'url', url: 'file:///etc' } },
      { name: 'packed', source: { source: 'npm', package: 'x' } },
    ]
    write(join(folder, '.claude-plugin/marketplace.json'), JSON.stringify({ name: 'mk', plugins }))
    const marketplace = readMarketplace(folder)

    for (const name of ['whole', 'part']) await installPlugin(layout, marketplace, name, options)

    expect(treeOf(join(layout.root, 'plugins/cache/mk'))).toMatchObject({
      'whole/1/deep/in/.codex-plugin/plugin.json': expect.anything(),
      'part/local/.codex-plugin/plugin.json': expect.anything(),
    })
    expect(existsSync(join(layout.root, 'plugins/cache/mk/whole/1/.git'))).toBe(false)
    await expect(installPlugin(layout, marketplace, 'out', options)).rejects.toThrow('was not found')
    await expect(installPlugin(layout, marketplace, 'local', options)).rejects.toThrow('not of https, http or ssh')
    await expect(installPlugin(layout, marketplace, 'packed', options)).rejects.toThrow('npm package')
  })
})

describe('what there is', () => {
  it('is the person’s own marketplace first, then the others by path; a bad one is an error of its own', () => {
    const root = temporaryFolder()
    const layout = homeLayout(join(root, 'home/.codex'))
    const manifest = (name: string) => JSON.stringify({ name, plugins: [] })
    write(join(root, 'home/.agents/plugins/marketplace.json'), manifest('own'))
    write(join(root, 'b/.claude-plugin/marketplace.json'), manifest('second'))
    write(join(root, 'a/.cursor-plugin/marketplace.json'), manifest('first'))
    write(join(root, 'bad/.claude-plugin/marketplace.json'), '{')
    write(join(root, 'repo/.git/HEAD'), '')
    write(join(root, 'repo/.agents/plugins/marketplace.json'), manifest('of-repo'))
    write(join(root, 'repo/.claude-plugin/marketplace.json'), manifest('not-this'))
    const entry = (name: string) => `[marketplaces.${name}]\nsource_type = "local"\nsource = "${join(root, name)}"\n`
    write(layout.configToml, ['b', 'a', 'bad', 'gone'].map(entry).join('\n'))

    const found = findMarketplaces(layout, { userHome: join(root, 'home'), cwds: [join(root, 'repo/sub')] })

    expect(found.marketplaces.map(({ name }) => name)).toEqual(['own', 'first', 'second', 'of-repo'])
    expect(found.errors.map(({ path }) => path)).toEqual([join(root, 'bad/.claude-plugin/marketplace.json')])
  })

  it('in a plugin is told from its manifest or its folders', () => {
    const root = temporaryFolder()
    const manifest = {
      name: 'p',
      skills: ['./one', './two'],
      commands: './cmds',
      mcpServers: { b: { url: 'u' }, a: { command: 'c' }, no: {} },
    }
    write(join(root, '.codex-plugin/plugin.json'), JSON.stringify(manifest))
    write(join(root, '.claude-plugin/plugin.json'), JSON.stringify({ name: 'not-this' }))
    for (const path of ['one/x/SKILL.md', 'two/y/SKILL.md', 'skills/z/SKILL.md', 'cmds/k/l.md', 'commands/m.md']) {
      write(join(root, path), 'text')
    }
    const hooks = { PreToolUse: [{ hooks: [{ type: 'command' }, { type: 'command' }] }] }
    write(join(root, 'hooks/hooks.json'), JSON.stringify({ hooks }))

    const plugin = readPlugin('p', root)
    const contents = readPluginContents(root, findPluginManifest(root)!, plugin.tree)

    expect(contents).toEqual({
      skills: [
        { path: join(root, 'one/x/SKILL.md'), text: 'text' },
        { path: join(root, 'two/y/SKILL.md'), text: 'text' },
      ],
      mcpServers: ['a', 'b'],
      hooks: [0, 1].map((handler) => ({ event: 'PreToolUse', source: 'hooks/hooks.json', group: 0, handler })),
      commands: [{ relativePath: 'k/l.md', path: join(root, 'cmds/k/l.md') }],
    })
  })
})

import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { homeLayout } from '../../src/layout.js'
import { addMarketplace, removeMarketplace, upgradeMarketplaces } from '../../src/plugin-store.js'
import { temporaryFolder, write } from '../folder.js'
import { gitEnvironment, startGitServer } from './git-server.js'

const manifest = (name: string) => ({ name, plugins: [{ name: 'alpha', source: './plugins/alpha' }] })
const alpha = (version: string) => ({ name: 'alpha', version })
const FILES = {
  '.claude-plugin/marketplace.json': manifest('shop'),
  'plugins/alpha/.claude-plugin/plugin.json': alpha('1.0.0'),
}

async function place() {
  const root = temporaryFolder()
  const layout = homeLayout(join(root, 'home', '.codex'))
  const git = await startGitServer(root)
  const options = { cwd: root, userHome: join(root, 'home'), env: gitEnvironment(), timeoutMs: 20_000 }
  return { root, layout, git, options, staging: () => readdirSync(join(layout.gangwayDir, 'fetched')) }
}

describe('marketplaces in repositories', () => {
  it('are fetched, kept without what git needs, and registered', async () => {
    const { layout, git, options, staging } = await place()
    const url = git.commit('shop', FILES)

    const added = await addMarketplace(layout, url, options)

    const root = join(layout.root, '.tmp/marketplaces/shop')
    expect(added).toEqual({ name: 'shop', root, alreadyAdded: false })
    expect(readdirSync(root).sort()).toEqual(['.claude-plugin', '.codex-marketplace-install.json', 'plugins'])
    expect(readFileSync(layout.configToml, 'utf8')).toBe(
      `[marketplaces.shop]\nsource_type = "git"\nsource = "${url}"\n`,
    )
    expect(staging()).toEqual([])
  })

  it('are not fetched twice', async () => {
    const { layout, git, options } = await place()
    const url = git.commit('shop', FILES)
    await addMarketplace(layout, url, options)
    const before = git.requests()

    expect((await addMarketplace(layout, url, options)).alreadyAdded).toBe(true)
    expect(git.requests()).toBe(before)
  })

  it('C12: a repository that is not there fails in one line without paths of ours, and leaves nothing', async () => {
    const { layout, git, options, staging } = await place()

    const failed = await addMarketplace(layout, `${git.url}/none.git`, options).catch((error) => error)

    expect(failed).toMatchObject({ name: 'PluginError', fault: 'git' })
    expect(failed.message).toContain(`${git.url}/none.git`)
    expect(failed.message).not.toMatch(/\n|\.tmp|staging/)
    expect(existsSync(layout.configToml)).toBe(false)
    expect(staging()).toEqual([])
  })

  it('a server that never answers is left after the time that was given', async () => {
    const { layout, git, options, staging } = await place()

    const failed = await addMarketplace(layout, git.silentUrl, { ...options, timeoutMs: 400 }).catch((error) => error)

    expect(failed).toMatchObject({ fault: 'time-out' })
    expect(staging()).toEqual([])
  })

  it('fetching ends when it is called off', async () => {
    const { layout, git, options, staging } = await place()
    const calledOff = new AbortController()
    const adding = addMarketplace(layout, git.silentUrl, { ...options, signal: calledOff.signal })
    setTimeout(() => calledOff.abort(new Error('enough')), 300)

    await expect(adding).rejects.toThrow('enough')
    expect(staging()).toEqual([])
  })

  it('never run what a repository brings: hooks, submodules and filters', async () => {
    const { root, layout, git, options } = await place()
    const trap = join(root, 'sprung')
    const url = git.commit('shop', {
      ...FILES,
      '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = ${git.silentUrl}\n`,
      '.gitattributes': '* filter=trap\n',
      '.githooks/post-checkout': `#!/bin/sh\ntouch ${trap}\n`,
      'install.sh': `touch ${trap}\n`,
      'plugins/alpha/hooks/hooks.json': {
        hooks: { SessionStart: [{ hooks: [{ type: 'command', command: `touch ${trap}` }] }] },
      },
    })

    await addMarketplace(layout, url, options)

    expect(existsSync(trap)).toBe(false)
  })

  it.each([
    ['../evil', 'only ASCII letters'],
    ['a/b', 'only ASCII letters'],
    ['', 'only ASCII letters'],
    ['openai-curated', 'reserved'],
  ])('a hostile name is refused before it becomes a path: %j', async (name, message) => {
    const { layout, git, options } = await place()
    const url = git.commit('shop', { '.claude-plugin/marketplace.json': manifest(name) })

    await expect(addMarketplace(layout, url, options)).rejects.toThrow(message)
    expect(existsSync(layout.configToml)).toBe(false)
    expect(existsSync(join(layout.root, '.tmp'))).toBe(false)
  })

  it.each(['ext::sh -c x', 'file:///etc', '--upload-pack=x', 'https://-x/y', 'git://h/x', 'not a source'])(
    'a source that git could run or read locally is refused: %s',
    async (source) => {
      const { layout, options } = await place()
      await expect(addMarketplace(layout, source, options)).rejects.toThrow('invalid marketplace source format')
    },
  )

  it('are renewed when the repository has gone on, and only then', async () => {
    const { layout, git, options } = await place()
    const url = git.commit('shop', FILES)
    await addMarketplace(layout, url, options)
    expect((await upgradeMarketplaces(layout, null, options)).upgraded).toEqual([])

    git.commit('shop', { 'plugins/alpha/.claude-plugin/plugin.json': alpha('2.0.0') })
    const { selected, upgraded, errors } = await upgradeMarketplaces(layout, 'shop', options)

    expect([selected, upgraded.map(({ name }) => name), errors]).toEqual([['shop'], ['shop'], []])
    const file = join(layout.root, '.tmp/marketplaces/shop/plugins/alpha/.claude-plugin/plugin.json')
    expect(JSON.parse(readFileSync(file, 'utf8')).version).toBe('2.0.0')
  })

  it('stay as they were when they cannot be renewed', async () => {
    const { layout, git, options } = await place()
    const url = git.commit('shop', FILES)
    await addMarketplace(layout, url, options)
    git.commit('shop', { '.claude-plugin/marketplace.json': '{' })

    const { errors } = await upgradeMarketplaces(layout, null, options)

    expect(errors).toMatchObject([{ name: 'shop', message: expect.stringContaining('invalid marketplace file') }])
    const file = join(layout.root, '.tmp/marketplaces/shop/.claude-plugin/marketplace.json')
    expect(JSON.parse(readFileSync(file, 'utf8')).name).toBe('shop')
  })
})

describe('marketplaces in folders', () => {
  it('stay where they are, and are forgotten again without a trace', async () => {
    const { root, layout, options } = await place()
    write(join(root, 'mk/.claude-plugin/marketplace.json'), JSON.stringify(manifest('mine')))
    write(layout.configToml, '# my words\nmodel = "m"\n')

    expect(await addMarketplace(layout, './mk', options)).toMatchObject({ name: 'mine', root: join(root, 'mk') })
    expect((await addMarketplace(layout, join(root, 'mk'), options)).alreadyAdded).toBe(true)
    expect(await removeMarketplace(layout, 'mine')).toEqual({ root: null })

    expect(readFileSync(layout.configToml, 'utf8').trim()).toBe('# my words\nmodel = "m"')
    await expect(removeMarketplace(layout, 'mine')).rejects.toThrow('is not configured or installed')
    await expect(removeMarketplace(layout, '../x')).rejects.toThrow('invalid marketplace name')
  })

  it('a manifest behind a link is not read', async () => {
    const { root, layout, options } = await place()
    write(join(root, 'elsewhere.json'), JSON.stringify(manifest('linked')))
    write(join(root, 'mk/.claude-plugin/x'), '')
    symlinkSync(join(root, 'elsewhere.json'), join(root, 'mk/.claude-plugin/marketplace.json'))

    await expect(addMarketplace(layout, './mk', options)).rejects.toThrow('cannot be read as a plain file')
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { introduction, testHome } from './support/homes.js'
import { transports } from './support/peer.js'

describe.each(transports)('configuration, $name', ({ serve }) => {
  it('reads the files and the server’s own overrides, and says which layer gives what', async () => {
    using home = testHome()
    const file = join(home.codexHome, 'config.toml')
    writeFileSync(file, 'model = "m"\n[tui]\nnotifications = true\n')
    await using server = serve({ ...home, config: { 'tui.theme': 'dark' } })
    const peer = server.connect()
    await peer.request('initialize', introduction())

    const answer = await peer.request('config/read', { includeLayers: true })

    expect(answer).toMatchObject({
      config: { model: 'm', tui: { notifications: true, theme: 'dark' } },
      origins: { model: { name: { type: 'user', file } }, 'tui.theme': { name: { type: 'sessionFlags' } } },
      layers: expect.arrayContaining([
        expect.objectContaining({ name: expect.objectContaining({ type: 'user', file }) }),
      ]),
    })
  })

  it('gives no layers to those who did not ask for them', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    expect(await peer.request('config/read', {})).toMatchObject({ layers: null })
  })

  it('fails to read a file that does not parse, naming file, line and column', async () => {
    using home = testHome()
    const file = join(home.codexHome, 'config.toml')
    writeFileSync(file, 'a = 1\nb = [1,\nc = 2\n')
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    await expect(peer.request('config/read', {})).rejects.toMatchObject({
      code: -32603,
      message: expect.stringContaining(`failed to read configuration layers: ${file}:3:`),
    })
  })

  it('fails to write into a file that does not parse, and leaves it as it is', async () => {
    using home = testHome()
    const file = join(home.codexHome, 'config.toml')
    writeFileSync(file, 'a = 1\nb = [1,\nc = 2\n')
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    await expect(
      peer.request('config/value/write', { keyPath: 'model', value: 'm', mergeStrategy: 'replace' }),
    ).rejects.toMatchObject({ code: -32603, message: expect.stringContaining(`${file}:3:`) })
    expect(readFileSync(file, 'utf8')).toBe('a = 1\nb = [1,\nc = 2\n')
  })

  it('warns of a value of the wrong type, and says which', async () => {
    using home = testHome()
    writeFileSync(join(home.codexHome, 'config.toml'), 'model = 5\n')
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    const { params } = await peer.events.next('configWarning')

    expect(params).toMatchObject({ details: expect.stringContaining('model') })
    await expect(peer.request('config/read', {})).rejects.toMatchObject({
      code: -32603,
      message: expect.stringMatching(/^invalid configuration: /),
    })
  })

  it('writes a value, keeps what was there, and reads it back', async () => {
    using home = testHome()
    const file = join(home.codexHome, 'config.toml')
    writeFileSync(file, '# mine\nmodel = "m" # yes\n')
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())
    await peer.request('config/read', {})

    const written = await peer.request('config/value/write', {
      keyPath: 'tui.theme',
      value: 'dark',
      mergeStrategy: 'replace',
    })

    expect(written).toMatchObject({ status: 'ok', filePath: file, version: expect.stringMatching(/^sha256:/) })
    expect(readFileSync(file, 'utf8')).toContain('# mine\nmodel = "m" # yes\n')
    expect(await peer.request('config/read', {})).toMatchObject({ config: { tui: { theme: 'dark' } } })
  })

  it('writes all edits of a batch, or none', async () => {
    using home = testHome()
    const file = join(home.codexHome, 'config.toml')
    writeFileSync(file, 'model = "m"\n')
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    await peer.request('config/batchWrite', {
      edits: [
        { keyPath: 'model', value: null, mergeStrategy: 'replace' },
        { keyPath: 'a.b', value: { c: 1 }, mergeStrategy: 'upsert' },
      ],
    })

    expect(await peer.request('config/read', {})).toMatchObject({ config: { a: { b: { c: 1 } } } })
    expect(readFileSync(file, 'utf8')).not.toContain('model')
  })

  it('refuses a write over a file that has changed since it was read', async () => {
    using home = testHome()
    const file = join(home.codexHome, 'config.toml')
    writeFileSync(file, 'model = "m"\n')
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    await expect(
      peer.request('config/value/write', {
        keyPath: 'model',
        value: 'n',
        mergeStrategy: 'replace',
        expectedVersion: 'sha256:0',
      }),
    ).rejects.toMatchObject({
      code: -32600,
      message: 'Configuration was modified since last read. Fetch latest version and retry.',
      data: { config_write_error_code: 'configVersionConflict' },
    })
    expect(readFileSync(file, 'utf8')).toBe('model = "m"\n')
  })

  it('has no requirements of an administrator', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    expect(await peer.request('configRequirements/read')).toEqual({
      supportsIndependentSpeedModes: true,
      requirements: null,
    })
  })
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { introduction, testHome } from './support/homes.js'
import { transports } from './support/peer.js'

const invalid = (message: string | RegExp) => ({
  code: -32600,
  message: typeof message === 'string' ? message : expect.stringMatching(message),
})

describe.each(transports)('the handshake, $name', ({ serve }) => {
  it('refuses known methods before initialize', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()

    await expect(peer.requestAs(1, 'config/read', {})).rejects.toMatchObject(invalid('Not initialized'))
    await expect(peer.requestAs('s', 'config/read', {})).rejects.toMatchObject(invalid('Not initialized'))
  })

  it('names an unknown method as such, even before initialize', async () => {
    using home = testHome()
    await using server = serve(home)

    await expect(server.connect().request('no/such', {})).rejects.toMatchObject(
      invalid(/^Invalid request: unknown variant `no\/such`, expected one of `initialize`, /),
    )
  })

  it('answers with who it is and where it lives', async () => {
    using home = testHome()
    await using server = serve({ ...home, version: '9.8.7' })

    const answer = await server.connect().request('initialize', introduction())

    expect(answer).toEqual({
      userAgent: expect.stringMatching(/^tester\/9\.8\.7 \(.*; .*\) \S+ \(tester; 1\.2\.3\)$/),
      codexHome: home.codexHome,
      platformFamily: process.platform === 'win32' ? 'windows' : 'unix',
      platformOs: expect.stringMatching(/^(linux|macos|windows)$/),
    })
  })

  it('keeps the first client’s name in front of the user agent of later ones', async () => {
    using home = testHome()
    await using server = serve(home)
    await server.connect().request('initialize', introduction(null, 'first', '1'))

    const answer = await server.connect().request('initialize', introduction(null, 'second', '9'))

    expect(answer).toMatchObject({ userAgent: expect.stringMatching(/^first\/.* \(second; 9\)$/) })
  })

  it('refuses a second initialize, and goes on', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    await expect(peer.request('initialize', introduction())).rejects.toMatchObject(invalid('Already initialized'))
    await expect(peer.request('configRequirements/read', undefined)).resolves.toMatchObject({ requirements: null })
  })

  it('names the missing field of a bad initialize, and takes a good one after it', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()

    await expect(peer.request('initialize', {})).rejects.toMatchObject(
      invalid('Invalid request: missing field `clientInfo`'),
    )
    await expect(peer.request('initialize')).rejects.toMatchObject(invalid('Invalid request: missing field `params`'))
    await expect(peer.request('initialize', { clientInfo: { name: 'a' } })).rejects.toMatchObject(
      invalid('Invalid request: missing field `version`'),
    )
    await expect(peer.request('initialize', introduction())).resolves.toMatchObject({ codexHome: home.codexHome })
  })

  it('refuses a client name with control characters, and takes any other', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()

    await expect(peer.request('initialize', introduction(null, 'bad\nname'))).rejects.toMatchObject(
      invalid("Invalid clientInfo.name: 'bad\nname'. Must be a valid HTTP header value."),
    )
    await expect(peer.request('initialize', introduction(null, 'ünïcode'))).resolves.toBeDefined()
  })

  it('needs no initialized, and takes any number of them', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    peer.notify('initialized')
    peer.notify('initialized')

    await expect(peer.request('configRequirements/read')).resolves.toBeDefined()
  })

  it('refuses experimental methods and fields to clients that did not ask for them', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction(null))

    await expect(peer.request('externalAgentConfig/import/preview', { migrationItems: [] })).rejects.toMatchObject(
      invalid('externalAgentConfig/import/preview requires experimentalApi capability'),
    )
    for (const [field, value] of [
      ['failureMode', 'item'],
      ['planDigest', 'x'],
      ['onConflict', 'skip'],
      ['copySecrets', true],
    ] as const) {
      await expect(
        peer.request('externalAgentConfig/import', { migrationItems: [], [field]: value }),
      ).rejects.toMatchObject(invalid(`externalAgentConfig/import.${field} requires experimentalApi capability`))
    }
  })

  it('says of methods it does not serve yet that it does not, and of others why it never will', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())

    await expect(peer.request('threadSection/list', {})).rejects.toMatchObject({
      code: -32601,
      message: 'threadSection/list is not supported yet',
    })
    await expect(peer.request('plugin/share/list', {})).rejects.toMatchObject(
      invalid(/^plugin\/share\/list is not supported: it /),
    )
  })

  it('starts over a config.toml that does not parse, and warns with file, line and column after the answer', async () => {
    using home = testHome()
    const path = join(home.codexHome, 'config.toml')
    writeFileSync(path, 'model = "m"\nfoo = [1,\nbar = 2\n')
    await using server = serve(home)
    const peer = server.connect()

    await peer.request('initialize', introduction())

    const { params } = await peer.events.next('configWarning')
    expect(params).toMatchObject({
      summary: 'Invalid configuration; using defaults.',
      details: expect.stringContaining(`${path}:3:`),
      path,
      range: { start: { line: 3 }, end: { line: 3 } },
    })
  })

  it('spares a client the warnings it has opted out of, by exact name only', async () => {
    using home = testHome()
    writeFileSync(join(home.codexHome, 'config.toml'), '=')
    await using server = serve(home)
    const spared = server.connect()
    const told = server.connect()

    await spared.request('initialize', introduction({ optOutNotificationMethods: ['configWarning'] }))
    await told.request('initialize', introduction({ optOutNotificationMethods: ['config*', 'bogus'] }))

    await told.events.next('configWarning')
    expect(spared.events.all).toEqual([])
  })

  it('C13: starts although a plain file is in the place of the agents folder', async () => {
    using home = testHome()
    writeFileSync(join(home.codexHome, 'agents'), 'not a folder')
    await using server = serve(home)

    await expect(server.connect().request('initialize', introduction())).resolves.toBeDefined()
  })
})

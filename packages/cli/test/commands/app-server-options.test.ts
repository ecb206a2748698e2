import { expect, it } from 'vitest'
import { readAppServerArguments } from '../../src/commands/app-server-arguments.js'
import { appServerHelp } from '../../src/commands/app-server-options.js'
import { UsageError } from '../../src/exit-codes.js'

it('serves on standard input and output unless told otherwise', async () => {
  const served = { type: 'serve', config: [], listen: 'stdio://', auth: {} }

  expect(await readAppServerArguments([])).toEqual(served)
  expect(await readAppServerArguments(['--listen', 'stdio://'])).toEqual(served)
  expect(await readAppServerArguments(['--listen=stdio://', '--stdio'])).toEqual(served)
})

it('collects every -c in order, in each spelling', async () => {
  const request = await readAppServerArguments(['-c', 'a=1', '-cb=2', '--config', 'c=3', '--config=d=4'])

  expect(request).toMatchObject({ type: 'serve', config: ['a=1', 'b=2', 'c=3', 'd=4'] })
})

it('takes an address, and every word on who may connect', async () => {
  const address = ['--listen', 'ws://127.0.0.1:0']
  const token = ['--ws-auth', 'capability-token', '--ws-token-file', 't', '--ws-token-sha256=00']
  const signed = [
    '--ws-auth=signed-bearer-token',
    '--ws-shared-secret-file',
    's',
    '--ws-issuer',
    'i',
    '--ws-audience',
    'a',
  ]

  expect(await readAppServerArguments([...address, ...token])).toMatchObject({
    listen: 'ws://127.0.0.1:0',
    auth: { mode: 'capability-token', tokenFile: 't', tokenSha256: '00' },
  })
  expect(await readAppServerArguments([...address, ...signed, '--ws-max-clock-skew-seconds', '5'])).toMatchObject({
    auth: { mode: 'signed-bearer-token', sharedSecretFile: 's', issuer: 'i', audience: 'a', maxClockSkewSeconds: 5 },
  })
})

it.each([
  [['--ws-auth', 'bogus'], '--ws-auth bogus is none of capability-token, signed-bearer-token'],
  [['--ws-max-clock-skew-seconds', 'x'], '--ws-max-clock-skew-seconds x is not a whole number of seconds'],
  [['--stdio', '--listen', 'off'], '--stdio and --listen off cannot be used together'],
  [['--listen', 'off', '--listen', 'off'], '--listen is given twice'],
  [['--sock', 'x'], '--sock belongs to proxy'],
])('refuses %s, and says what is wrong', async (argv, message) => {
  const asked = readAppServerArguments(argv)

  await expect(asked).rejects.toThrow(message)
  await expect(asked).rejects.toBeInstanceOf(UsageError)
})

it('connects to the socket of a server that runs', async () => {
  expect(await readAppServerArguments(['proxy'])).toEqual({ type: 'proxy', socketPath: undefined })
  expect(await readAppServerArguments(['proxy', '--sock', 'x'])).toEqual({ type: 'proxy', socketPath: 'x' })
})

it('names an unknown option and the nearest one', async () => {
  await expect(readAppServerArguments(['--lisen', 'x'])).rejects.toThrow(
    'app-server: unknown option --lisen (did you mean --listen?)',
  )
})

it('names an option whose value is missing', async () => {
  await expect(readAppServerArguments(['--listen'])).rejects.toThrow('--listen needs a value')
  await expect(readAppServerArguments(['-c'])).rejects.toThrow('-c needs a value')
})

it('names an unknown command and the nearest one', async () => {
  await expect(readAppServerArguments(['generate-tss', '--out', 'x'])).rejects.toThrow(
    'app-server: unknown command generate-tss (did you mean generate-ts?)',
  )
})

it('wants a folder for what it generates', async () => {
  await expect(readAppServerArguments(['generate-ts'])).rejects.toThrow('generate-ts needs --out <dir>')
  expect(await readAppServerArguments(['generate-json-schema', '--out', 'x', '--experimental'])).toEqual({
    type: 'generate',
    what: 'json-schema',
    out: 'x',
    experimental: true,
  })
})

it('names every option and command in its help', () => {
  for (const word of [
    '--listen',
    '--stdio',
    '-c, --config',
    '--out',
    '--experimental',
    'generate-ts',
    'proxy',
    '--ws-auth',
  ]) {
    expect(appServerHelp()).toContain(word)
  }
})

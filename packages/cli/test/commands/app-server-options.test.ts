import { expect, it } from 'vitest'
import { appServerHelp, readAppServerArguments } from '../../src/commands/app-server-options.js'
import { UsageError } from '../../src/exit-codes.js'

it('serves on standard input and output unless told otherwise', async () => {
  expect(await readAppServerArguments([])).toEqual({ type: 'serve', config: [] })
  expect(await readAppServerArguments(['--listen', 'stdio://'])).toEqual({ type: 'serve', config: [] })
  expect(await readAppServerArguments(['--listen=stdio://', '--stdio'])).toEqual({ type: 'serve', config: [] })
})

it('collects every -c in order, in each spelling', async () => {
  const request = await readAppServerArguments(['-c', 'a=1', '-cb=2', '--config', 'c=3', '--config=d=4'])

  expect(request).toEqual({ type: 'serve', config: ['a=1', 'b=2', 'c=3', 'd=4'] })
})

it('refuses another place to listen, naming it', async () => {
  const asked = readAppServerArguments(['--listen', 'ws://127.0.0.1:4500'])

  await expect(asked).rejects.toThrow('--listen ws://127.0.0.1:4500 is not supported yet')
  await expect(asked).rejects.toBeInstanceOf(UsageError)
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
  for (const word of ['--listen', '--stdio', '-c, --config', '--out', '--experimental', 'generate-ts']) {
    expect(appServerHelp()).toContain(word)
  }
})

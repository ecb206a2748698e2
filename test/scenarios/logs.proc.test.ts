import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { place } from './support/place.js'
import { start } from './support/server-process.js'

const INITIALIZE = '{"id":1,"method":"initialize","params":{"clientInfo":{"name":"a","version":"1"}}}\n'

it('writes its log to the file that it is told, and nothing but the protocol to standard output', async () => {
  using at = place()
  const child = start({ ...at, env: { ...at.env, GANGWAY_LOG: 'debug', GANGWAY_LOG_FILE: 'server.log' } })
  const exit = once(child, 'close')
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })

  child.stdin.end(`${INITIALIZE}not json\n`)

  expect(await exit).toEqual([0, null])
  const log = readFileSync(`${at.home}/server.log`, 'utf8').trimEnd().split('\n')
  expect(log.map((line) => JSON.parse(line).level)).toEqual(expect.arrayContaining(['debug', 'info', 'error']))
  expect(said.stderr).toBe('')
  expect(said.stdout.trimEnd().split('\n')).toHaveLength(1)
})

it('has noted the whole conversation when a signal makes it leave, for its owner only', async () => {
  using at = place()
  const child = start(at, ['--log-wire', 'wire.jsonl'])
  const exit = once(child, 'close')
  child.stdin.write(INITIALIZE)
  await once(child.stdout, 'data')

  child.kill('SIGTERM')

  expect(await exit).toEqual([0, null])
  const lines = readFileSync(`${at.home}/wire.jsonl`, 'utf8').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { dir: 'c2s', conn: 0, msg: { id: 1, method: 'initialize' } },
    { dir: 's2c', conn: 0, msg: { id: 1, result: {} } },
    { conn: 0, closed: expect.any(String) },
  ])
  expect(statSync(`${at.home}/wire.jsonl`).mode & 0o777).toBe(0o600)
})

it('does not start where the file of the wire cannot be written, and says so', async () => {
  using at = place()
  const child = start(at, ['--log-wire', 'no/such/folder/wire.jsonl'])
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })

  expect(await once(child, 'close')).toEqual([1, null])
  expect(said).toContain('no/such/folder/wire.jsonl')
})

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lazyLog } from '../../src/observe/lazy-log.js'
import { processLog } from '../../src/process-log.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-log-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('the log of a server process', () => {
  it('goes to the file that GANGWAY_LOG_FILE names, as JSON lines, for its owner only', async () => {
    const log = processLog({ GANGWAY_LOG: 'info', GANGWAY_LOG_FILE: 'server.log' }, folder)

    log.write('debug', 'not this')
    log.write('info', 'a client\nhas come', { connection: 3, name: 'x', authorization: 'Bearer abcdefghijk1' })
    log.write('error', 'it said token=abc')
    await log.close()

    const file = join(folder, 'server.log')
    expect(linesOf(file)).toEqual([
      {
        level: 'info',
        pid: process.pid,
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        connection: 3,
        name: 'x',
        authorization: 'Bearer [redacted]',
        msg: 'a client\nhas come',
      },
      { level: 'error', pid: process.pid, time: expect.any(String), msg: 'it said token=[redacted]' },
    ])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('adds to what is in the file', async () => {
    const env = { GANGWAY_LOG_FILE: join(folder, 'log') }
    writeFileSync(env.GANGWAY_LOG_FILE, '{"msg":"before"}\n')
    const log = processLog(env)

    log.write('error', 'after')
    await log.close()

    expect(linesOf(env.GANGWAY_LOG_FILE).map(({ msg }) => msg)).toEqual(['before', 'after'])
  })

  it('touches no file when there is nothing to say', async () => {
    const log = processLog({ GANGWAY_LOG_FILE: join(folder, 'log') })

    log.write('info', 'not grave enough')
    await log.close()

    expect(() => statSync(join(folder, 'log'))).toThrow('ENOENT')
  })

  it('says once that it cannot be written, and then nothing', async () => {
    const faults: string[] = []
    const log = lazyLog('info', join(folder, 'no', 'such', 'log'), (error) => faults.push(error.message))

    log.write('error', 'a')
    await log.close()
    log.write('error', 'b')

    expect(faults).toEqual([expect.stringContaining('ENOENT')])
    expect(log.logs('error')).toBe(false)
  })

  it('keeps the lines that come while its library is being loaded, in order', async () => {
    const file = join(folder, 'log')
    const log = processLog({ GANGWAY_LOG_FILE: file })

    for (let index = 0; index < 100; index += 1) log.write('warn', `line ${index}`)
    await log.close()

    expect(linesOf(file).map(({ msg }) => msg)).toEqual(Array.from({ length: 100 }, (_, index) => `line ${index}`))
  })
})

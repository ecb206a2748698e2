import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WireLog } from '../../src/observe/wire-log.js'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-wire-'))
  file = join(folder, 'wire.jsonl')
})

afterEach(() => rmSync(folder, { recursive: true }))

const fail = (error: Error) => {
  throw error
}
const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n')

describe('the log of the wire', () => {
  it('has each message with its time, direction and connection, and the end of connections', async () => {
    const log = new WireLog(file, fail)

    log.message('c2s', 0, '{"id":9007199254740993,"method":"initialize"}')
    log.message('s2c', 0, '{"id":9007199254740993,"result":{"a":[1]}}')
    log.closed(0, 'input ended')
    await log.close()

    expect(lines().map((line) => line.replace(/"t":\d{13}/, '"t":0'))).toEqual([
      '{"t":0,"dir":"c2s","conn":0,"msg":{"id":9007199254740993,"method":"initialize"}}',
      '{"t":0,"dir":"s2c","conn":0,"msg":{"id":9007199254740993,"result":{"a":[1]}}}',
      '{"t":0,"conn":0,"closed":"input ended"}',
    ])
  })

  it('is one line a message, also where the message has several or is none', async () => {
    const log = new WireLog(file, fail)

    log.message('c2s', 1, '{\n  "method": "initialized"\r\n}')
    log.message('c2s', 1, 'not\njson')
    await log.close()

    expect(lines().map((line) => JSON.parse(line))).toMatchObject([
      { msg: { method: 'initialized' } },
      { raw: 'not\njson' },
    ])
  })

  it('has no secrets', async () => {
    const log = new WireLog(file, fail)

    log.message('c2s', 0, '{"id":1,"method":"x","params":{"env":{"API_TOKEN":"hunter2"},"note":"Bearer abcdefghijk1"}}')
    await log.close()

    expect(JSON.parse(lines()[0] ?? '').msg.params).toEqual({
      env: { API_TOKEN: '[redacted]' },
      note: 'Bearer [redacted]',
    })
  })

  it('empties the file, and leaves it to its owner only', async () => {
    writeFileSync(file, 'old\n', { mode: 0o644 })
    const log = new WireLog(file, fail)

    log.closed(0, 'x')
    await log.close()

    expect(lines()).toHaveLength(1)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('keeps order and loses nothing of 50,000 messages', async () => {
    const log = new WireLog(file, fail)

    for (let id = 0; id < 50_000; id += 1) {
      log.message('c2s', 0, `{"id":${id},"method":"m"}`)
      if (id % 5_000 === 0) await new Promise(setImmediate)
    }
    await log.close()

    expect(lines().map((line) => JSON.parse(line).msg.id)).toEqual(Array.from({ length: 50_000 }, (_, id) => id))
  })

  it('leaves out what finds no room, and says how much', async () => {
    const log = new WireLog(file, fail)
    const large = `{"method":"m","params":"${'x'.repeat(1_000_000)}"}`

    for (let count = 0; count < 40; count += 1) log.message('s2c', 0, large)
    while (readFileSync(file).length === 0) await new Promise(setImmediate)
    log.message('s2c', 0, '{"method":"last"}')
    await log.close()

    const written = lines().map((line) => JSON.parse(line) as { dropped?: number })
    const dropped = written.find((line) => line.dropped !== undefined)?.dropped ?? 0
    expect(dropped).toBeGreaterThan(20)
    expect(dropped + written.length).toBe(40 + 2)
  })

  it('names the file that cannot be opened', () => {
    expect(() => new WireLog(join(folder, 'no', 'file'), fail)).toThrow(/ENOENT.*no\/file/)
  })
})

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RolloutWriter, readRolloutLines } from '@gangway/home'
import { expect, it } from 'vitest'
import { temporaryFolder, write } from '../folder.js'
import { began, said } from './rollout.js'

const timestamp = began.toISOString()

it('puts a file in place whole, with its time and mode, and leaves nothing beside it', () => {
  const path = join(temporaryFolder(), 'sessions', '2026', 'r.jsonl')
  const writer = RolloutWriter.create(path, { modifiedAt: began, mode: 0o600 })
  const messages = ['short', 'ä'.repeat(200_000), 'x'.repeat(300_000), 'last']

  for (const message of messages) writer.writeLine({ timestamp, ...said(message) })
  expect(existsSync(path)).toBe(false)
  writer.commit()

  expect([...readRolloutLines(path)].map(({ line }) => line?.payload.message)).toEqual(messages)
  expect(writer.sizeBytes).toBe(statSync(path).size)
  expect(statSync(path).mtime).toEqual(began)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(dirname(path))).toEqual(['r.jsonl'])
})

it('writes ordinals where the lines have them', () => {
  const path = join(temporaryFolder(), 'r.jsonl')
  const writer = RolloutWriter.create(path)

  writer.writeLine({ timestamp, ordinal: 7, type: 'event_msg', payload: {} })
  writer.commit()

  expect(readFileSync(path, 'utf8')).toBe(`{"timestamp":"${timestamp}","ordinal":7,"type":"event_msg","payload":{}}\n`)
})

it('never replaces a file that is there', () => {
  const path = join(temporaryFolder(), 'r.jsonl')
  const writer = RolloutWriter.create(path)
  writer.writeLine({ timestamp, ...said('mine') })
  write(path, 'theirs')

  expect(() => writer.commit()).toThrow('there is a file now')

  expect(readFileSync(path, 'utf8')).toBe('theirs')
  expect(readdirSync(dirname(path))).toEqual(['r.jsonl'])
})

it('leaves nothing when it is given up', () => {
  const path = join(temporaryFolder(), 'r.jsonl')
  const writer = RolloutWriter.create(path)

  writer.writeLine({ timestamp, ...said('mine') })
  writer.abort()
  writer.abort()

  expect(readdirSync(dirname(path))).toEqual([])
  expect(() => writer.writeLine({ timestamp, ...said('more') })).toThrow('is closed')
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appendJsonLine, readJsonLines } from '@gangway/home'
import { expect, it } from 'vitest'
import { temporaryFolder, write } from '../folder.js'

it('appends lines in order, also from many calls at once', async () => {
  const path = join(temporaryFolder(), 'gangway', 'imports.jsonl')

  await Promise.all(Array.from({ length: 20 }, (_, n) => appendJsonLine(path, { n })))

  expect(readJsonLines(path)).toHaveLength(20)
  expect(new Set(readJsonLines(path).map((line) => (line as { n: number }).n)).size).toBe(20)
})

it('ends a line that a crash cut short, and passes over it when reading', async () => {
  const path = write(join(temporaryFolder(), 'imports.jsonl'), '{"n":1}\n{"n":2,"na')

  await appendJsonLine(path, { n: 3 })

  expect(readJsonLines(path)).toEqual([{ n: 1 }, { n: 3 }])
  expect(readFileSync(path, 'utf8').endsWith('{"n":3}\n')).toBe(true)
})

it('reads a missing file as no lines', () => {
  expect(readJsonLines(join(temporaryFolder(), 'none'))).toEqual([])
})

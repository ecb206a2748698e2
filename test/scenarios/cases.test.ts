import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cases } from './support/cases.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
const inThisFolder = new Set(
  readdirSync(here)
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(path.join(here, name), 'utf8').matchAll(/['"`]case (\d+):/g)])
    .map((match) => Number(match[1])),
)

describe('the fifty cases of clients and transports', () => {
  it('are all there', () => {
    expect(Object.keys(cases)).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 1)))
  })

  it('each have a test: here, over every way that fits, or cited from where it is', () => {
    const without = Object.entries(cases).filter(([id, { cited }]) => !inThisFolder.has(Number(id)) && !cited?.length)

    expect(without).toEqual([])
  })

  it('are cited by titles that stand in the files named', () => {
    const cited = Object.entries(cases).flatMap(([id, one]) => (one.cited ?? []).map((test) => [id, ...test] as const))
    const wrong = cited.filter(([, file, title]) => !readFileSync(path.join(root, file), 'utf8').includes(title))

    expect(wrong).toEqual([])
  })
})

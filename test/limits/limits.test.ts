import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

it('has a test for every limit of the reference that docs/observations/limits.md calls answered', () => {
  const rows = readFileSync(path.join(root, 'docs/observations/limits.md'), 'utf8').matchAll(
    /^\| ([A-Z]\d+) \|.*\| (answered|later) \|$/gm,
  )
  const answered = [...rows].filter((row) => row[2] === 'answered').map((row) => row[1]!)
  const tested = new Set(
    testTexts().flatMap((text) =>
      [...text.matchAll(/['"`]((?:[A-Z]\d+(?:, )?)+):/g)].flatMap((match) => match[1]!.split(', ')),
    ),
  )

  expect(answered.length).toBeGreaterThan(40)
  expect(answered.filter((id) => !tested.has(id))).toEqual([])
})

function testTexts(): string[] {
  const folders = [
    'test',
    ...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/test`),
    'conformance/suites',
  ]
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => readFileSync(path.join(root, folder, name), 'utf8')),
    )
}

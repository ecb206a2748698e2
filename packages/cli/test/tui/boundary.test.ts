import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const source = fileURLToPath(new URL('../../src', import.meta.url))

it('lets only the view know the library that draws', async () => {
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'))
  const texts = await Promise.all(
    files.map(async (name) => [name, await readFile(join(source, name), 'utf8')] as const),
  )
  const users = texts.filter(([, text]) => /from '(?:@earendil-works\/pi-tui|cli-highlight)'/.test(text))

  expect(users.length).toBeGreaterThan(2)
  expect(users.filter(([name]) => !name.startsWith(join('tui', 'view'))).map(([name]) => name)).toEqual([])
})

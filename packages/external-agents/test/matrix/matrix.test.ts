import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { matrix } from './matrix.js'

const PAGE = fileURLToPath(new URL('../../../../docs/import.md', import.meta.url))
const BLOCK = /(<!-- matrix: written by npm run matrix -->\n)[\s\S]*?(\n<!-- end of matrix -->)/

it('docs/import.md shows what comes over of each kind from each source (npm run matrix writes it)', async () => {
  const table = await matrix()
  const page = readFileSync(PAGE, 'utf8')
  const wanted = page.replace(BLOCK, (_, start: string, end: string) => `${start}${table}${end}`)

  expect(page).toMatch(BLOCK)
  if (process.env.GANGWAY_WRITE_MATRIX === '1') writeFileSync(PAGE, wanted)
  else expect(page).toBe(wanted)
})

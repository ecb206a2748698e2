import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { endOf, startProgram } from '../child.js'
import { temporaryFolder, write } from '../folder.js'

it('loses no addition of four processes that count in one file', async () => {
  const path = write(join(temporaryFolder(), 'count'), '0')

  const children = Array.from({ length: 4 }, () => startProgram('./files/count-under-lock.ts', [path, '50']))

  expect(await Promise.all(children.map(endOf))).toEqual([0, 0, 0, 0])
  expect(readFileSync(path, 'utf8')).toBe('200')
})

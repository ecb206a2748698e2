import { stat } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { historyFile } from '../../src/tui/history-file.js'
import { temporaryFolder } from '../program/temporary-folder.js'

it('keeps what was written over sessions, for nobody else to read', async () => {
  await using home = await temporaryFolder()

  await historyFile(home.path).add('one\nwith two lines')
  await historyFile(home.path).add('two')

  expect(await historyFile(home.path).read()).toEqual(['one\nwith two lines', 'two'])
  expect((await stat(`${home.path}/gangway/history.jsonl`)).mode & 0o077).toBe(0)
})

it('leaves out lines that are broken', async () => {
  await using home = await temporaryFolder()
  await home.write({ 'gangway/history.jsonl': '{"ts":1,"text":"whole"}\n{"ts":1,"te\n7\n{"text":3}\n' })

  expect(await historyFile(home.path).read()).toEqual(['whole'])
})

it('goes on without a home that can be written', async () => {
  await using folder = await temporaryFolder()
  await folder.write({ home: 'no folder' })
  const history = historyFile(`${folder.path}/home`)

  await history.add('lost')

  expect(await history.read()).toEqual([])
})

import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { homeLayout } from '@gangway/home'
import { describe, expect, it } from 'vitest'
import { recordHistory } from '../../src/history.js'
import type { RecordHistoryParams } from '../../src/wire.js'
import { importAll, workplace } from './claude-home.js'
import { tempTree } from './temp-tree.js'

const recorded = (more: Partial<RecordHistoryParams> = {}): RecordHistoryParams => ({
  providerId: 'other',
  itemTypeResults: [{ itemType: 'SKILLS', successes: [{ itemType: 'SKILLS', source: 'a' }], failures: [] }],
  ...more,
})

describe('histories', () => {
  it('keeps every import with what came of it, newest first', async () => {
    const { imports, codexHome } = workplace()
    const first = await importAll(imports, {
      migrationItems: [{ itemType: 'SKILLS', description: '' }],
      providerId: 'p',
    })
    const { importId } = await imports.recordHistory(recorded())

    const { data, connectors } = await imports.readHistories()

    expect(connectors).toEqual([])
    expect(data).toHaveLength(2)
    const own = data.find((entry) => entry.importId === first.importId)
    expect(own).toMatchObject({ providerId: 'p', failures: [] })
    expect(own?.successes).toEqual(first.completed.itemTypeResults[0]?.successes)
    expect(data.find((entry) => entry.importId === importId)?.successes).toEqual([
      { itemType: 'SKILLS', cwd: null, source: 'a', target: null, title: null },
    ])
    const times = data.map(({ completedAtMs }) => completedAtMs)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(readFileSync(homeLayout(codexHome).importsHistory, 'utf8').split('\n')).toHaveLength(3)
  })

  it('orders imports of the same moment by id, and takes the last line of an id', async () => {
    const { imports, codexHome } = workplace()
    const path = homeLayout(codexHome).importsHistory
    mkdirSync(dirname(path), { recursive: true })
    const line = (importId: string, completedAtMs: number, providerId: string | null = null) =>
      `${JSON.stringify({ importId, providerId, completedAtMs, successes: [], failures: [] })}\n`
    appendFileSync(path, line('b', 5) + line('a', 5) + line('c', 9) + line('a', 5, 'again'))

    const { data } = await imports.readHistories()

    expect(data.map(({ importId, providerId }) => [importId, providerId])).toEqual([
      ['c', null],
      ['a', 'again'],
      ['b', null],
    ])
  })

  it('reads on after a line that a crash cut short, and after lines that are something else', async () => {
    const { imports, codexHome } = workplace()
    const path = homeLayout(codexHome).importsHistory
    mkdirSync(dirname(path), { recursive: true })
    appendFileSync(path, '{"importId":"x","comp\n[]\n{"importId":7}\n{"importId":"y","completedAtMs":1,"succ')

    const { importId } = await imports.recordHistory(recorded())

    expect((await imports.readHistories()).data.map((entry) => entry.importId)).toEqual([importId])
  })

  it.each([
    ['providerId must not be empty', recorded({ providerId: ' ' })],
    [
      'itemTypeResults[0].successes[1].itemType is CONFIG, expected SKILLS',
      recorded({
        itemTypeResults: [
          { itemType: 'SKILLS', successes: [{ itemType: 'SKILLS' }, { itemType: 'CONFIG' }], failures: [] },
        ],
      }),
    ],
    [
      'itemTypeResults[0].failures[0].itemType is CONFIG, expected SKILLS',
      recorded({
        itemTypeResults: [
          { itemType: 'SKILLS', successes: [], failures: [{ itemType: 'CONFIG', failureStage: 's', message: 'm' }] },
        ],
      }),
    ],
    [
      'itemTypeResults[1].itemType SKILLS is there twice',
      recorded({
        itemTypeResults: [
          { itemType: 'SKILLS', successes: [], failures: [] },
          { itemType: 'SKILLS', successes: [], failures: [] },
        ],
      }),
    ],
  ])('C10: refuses a record with a reason: %s', async (message, params) => {
    const layout = homeLayout(tempTree())

    await expect(recordHistory(layout, params)).rejects.toMatchObject({
      code: -32600,
      message: `Invalid request: ${message}`,
    })
  })
})

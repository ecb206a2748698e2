import { expect, it } from 'vitest'
import { importDocument } from '../../src/import/json-document.js'
import { preview } from './sample-preview.js'

const nothing = { preview: null, warnings: [], results: null, importId: null, error: null }

it('has every member, also when there was nothing to plan', () => {
  expect(importDocument({ ...nothing, status: 'nothing' })).toEqual({
    status: 'nothing',
    plan: null,
    account: { facts: [], counts: { mapped: 0, rewritten: 0, dropped: 0, needsAction: 0 } },
    environment: [],
    warnings: [],
    results: null,
    importId: null,
    error: null,
  })
})

it('gives a warning that both detect and the plan have once', () => {
  const warning = { path: '/x', message: 'not JSON', line: 1, column: 2 }
  const other = { ...warning, line: 9 }

  const document = importDocument({
    ...nothing,
    status: 'planned',
    warnings: [warning],
    preview: preview({ warnings: [warning, other] }),
  })

  expect(document.warnings).toEqual([warning, other])
})

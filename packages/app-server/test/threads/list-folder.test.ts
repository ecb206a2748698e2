import { expect, it } from 'vitest'
import { listQuery } from '../../src/threads/list-query.js'

it.each([
  ['/projects/', '/projects'],
  ['/projects//', '/projects'],
  ['/', '/'],
])('lists the threads of %s as those of %s', (given, folder) => {
  expect(listQuery({ cwd: given })).toMatchObject({ cwds: [folder] })
})

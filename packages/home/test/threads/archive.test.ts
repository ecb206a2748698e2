import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { archiveThread, deleteThread, unarchiveThread } from '@gangway/home'
import { expect, it } from 'vitest'
import { write } from '../folder.js'
import { began, said, temporaryHome, threadId, writeThread } from './rollout.js'

it('moves a thread flat into archived_sessions with its time, and back into the folder of its day', () => {
  const layout = temporaryHome()
  const path = writeThread(layout, threadId(1), [said('u')])

  const archived = archiveThread(layout, path)

  expect(archived).toBe(join(layout.archivedSessionsDir, path.split('/').at(-1)!))
  expect(statSync(archived).mtime).toEqual(began)
  expect(existsSync(path)).toBe(false)
  expect(unarchiveThread(layout, archived)).toBe(path)
  expect(existsSync(archived)).toBe(false)
})

it('never replaces a file of that name', () => {
  const layout = temporaryHome()
  const path = writeThread(layout, threadId(1), [said('u')])
  write(join(layout.archivedSessionsDir, path.split('/').at(-1)!), 'other')

  expect(() => archiveThread(layout, path)).toThrow('there is a file now')

  expect(readFileSync(path, 'utf8')).toContain('"u"')
})

it('removes a thread, once or again', () => {
  const path = writeThread(temporaryHome(), threadId(1), [said('u')])

  deleteThread(path)
  deleteThread(path)

  expect(existsSync(path)).toBe(false)
})

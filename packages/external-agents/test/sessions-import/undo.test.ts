import { appendFileSync, readFileSync } from 'node:fs'
import { reverseImport } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { importAll } from '../core/claude-home.js'
import { log } from '../sessions-read/session-logs.js'
import { sessionHome, talk } from './session-home.js'

const one = '-repo/s1.jsonl'

describe('undoing an import of sessions', () => {
  it('archives the threads that it made, but those that somebody went on in', async () => {
    const home = sessionHome({ [one]: talk('ann', 1), '-repo/s2.jsonl': talk('bob', 1) })
    const { importId } = await home.bring()
    const [kept, other] = home.threadPaths()
    appendFileSync(kept!, '{"timestamp":"","type":"event_msg","payload":{"type":"user_message","message":"more"}}\n')

    const report = await reverseImport(home.layout, importId)

    const [archived] = home.threadPaths().filter((path) => path.startsWith(home.layout.archivedSessionsDir))
    expect(report).toMatchObject({
      threads: [{ path: other, targetPath: archived, action: 'archived' }],
      kept: [{ path: kept, reason: 'somebody went on in this thread' }],
    })
    expect((await reverseImport(home.layout, importId)).threads).toEqual([])
  })

  it('cuts off what it appended', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring()
    const [path] = home.threadPaths()
    const before = readFileSync(path!)
    home.write(one, log(...talk('ann', 2)))
    const { importId } = await home.bring()

    const report = await reverseImport(home.layout, importId)

    expect(report.threads).toEqual([{ path, targetPath: path, action: 'cut' }])
    expect(readFileSync(path!).equals(before)).toBe(true)
  })

  it('is still there to be done after another import', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    const { importId } = await home.bring()
    home.restarted()
    await importAll(home.imports, { migrationItems: [{ itemType: 'SKILLS', description: 's' }] })

    expect((await reverseImport(home.layout, importId)).threads).toHaveLength(1)
  })
})

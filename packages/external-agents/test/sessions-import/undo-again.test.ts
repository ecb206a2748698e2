import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { log } from '../sessions-read/session-logs.js'
import { sessionHome, talk } from './session-home.js'

const one = '-repo/s1.jsonl'
const two = '-repo/s2.jsonl'

describe('sessions whose import was undone', () => {
  it('are not in the ledger any more, are offered, and come over again', async () => {
    const home = sessionHome({ [one]: talk('ann', 1), [two]: talk('bob', 1) })
    const { importId } = await home.bring(one)
    await home.bring(two)

    await home.imports.undo({ importId })

    expect(home.ledger().records.map(({ source_path }) => source_path)).toEqual([home.log(two)])
    expect((await home.offered()).map(({ path }) => path)).toEqual([home.log(one)])
    const again = await home.bring()
    expect(again.result).toMatchObject({ successCount: 1, errorCount: 0, skipped: [] })
    expect(home.threadPaths().filter((path) => dirname(path) === home.layout.archivedSessionsDir)).toEqual([])
    expect(home.threadPaths()).toHaveLength(2)
  })

  it('are in the ledger as before when the undo is undone', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    const { importId } = await home.bring(one)
    const ledger = readFileSync(home.ledgerPath, 'utf8')
    const threads = home.threadPaths()

    const { undoId } = await home.imports.undo({ importId })
    const report = await home.imports.undo({ importId: undoId! })

    expect(report.threads.map(({ action }) => action)).toEqual(['returned'])
    expect(readFileSync(home.ledgerPath, 'utf8')).toBe(ledger)
    expect(home.threadPaths()).toEqual(threads)
  })

  it('get what was cut off again', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring()
    home.write(one, log(...talk('ann', 2)))
    const { importId } = await home.bring()
    const [path] = home.threadPaths()
    const whole = readFileSync(path!, 'utf8')

    await home.imports.undo({ importId })
    const again = await home.bring(one)

    expect(again.result.successCount).toBe(1)
    expect(readFileSync(path!, 'utf8').length).toBe(whole.length)
  })

  it('stay when their thread is open in this server', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) }, { isThreadLoaded: () => true })
    const { importId } = await home.bring()

    const { kept } = await home.imports.undo({ importId })

    expect(kept).toEqual([{ path: home.threadPaths()[0], reason: 'it is open in this server' }])
    expect(home.ledger().records).toHaveLength(1)
  })
})

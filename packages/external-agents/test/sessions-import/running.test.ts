import { readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { ImportCompleted, ImportProgress } from '../../src/wire.js'
import { reasons, type SessionHome, sessionHome, sessionsItem, talk } from './session-home.js'

const paths = Array.from({ length: 40 }, (_, n) => `-repo/s${n}.jsonl`)
const long = () => sessionHome(Object.fromEntries(paths.map((path, n) => [path, talk(`t${n}`, 400)])))

/** Starts an import of everything that is offered. */
async function start(home: SessionHome, onProgress: (progress: ImportProgress, importId: string) => void) {
  let finish: (completed: ImportCompleted) => void = () => {}
  const completed = new Promise<ImportCompleted>((resolve) => {
    finish = resolve
  })
  const params = { migrationItems: [sessionsItem(await home.offered())] }
  const { importId } = await home.imports.import(params, {
    experimental: true,
    onProgress: (progress) => onProgress(progress, progress.importId),
    onCompleted: (end) => finish(end),
  })
  return { importId, completed }
}

describe('an import of sessions while it runs', () => {
  it('tells how far it is several times a second, each session once', async () => {
    const home = long()
    const steps: ImportProgress[] = []

    const { completed } = await start(home, (step) => steps.push(step))
    await completed

    const sources = steps.flatMap(({ itemResults }) => itemResults!.flatMap(({ successes }) => successes))
    expect(sources).toHaveLength(40)
    expect(new Set(sources.map(({ source }) => source)).size).toBe(40)
    expect(steps.at(-1)?.sessions).toEqual({ done: 40, total: 40, path: null })
    expect(steps.filter(({ sessions }) => sessions?.path != null).length).toBeGreaterThan(0)
  })

  it('stops within 200 ms when it is cancelled, and completes with what was done; the rest is skipped', async () => {
    const home = long()
    let cancelledAt = 0
    const { completed, importId } = await start(home, ({ sessions }, id) => {
      if (cancelledAt > 0 || (sessions?.done ?? 0) < 3) return
      cancelledAt = performance.now()
      expect(home.imports.cancel(id)).toBe(true)
    })

    const { itemResults } = await completed
    const tookMs = performance.now() - cancelledAt

    const [result] = itemResults!
    expect(tookMs).toBeLessThan(200)
    expect(result!.successCount).toBeGreaterThan(2)
    expect(new Set(reasons(result!))).toEqual(new Set(['cancelled']))
    expect(result!.successCount + result!.skipped.length).toBe(40)
    expect(home.threadPaths()).toHaveLength(result!.successCount)
    const left = readdirSync(home.layout.sessionsDir, { recursive: true, encoding: 'utf8' })
    expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([])
    expect(home.imports.cancel(importId)).toBe(false)
    expect((await home.bring()).result.successCount).toBe(40 - result!.successCount)
  })

  it('lets others have their turn', async () => {
    const home = long()
    const waits: number[] = []
    let isOver = false
    const { completed } = await start(home, () => {})
    const end = completed.then(() => {
      isOver = true
    })

    while (!isOver) {
      const asked = performance.now()
      await delay(1)
      waits.push(performance.now() - asked)
    }
    await end

    waits.sort((a, b) => a - b)
    expect(waits.length).toBeGreaterThan(20)
    // Twice the promise, for machines that are busy with other tests.
    expect(waits[Math.floor(waits.length * 0.95)]).toBeLessThan(40)
  })

  it('is not waited for by imports of other things', async () => {
    const home = long()
    let isOver = false
    const { completed } = await start(home, () => {})
    void completed.then(() => {
      isOver = true
    })

    await home.imports.import(
      { migrationItems: [{ itemType: 'SKILLS', description: 's' }] },
      { experimental: true, onProgress: () => {}, onCompleted: () => {} },
    )

    expect(isOver).toBe(false)
    await completed
  })

  it('ends when the server closes, and says what was left', async () => {
    const home = long()
    const { completed } = await start(home, () => {})

    await home.imports.close({ graceMs: 20 })

    const [result] = (await completed).itemResults!
    expect(result!.successCount + result!.skipped.length).toBe(40)
  })
})

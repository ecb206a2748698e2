import { describe, expect, it } from 'vitest'
import type { StepResult } from '../../../src/import/wire.js'
import { liveProgress, progressBar } from '../../../src/import/wizard/live-progress.js'
import { durationWords, ProgressMeter } from '../../../src/import/wizard/progress-meter.js'
import { createStyle } from '../../../src/terminal/style.js'
import type { Terminal } from '../../../src/terminal/terminal.js'
import { displayWidth } from '../../../src/terminal/width.js'

const view = { columns: 60, style: createStyle(false), userHome: '' }

function step(title: string, failed = false): StepResult {
  const one = { itemType: 'SESSIONS', title, source: title, message: `${title} is broken` }
  return {
    itemType: 'SESSIONS',
    description: '',
    cwd: null,
    successCount: failed ? 0 : 1,
    errorCount: failed ? 1 : 0,
    successes: failed ? [] : [one],
    rawErrors: failed ? [one] : [],
    skipped: [],
  } as unknown as StepResult
}

function recordingTerminal() {
  const written: string[] = []
  const terminal: Terminal = {
    env: {},
    cwd: '/',
    interactive: true,
    columns: 60,
    style: view.style,
    errorStyle: view.style,
    errorIsTerminal: true,
    print: (lines) => written.push(...lines.map((line) => `${line}\n`)),
    printError: (text) => written.push(text),
  }
  return { terminal, written }
}

describe('the pace of an import', () => {
  it('is told from the last seconds, once there is something to tell', () => {
    const meter = new ProgressMeter()

    expect(meter.update(0, 100, 0)).toEqual({ perSecond: undefined, secondsLeft: undefined })
    expect(meter.update(10, 100, 1_000)).toEqual({ perSecond: 10, secondsLeft: 9 })
    expect(meter.update(12, 100, 2_000)).toEqual({ perSecond: 6, secondsLeft: 88 / 6 })
    for (let second = 3; second <= 30; second++) meter.update(12 + second, 100, second * 1_000)
    expect(meter.update(43, 100, 31_000).perSecond).toBe(1)
  })

  it('is told in words', () => {
    expect([0.2, 75, 200, 7_500].map(durationWords)).toEqual(['1 s', '75 s', '3 min', '2 h 5 min'])
  })
})

describe('the bar at the foot of the terminal', () => {
  it('is narrower than the terminal, whatever the title is', () => {
    const bar = progressBar(
      { done: 50, total: 100, path: null },
      { perSecond: 2, secondsLeft: 25 },
      '船'.repeat(90),
      view,
    )

    expect(displayWidth(bar)).toBeLessThan(60)
    expect(bar).toMatch(/^█{7}░{8} 50\/100 · 2\.0\/s · 25 s left · 船/)
  })

  it('is drawn anew below lines that stay, and gone at the end', () => {
    const { terminal, written } = recordingTerminal()
    const live = liveProgress(terminal, view, () => 0)

    live.update(step('first'), { done: 1, total: 100, path: null })
    live.update(step('second', true), { done: 2, total: 100, path: null })
    live.end()

    expect(written[0]).toContain('1/100')
    expect(written[0]).toContain('first')
    expect(written.slice(1)).toEqual([
      '\r\u001b[2K',
      '✗ 2/100 second is broken\n',
      expect.stringContaining('2/100'),
      '\r\u001b[2K',
    ])
  })

  it('gives every conversation a line where there are few', () => {
    const { terminal, written } = recordingTerminal()

    liveProgress(terminal, view, () => 0).update(step('only'), { done: 1, total: 1, path: null })

    expect(written).toEqual(['✓ 1/1 only\n'])
  })
})

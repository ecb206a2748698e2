import { describe, expect, it } from 'vitest'
import { lineLog, logLevelOf } from '../src/log.js'

describe('the log', () => {
  it('writes what is at least as grave as its level, one line each', () => {
    const lines: string[] = []
    const log = lineLog('warn', (line) => lines.push(line))

    log.write('info', 'not this')
    log.write('warn', 'this')
    log.write('error', 'and this')

    expect(lines).toEqual([
      expect.stringMatching(/^\S+Z WARN this\n$/),
      expect.stringMatching(/^\S+Z ERROR and this\n$/),
    ])
  })

  it('writes nothing when it is off', () => {
    const lines: string[] = []

    lineLog('off', (line) => lines.push(line)).write('error', 'no')

    expect(lines).toEqual([])
  })

  it('escapes what could forge a line or drive a terminal', () => {
    const lines: string[] = []

    lineLog('trace', (line) => lines.push(line)).write('error', 'a\nb\u001b[2Jc')

    expect(lines[0]).toMatch(/ERROR a\\nb\\u001b\[2Jc\n$/)
  })

  it.each([
    ['debug', 'debug'],
    ['OFF', 'off'],
    ['loud', 'warn'],
    [undefined, 'warn'],
  ])('takes GANGWAY_LOG=%s as the level %s', (GANGWAY_LOG, level) => {
    expect(logLevelOf({ GANGWAY_LOG })).toBe(level)
  })
})

import { describe, expect, it } from 'vitest'
import { doctorLines } from '../../src/doctor/doctor-view.js'
import { findingsOf } from '../../src/doctor/finding.js'
import { placeIn } from '../../src/doctor/place-in.js'
import { createStyle } from '../../src/terminal/style.js'
import { displayWidth } from '../../src/terminal/width.js'

describe('where a key of a configuration stands', () => {
  const text = 'model = "a"\n\n[tui]\n  theme = 3\n[mcp_servers.docs]\ncommand = 1\n["other"]\ntheme = 1\n'

  it.each([
    ['model', { line: 1, column: 1 }],
    ['tui.theme', { line: 4, column: 3 }],
    ['mcp_servers.docs.command', { line: 6, column: 1 }],
    ['mcp_servers.docs', { line: 5, column: 1 }],
    ['nowhere', { line: null, column: null }],
  ])('finds %s', (key, place) => {
    expect(placeIn(text, key)).toEqual(place)
  })
})

describe('what the doctor says', () => {
  const { ok, problem } = findingsOf('config')
  const view = { columns: 60, style: createStyle(false), userHome: '/home/ada' }

  it('gives every problem its place and its way out, within the width of the terminal', () => {
    const place = { path: '/home/ada/.codex/config.toml', line: 3, column: 7 }
    const lines = doctorLines([problem('x', 'a value of the wrong type '.repeat(4).trim(), 'correct it', place)], view)

    expect(lines[0]).toBe('Configuration')
    expect(lines[1]).toContain('✗ ~/.codex/config.toml:3:7: a value')
    expect(lines).toContain('    → correct it')
    expect(lines.at(-1)).toBe('1 problem.')
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(60)
  })

  it('says so when nothing is wrong', () => {
    expect(doctorLines([ok('config', 'fine')], view)).toEqual([
      'Configuration',
      '  ✓ fine',
      '',
      'Everything that is needed works.',
    ])
  })
})

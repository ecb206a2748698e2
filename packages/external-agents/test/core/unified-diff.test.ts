import { describe, expect, it } from 'vitest'
import { unifiedDiff } from '../../src/unified-diff.js'

describe('unifiedDiff', () => {
  it('shows a new file against /dev/null, and a missing end of line', async () => {
    expect(await unifiedDiff('/a', undefined, 'one\ntwo')).toBe(
      '--- /dev/null\n+++ /a\n@@ -0,0 +1,2 @@\n+one\n+two\n\\ No newline at end of file\n',
    )
  })

  it('shows a change with three lines around it', async () => {
    const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    const after = lines.map((line) => (line === 'e' ? 'E' : line))

    expect(await unifiedDiff('/a', `${lines.join('\n')}\n`, `${after.join('\n')}\n`)).toBe(
      '--- /a\n+++ /a\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
    )
  })

  it('is empty when nothing changes, and for an empty new file', async () => {
    expect(await unifiedDiff('/a', 'x', 'x')).toBe('')
    expect(await unifiedDiff('/a', undefined, '')).toBe('')
  })

  it('shows a file that takes too long to compare as replaced', async () => {
    const before = Array.from({ length: 40_000 }, (_, index) => `a${index}`).join('\n')
    const after = Array.from({ length: 40_000 }, (_, index) => `b${index}`).join('\n')

    const diff = await unifiedDiff('/a', before, after)

    expect(diff).toContain('@@ -1,40000 +1,40000 @@')
  })
})

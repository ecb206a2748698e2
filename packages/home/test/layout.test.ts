import { join } from 'node:path'
import { checkCodexHome, homeLayout, resolveCodexHome } from '@gangway/home'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, write } from './folder.js'

describe('the Codex home', () => {
  it('is CODEX_HOME, else .codex in the home directory', () => {
    expect(resolveCodexHome({ env: {}, homeDir: '/h' })).toBe('/h/.codex')
    expect(resolveCodexHome({ env: { CODEX_HOME: '' }, homeDir: '/h' })).toBe('/h/.codex')
    expect(resolveCodexHome({ env: { CODEX_HOME: '/x//y/' }, homeDir: '/h' })).toBe('/x/y')
  })

  it('is refused when relative', () => {
    expect(() => resolveCodexHome({ env: { CODEX_HOME: 'x/y' }, homeDir: '/h' })).toThrow(
      'CODEX_HOME must be an absolute path, got "x/y"',
    )
  })

  it('is said to be missing in the words of the reference, but only when it was named', () => {
    const homeDir = temporaryFolder()
    const missing = join(homeDir, 'none')
    const file = write(join(homeDir, 'file'), '')

    expect(checkCodexHome({ env: {}, homeDir })).toBe(undefined)
    expect(checkCodexHome({ env: { CODEX_HOME: homeDir }, homeDir })).toBe(undefined)
    expect(checkCodexHome({ env: { CODEX_HOME: missing }, homeDir })).toBe(
      `CODEX_HOME points to "${missing}", but that path does not exist`,
    )
    expect(checkCodexHome({ env: { CODEX_HOME: file }, homeDir })).toContain('is not a directory')
  })

  it('has its skills beside it, and what is ours in a folder of its own', () => {
    const layout = homeLayout('/h/.codex')

    expect(layout.skillsDir).toBe('/h/.agents/skills')
    expect(layout.importsHistory).toBe('/h/.codex/gangway/imports.jsonl')
    expect(layout.journalDir).toBe('/h/.codex/gangway/journal')
  })
})

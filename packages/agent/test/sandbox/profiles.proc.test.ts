import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findSandbox } from '../../src/sandbox/sandbox.js'
import { sandboxRules } from '../../src/sandbox/sandbox-rules.js'
import { seatbeltProfile } from '../../src/sandbox/seatbelt.js'
import type { ProfileRules } from '../../src/thread-settings.js'
import { type ToolTurn, toolTurn } from '../exec/tool-turn.js'

const profile: ProfileRules = {
  network: false,
  entries: [
    { path: ':root', access: 'read' },
    { path: ':workspace_roots/out', access: 'write' },
    { path: ':workspace_roots/out/kept', access: 'read' },
    { path: ':workspace_roots/secret', access: 'none' },
    { path: ':workspace_roots/secret.txt', access: 'none' },
  ],
}

async function profiled(): Promise<ToolTurn> {
  const turn = await toolTurn({ profileRules: profile })
  await mkdir(join(turn.cwd, 'out', 'kept'), { recursive: true })
  await mkdir(join(turn.cwd, 'secret'))
  await writeFile(join(turn.cwd, 'secret', 'key'), 'of the folder')
  await writeFile(join(turn.cwd, 'secret.txt'), 'of the file')
  return turn
}

describe.runIf(findSandbox().kind !== 'none')('a command under a permission profile', () => {
  it('writes where the profile says, and nowhere else', async () => {
    await using turn = await profiled()

    await turn.call('exec_command', { cmd: 'touch out/made; touch beside; touch out/kept/changed' })

    expect(existsSync(join(turn.cwd, 'out', 'made'))).toBe(true)
    expect(existsSync(join(turn.cwd, 'beside'))).toBe(false)
    expect(existsSync(join(turn.cwd, 'out', 'kept', 'changed'))).toBe(false)
  })

  it('does not see what the profile takes away', async () => {
    await using turn = await profiled()

    const output = await turn.call('exec_command', { cmd: 'cat secret/key secret.txt; ls secret' })

    expect(output).not.toContain('of the folder')
    expect(output).not.toContain('of the file')
  })
})

describe('the sandbox of macOS', () => {
  it('is told what may be written, what below it may not, and what is not there', () => {
    const settings = {
      sandboxPolicy: { type: 'readOnly' as const, networkAccess: false },
      workspaceRoots: ['/projects'],
      cwd: '/projects',
      profileRules: profile,
    }
    const rules = sandboxRules(settings, { env: {}, codexHome: '/home/.codex' })
    if (rules.kind !== 'restricted') throw new Error('the profile restricts nothing')

    const text = seatbeltProfile(rules)

    expect(text).toContain('(allow file-write* (require-all (subpath "/projects/out")')
    expect(text).toContain('(require-not (subpath "/projects/out/kept"))')
    expect(text).toContain('(deny file-read* file-write* (subpath "/projects/secret"))')
    expect(text).toContain('(deny file-read* file-write* (subpath "/home/.codex/app-server-control"))')
    expect(text).not.toContain('(allow network*)')
  })
})

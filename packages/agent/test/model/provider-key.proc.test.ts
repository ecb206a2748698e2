import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveProvider } from '../../src/index.js'

const env = { PATH: process.env.PATH }
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function asking(script: string, more: Record<string, unknown> = {}) {
  const auth = { command: process.execPath, args: ['-e', script], cwd: folder, ...more }
  const config = { model_providers: { mine: { base_url: 'http://127.0.0.1:9', auth } } }
  return resolveProvider({ config, env, auth: { apiKey: () => undefined }, id: 'mine' })
}

describe('a key that a command prints', () => {
  it('is asked for once while it is fresh, and by one command at a time', async () => {
    const mine = asking(`require('fs').appendFileSync('asked', 'x'); console.log('  the-key ')`)

    expect(await Promise.all([mine.apiKey(), mine.apiKey()])).toEqual(['the-key', 'the-key'])
    expect(await mine.apiKey()).toBe('the-key')
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('x')
  })

  it('is asked for again when it has grown old', async () => {
    const mine = asking(`require('fs').appendFileSync('asked', 'x'); console.log('k')`, { refresh_interval_ms: 0 })

    await mine.apiKey()
    await mine.apiKey()

    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('xx')
  })

  it('is a failure that tells of the command and not of what it printed', async () => {
    const failing = asking(`console.log('half-a-key'); process.exit(3)`)

    await expect(failing.apiKey()).rejects.toThrow(/failed: exit code 3$/)
    await expect(asking('').apiKey()).rejects.toThrow('printed no key')
    await expect(asking('setInterval(() => {}, 1000)', { timeout_ms: 50 }).apiKey()).rejects.toThrow('it took too long')
  })
})

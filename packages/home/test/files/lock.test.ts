import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { LockTimeoutError, withLock } from '@gangway/home'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, write } from '../folder.js'

describe('a lock', () => {
  it('lets one at a time work, in one process too', async () => {
    const path = join(temporaryFolder(), 'locks', 'x.lock')
    let inside = 0
    let most = 0

    await Promise.all(
      Array.from({ length: 10 }, () =>
        withLock(path, async () => {
          most = Math.max(most, ++inside)
          await Promise.resolve()
          inside--
        }),
      ),
    )

    expect(most).toBe(1)
    expect(existsSync(path)).toBe(false)
  })

  it('is given back when the work fails', async () => {
    const path = join(temporaryFolder(), 'x.lock')

    await expect(withLock(path, () => Promise.reject(new Error('work failed')))).rejects.toThrow('work failed')

    expect(await withLock(path, () => 'free')).toBe('free')
  })

  it('names its holder when the wait is over', async () => {
    const path = join(temporaryFolder(), 'x.lock')

    const outcome = withLock(path, () => withLock(path, () => 'never', { timeoutMs: 20 }))

    await expect(outcome).rejects.toThrow(LockTimeoutError)
    await expect(outcome).rejects.toThrow(`held by process ${process.pid}`)
  })

  it('is taken over at once from a process that has died, and from an earlier one with the same number', async () => {
    const dead = { pid: 2 ** 22 + 1, host: hostname(), processStart: null, token: 'dead' }
    const earlier = { pid: process.pid, host: hostname(), processStart: '1', token: 'earlier' }
    for (const holder of [dead, earlier]) {
      const path = write(join(temporaryFolder(), 'x.lock'), JSON.stringify(holder))

      expect(await withLock(path, () => 'mine', { timeoutMs: 1000 })).toBe('mine')
    }
  })

  it('is respected when held on another machine', async () => {
    const path = write(join(temporaryFolder(), 'x.lock'), JSON.stringify({ pid: 1, host: 'elsewhere', token: 't' }))

    await expect(withLock(path, () => 1, { timeoutMs: 20 })).rejects.toThrow('process 1 on elsewhere')
  })

  it('ends the wait with the reason of the signal', async () => {
    const path = join(temporaryFolder(), 'x.lock')
    const controller = new AbortController()

    const outcome = withLock(path, () => {
      const wait = withLock(path, () => 1, { signal: controller.signal })
      controller.abort(new Error('pressed Esc'))
      return wait
    })

    await expect(outcome).rejects.toThrow('pressed Esc')
  })
})

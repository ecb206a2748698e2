import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { releaseLock, tryLock } from '../../src/files/lock-file.js'

const folder = mkdtempSync(join(tmpdir(), 'gangway-lock-'))
const ignore = () => {}

/** Files of this process may not grow beyond it: what a full disk is like. */
function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${process.pid}`, `--fsize=${bytes}:`])
}

afterEach(() => {
  if (process.platform === 'linux') limitFiles('unlimited')
  process.off('SIGXFSZ', ignore)
  rmSync(folder, { recursive: true, force: true })
})

it.runIf(process.platform === 'linux')('leaves nothing behind on a full disk, and can be taken later', () => {
  const path = join(folder, 'a.lock')
  process.on('SIGXFSZ', ignore)
  limitFiles(0)

  expect(() => tryLock(path)).toThrow('EFBIG')
  limitFiles('unlimited')

  expect(readdirSync(folder)).toEqual([])
  const holder = tryLock(path)
  expect(holder).not.toBeNull()
  if (holder) releaseLock(path, holder)
})

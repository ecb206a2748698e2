import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { hasActiveWriter } from '@gangway/home'
import { expect, it } from 'vitest'
import { write } from '../folder.js'
import { temporaryHome, threadId } from './rollout.js'

const canLock = process.platform === 'linux' && spawnSync('flock', ['--version']).status === 0

it('sees no writer where there is no lock file', () => {
  expect(hasActiveWriter(temporaryHome(), threadId(1))).toBe(false)
})

it.runIf(canLock)('tells a lock that is held from one that a killed program left', async () => {
  const layout = temporaryHome()
  const lock = write(join(layout.root, 'thread-writer-locks', `${threadId(1)}.lock`), '')
  const left = hasActiveWriter(layout, threadId(1))
  const holder = spawn('flock', [lock, 'sh', '-c', 'echo held; read line'], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')

  const held = hasActiveWriter(layout, threadId(1))
  holder.stdin.end()
  await once(holder, 'close')

  expect([left, held, hasActiveWriter(layout, threadId(1))]).toEqual([false, true, false])
})

import { randomUUID } from 'node:crypto'
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { errorCode, isMissing } from './digest.js'
import { isRunning, type ProcessIdentity, thisProcess } from './process-identity.js'

/** Who holds a lock. */
export interface LockHolder extends ProcessIdentity {
  /** Unique per lock taken. */
  readonly token: string
}

/** A holder on another machine, or one whose name cannot be read, is taken for dead when the file was not touched for this long. */
const staleAfterMs = 30_000
/** Longer than any takeover takes; a guard older than this was left by a crash. */
const guardStaleAfterMs = 5_000

/** Tries once. Gives the holder we now are, or null when somebody else holds it. Writes to disk. */
export function tryLock(path: string): LockHolder | null {
  mkdirSync(dirname(path), { recursive: true })
  const holder: LockHolder = { ...thisProcess(), token: randomUUID() }
  if (putWhole(path, holder)) return holder
  if (!isStale(path)) return null
  return removeStale(path) && putWhole(path, holder) ? holder : null
}

/** Gives the lock back. Does nothing when it is no longer ours. Writes to disk. */
export function releaseLock(path: string, holder: LockHolder): void {
  if (readHolder(path)?.token === holder.token) rmSync(path, { force: true })
}

/** Who holds the lock, in words for a message. Reads the disk. */
export function describeHolder(path: string): string {
  const holder = readHolder(path)
  if (!holder) return 'an unknown process'
  return holder.host === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`
}

/** The file appears with its content or not at all: written beside, then linked, which fails when the name is taken. */
function putWhole(path: string, holder: LockHolder): boolean {
  const temporary = `${path}.${holder.token}`
  try {
    writeFileSync(temporary, JSON.stringify(holder), { mode: 0o600 })
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  try {
    linkSync(temporary, path)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    return putWithoutLinks(path, holder)
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** For file systems without hard links. The content follows a moment later; until then the lock counts as held. */
function putWithoutLinks(path: string, holder: LockHolder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

function isStale(path: string): boolean {
  const holder = readHolder(path)
  if (holder && holder.host === hostname()) return !isRunning(holder)
  return ageMs(path) > staleAfterMs
}

/** Of several that see a dead holder, one at a time may look again and remove the file. */
function removeStale(path: string): boolean {
  const guard = `${path}.takeover`
  if (ageMs(guard) > guardStaleAfterMs) rmSync(guard, { force: true })
  try {
    closeSync(openSync(guard, 'wx'))
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
  try {
    if (isStale(path)) rmSync(path, { force: true })
    return true
  } finally {
    rmSync(guard, { force: true })
  }
}

/** -1 when there is no such file. */
function ageMs(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats ? Date.now() - stats.mtimeMs : -1
}

function readHolder(path: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof value !== 'object' || value === null) return undefined
    const { pid, host, token, processStart } = value as { readonly [key: string]: unknown }
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof token !== 'string') return undefined
    return { pid, host, token, processStart: typeof processStart === 'string' ? processStart : null }
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) return undefined
    throw error
  }
}

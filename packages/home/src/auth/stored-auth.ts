import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { HomeError } from '../errors.js'
import { readIfThere } from '../files/digest.js'
import { writeFileAtomic } from '../files/write-atomic.js'
import type { HomeLayout } from '../layout.js'

/** How one is signed in, as `auth.json` says it. */
export interface StoredAuth {
  /** The reference's word, e.g. `apikey`, `chatgpt`; files of earlier versions have none, and it is inferred. */
  readonly mode: string
  /** Null where one signed in otherwise. */
  readonly apiKey: string | null
}

/** Only its owner may read a key. Source: reference 0.169.0. */
const keyFileMode = 0o600

/** Path of the file that keys are kept in. */
export function authFileOf(layout: HomeLayout): string {
  return join(layout.root, 'auth.json')
}

/**
 * How one is signed in; null when one is not. Reads the disk.
 *
 * Source: reference 0.169.0, its `auth.json`.
 *
 * @throws HomeError `SYNTAX` for a file that is no JSON object; the message never holds what is in it
 */
export function readStoredAuth(layout: HomeLayout): StoredAuth | null {
  const file = authFileOf(layout)
  const text = readIfThere(file)?.toString('utf8')
  if (text === undefined) return null
  const members = objectIn(text)
  if (members === undefined) throw new HomeError('SYNTAX', `${file}: not a JSON object`)
  const { OPENAI_API_KEY: key, auth_mode: mode, tokens } = members
  const apiKey = typeof key === 'string' && key.trim() !== '' ? key.trim() : null
  if (typeof mode === 'string') return { mode, apiKey: mode === 'apikey' ? apiKey : null }
  if (apiKey !== null) return { mode: 'apikey', apiKey }
  return tokens === null || tokens === undefined ? null : { mode: 'chatgpt', apiKey: null }
}

/** Signs in with a key, in place of what was there: writes `auth.json` for its owner alone, in the reference's form. */
export function storeApiKey(layout: HomeLayout, apiKey: string): void {
  const text = JSON.stringify({ auth_mode: 'apikey', OPENAI_API_KEY: apiKey }, null, 2)
  writeFileAtomic(authFileOf(layout), text, { mode: keyFileMode })
}

/** Signs out: takes `auth.json` away, where it is. */
export function removeStoredAuth(layout: HomeLayout): void {
  rmSync(authFileOf(layout), { force: true })
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authFileOf, homeLayout, readStoredAuth, removeStoredAuth, storeApiKey } from '../../src/index.js'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gangway-auth-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('the key that one signs in with', () => {
  it('is kept for its owner alone, in the form that the reference reads', () => {
    const layout = homeLayout(root)

    storeApiKey(layout, 'sk-x')

    expect(statSync(authFileOf(layout)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(authFileOf(layout), 'utf8'))).toEqual({
      auth_mode: 'apikey',
      OPENAI_API_KEY: 'sk-x',
    })
    expect(readStoredAuth(layout)).toEqual({ mode: 'apikey', apiKey: 'sk-x' })
  })

  it('closes a file that others could read', () => {
    const layout = homeLayout(root)
    writeFileSync(authFileOf(layout), '{}', { mode: 0o644 })

    storeApiKey(layout, 'sk-x')

    expect(statSync(authFileOf(layout)).mode & 0o777).toBe(0o600)
  })

  it('is gone once one has signed out, twice if need be', () => {
    const layout = homeLayout(root)
    storeApiKey(layout, 'sk-x')

    removeStoredAuth(layout)
    removeStoredAuth(layout)

    expect(readStoredAuth(layout)).toBeNull()
  })

  it('reads files of earlier versions, and sign-ins that are not ours', () => {
    const layout = homeLayout(root)
    const read = (text: string) => {
      writeFileSync(authFileOf(layout), text)
      return readStoredAuth(layout)
    }

    expect(read('{"OPENAI_API_KEY":"old"}')).toEqual({ mode: 'apikey', apiKey: 'old' })
    expect(read('{"OPENAI_API_KEY":null,"tokens":{"id_token":"x"}}')).toEqual({ mode: 'chatgpt', apiKey: null })
    expect(read('{"OPENAI_API_KEY":null}')).toBeNull()
  })

  it('says which file is broken, and nothing of what is in it', () => {
    const layout = homeLayout(root)
    writeFileSync(authFileOf(layout), '{"OPENAI_API_KEY":"sk-secret"')

    expect(() => readStoredAuth(layout)).toThrow(`${authFileOf(layout)}: not a JSON object`)
  })
})

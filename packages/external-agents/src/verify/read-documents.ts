import { lstatSync } from 'node:fs'
import { HomeError, type Table } from '@gangway/home'
import { parseJson, parseToml, readIfThere } from '@gangway/home/parsing'
import { isTable } from '../merge-patch.js'
import type { VerifyCheck } from '../wire.js'
import { broken } from './check.js'

/** A document, or why there is none to look at. */
export type Document<T> = { readonly value: T } | { readonly checks: readonly VerifyCheck[] }

/** The text of a file. Reads the disk. */
export function readText(path: string): Document<string> {
  try {
    const bytes = readIfThere(path)
    if (!bytes) return { checks: [missing(path)] }
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    const message = error instanceof TypeError ? `${path} is not UTF-8` : wordsOf(error)
    return { checks: [broken('unreadable', message, 'make the file readable, or import it again', path)] }
  }
}

/** What a TOML or JSON file says. Reads the disk. */
export function readTable(path: string, format: 'toml' | 'json'): Document<Table> {
  const text = readText(path)
  if (!('value' in text)) return text
  try {
    const value = format === 'toml' ? parseToml(text.value, path) : parseJson(text.value, path)
    if (isTable(value)) return { value }
    return { checks: [broken('invalid', `${path} holds no object`, 'correct the file', path)] }
  } catch (error) {
    if (!(error instanceof HomeError)) throw error
    return { checks: [broken('invalid', error.message, 'correct the line that is named', path)] }
  }
}

/** That something is gone. */
export function missing(path: string): VerifyCheck {
  return broken('missing', `${path} is not there any more`, 'import it again, or forget it', path)
}

/** Whether something stands at a path. Reads the disk. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** The words of an error. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

import type { Table } from '../changes/change.js'
import { isTable, newTable } from '../data/table.js'
import { parseToml } from './parse.js'
import { type Statement, statementsOf } from './statements.js'

/** What a removal leaves to do. */
export interface Removal {
  readonly text: string
  /** The patch without what was removed. */
  readonly rest: Table
}

/**
 * Takes away the tables that `patch` deletes, as long as they stand under headers of their own: the header, its keys, and
 * the comments right above it. What stands above the next header stays with that header.
 */
export function removeTables(text: string, patch: Table): Removal {
  const paths: string[][] = []
  const rest = withoutDeletions(text, patch, [], paths)
  return { text: paths.reduce((left, path) => removeTable(left, path), text), rest }
}

function withoutDeletions(text: string, patch: Table, path: readonly string[], paths: string[][]): Table {
  const rest = newTable()
  for (const key of Object.keys(patch)) {
    const [value, here] = [patch[key], [...path, key]]
    if (value === null && removeTable(text, here) !== text) paths.push(here)
    else if (isTable(value)) {
      const below = withoutDeletions(text, value, here, paths)
      if (Object.keys(below).length > 0 || Object.keys(value).length === 0) rest[key] = below
    } else rest[key] = value
  }
  return rest
}

function removeTable(text: string, path: readonly string[]): string {
  const statements = statementsOf(text)
  let result = ''
  let removing = false
  for (const [index, statement] of statements.entries()) {
    if (statement.kind === 'header') removing = isAtOrBelow(headerPath(text, statement), path)
    const own = removing ? belongsToTable(statements, index) : belongsToRemovedHeader(text, statements, index, path)
    if (!own) result += text.slice(statement.start, statement.end)
  }
  return result
}

/** Inside a table that goes: everything but the comments and blank lines before the next header or the end. */
function belongsToTable(statements: readonly Statement[], index: number): boolean {
  const next = statements.slice(index).find(({ kind }) => kind === 'key' || kind === 'header')
  const here = statements[index]
  return here === next || next?.kind === 'key'
}

/** Comments with no blank line between them and the header that goes. */
function belongsToRemovedHeader(
  text: string,
  statements: readonly Statement[],
  index: number,
  path: readonly string[],
): boolean {
  if (statements[index]?.kind !== 'comment') return false
  const next = statements.slice(index).find(({ kind }) => kind !== 'comment')
  return next?.kind === 'header' && isAtOrBelow(headerPath(text, next), path)
}

function isAtOrBelow(path: readonly string[], ancestor: readonly string[]): boolean {
  return ancestor.every((key, index) => path[index] === key)
}

function headerPath(text: string, statement: Statement): readonly string[] {
  const path: string[] = []
  let value: unknown = parseToml(text.slice(statement.start, statement.end), '')
  while (isTable(value) || Array.isArray(value)) {
    if (Array.isArray(value)) value = value[0]
    else {
      const [key] = Object.keys(value)
      if (key === undefined) break
      path.push(key)
      value = value[key]
    }
  }
  return path
}

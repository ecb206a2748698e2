import { parse, TomlError } from 'smol-toml'
import type { Table } from '../changes/change.js'
import { splitMark } from '../data/text.js'
import { TomlSyntaxError } from '../errors.js'

/**
 * What a TOML text says. Whole numbers beyond 2^53 are bigint, dates are `Date` objects that print as written,
 * tables have no prototype. A BOM is skipped. Touches no disk.
 *
 * @param file named in the error
 * @throws TomlSyntaxError with line and column
 */
export function parseToml(text: string, file: string): Table {
  return parseWith(text, file, 'asNeeded')
}

/** The same with every whole number a bigint, so that `1` and `1.0` can be told apart. */
export function parseTomlExactly(text: string, file: string): Table {
  return parseWith(text, file, true)
}

function parseWith(text: string, file: string, integersAsBigInt: boolean | 'asNeeded'): Table {
  const { body } = splitMark(text)
  try {
    return parse(body, { integersAsBigInt })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    throw syntaxError(body, file, error)
  }
}

/** The message has the shape in which the reference shows such faults, the line with a caret included. */
function syntaxError(text: string, file: string, error: TomlError): TomlSyntaxError {
  const { line, column } = error
  const detail = error.message.replace(/^Invalid TOML document: /, '').split('\n')[0] ?? ''
  const shown = (text.split('\n')[line - 1] ?? '').replace(/\r$/, '').slice(0, 200)
  const margin = ' '.repeat(String(line).length)
  const block = [`${margin} |`, `${line} | ${shown}`, `${margin} | ${' '.repeat(Math.min(column - 1, 200))}^`]
  const message = [`TOML parse error at line ${line}, column ${column}`, ...block, `${detail} (${file})`].join('\n')
  return new TomlSyntaxError(file, line, column, detail, message, { cause: error })
}

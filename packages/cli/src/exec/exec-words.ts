import { parseArgs } from 'node:util'
import { type ExecOption, execOptions } from '../commands/exec-options.js'
import { UsageError } from '../exit-codes.js'
import { suggestion } from '../terminal/nearest.js'

/** A command line, sorted. */
export interface ExecWords {
  readonly positionals: readonly string[]
  readonly flags: ReadonlySet<string>
  /** In the order in which they were written. */
  readonly values: ReadonlyMap<string, readonly string[]>
}

const byName = new Map(execOptions.map((option) => [option.name, option]))

/**
 * Sorts the words behind `gangway exec`. Options may stand before or behind a sub-command; behind `--` everything is a word.
 *
 * @throws UsageError that names the option
 */
export function sortWords(argv: readonly string[]): ExecWords {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      execOptions.map(({ name, short, value }) => [
        name,
        { type: value === 'none' ? 'boolean' : 'string', ...(short !== undefined && { short }) } as const,
      ]),
    ),
  })
  const positionals: string[] = []
  const flags = new Set<string>()
  const values = new Map<string, string[]>()
  let list: string | undefined
  for (const token of tokens) {
    if (token.kind === 'option-terminator') list = undefined
    if (token.kind === 'positional') {
      if (list === undefined) positionals.push(token.value)
      else values.get(list)?.push(token.value)
    }
    if (token.kind !== 'option') continue
    const option = known(token.name, token.rawName)
    list = option.value === 'list' ? option.name : undefined
    if (option.value === 'none') {
      if (token.value !== undefined) throw new UsageError(`exec: ${token.rawName} takes no value: ${token.value}`)
      if (flags.has(option.name)) throw twice(token.rawName)
      flags.add(option.name)
      continue
    }
    if (token.value === undefined || isOption(token.value, token.inlineValue === true)) {
      throw new UsageError(`exec: ${token.rawName} needs a value: ${option.flags}`)
    }
    const before = values.get(option.name) ?? []
    if (option.value === 'one' && before.length > 0) throw twice(token.rawName)
    values.set(option.name, [...before, token.value])
  }
  return { positionals, flags, values }
}

/** Whether what follows an option is the next option, and not its value. `-` alone is a value. */
function isOption(value: string, isInline: boolean): boolean {
  return !isInline && /^--?[A-Za-z]/.test(value)
}

function known(name: string, rawName: string): ExecOption {
  const option = byName.get(name)
  if (option !== undefined) return option
  const names = execOptions.map((one) => `--${one.name}`)
  throw new UsageError(`exec: unknown option ${rawName}${suggestion(rawName, names)}`)
}

function twice(rawName: string): UsageError {
  return new UsageError(`exec: ${rawName} is given twice`)
}

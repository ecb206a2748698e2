import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a rule says of the commands that begin with its words. */
type RuleDecision = 'allow' | 'prompt' | 'forbidden'

/** One rule: each place has one word, or several of which one must stand there. */
export interface PrefixRule {
  readonly pattern: readonly (readonly string[])[]
  readonly decision: RuleDecision
  readonly justification: string | null
}

/** From the most lenient to the strictest. */
const strictness: readonly RuleDecision[] = ['allow', 'prompt', 'forbidden']

/** The strictest rule that a command begins like; undefined where none does. */
export function ruleFor(rules: readonly PrefixRule[], words: readonly string[]): PrefixRule | undefined {
  return rules
    .filter(
      ({ pattern }) =>
        pattern.length <= words.length && pattern.every((choice, at) => choice.includes(words[at] ?? '')),
    )
    .sort((one, other) => strictness.indexOf(other.decision) - strictness.indexOf(one.decision))[0]
}

/**
 * The rules of every `*.rules` file of a folder; none where it is not there.
 *
 * @throws Error that names the file, where one does not parse
 */
export async function readRules(folder: string): Promise<readonly PrefixRule[]> {
  const names = await readdir(folder).catch(() => [])
  const rules: PrefixRule[] = []
  for (const name of names.filter((name) => name.endsWith('.rules')).sort()) {
    const file = join(folder, name)
    rules.push(...parseRules(await readFile(file, 'utf8'), file))
  }
  return rules
}

/** Adds a rule that allows commands which begin with `words` to the folder's own file. */
export async function allowPrefix(folder: string, words: readonly string[]): Promise<PrefixRule> {
  await mkdir(folder, { recursive: true })
  const line = `prefix_rule(pattern=[${words.map((word) => JSON.stringify(word)).join(', ')}], decision="allow")\n`
  await appendFile(join(folder, 'default.rules'), line)
  return { pattern: words.map((word) => [word]), decision: 'allow', justification: null }
}

/** Reads the part of Starlark that rules are written in: calls of `prefix_rule` with literal arguments. */
export function parseRules(text: string, file: string): readonly PrefixRule[] {
  const tokens = tokensOf(text, file)
  const rules: PrefixRule[] = []
  let at = 0
  const fail = (): never => {
    throw new Error(`${file}: not a rule: ${tokens.slice(at, at + 4).join(' ') || 'end of file'}`)
  }
  const take = (token: string) => {
    if (tokens[at] !== token) fail()
    at += 1
  }
  const literal = (): unknown => {
    const token = tokens[at] ?? ''
    if (token.startsWith('"')) {
      at += 1
      return JSON.parse(token)
    }
    take('[')
    const entries: unknown[] = []
    while (tokens[at] !== ']') {
      entries.push(literal())
      if (tokens[at] !== ']') take(',')
    }
    take(']')
    return entries
  }
  while (at < tokens.length) {
    take('prefix_rule')
    take('(')
    const values = new Map<string, unknown>()
    while (tokens[at] !== ')') {
      const name = tokens[at] ?? ''
      at += 1
      take('=')
      values.set(name, literal())
      if (tokens[at] !== ')') take(',')
    }
    take(')')
    rules.push(ruleOf(values, file))
  }
  return rules
}

function ruleOf(values: ReadonlyMap<string, unknown>, file: string): PrefixRule {
  const [pattern, decision, justification] = [
    values.get('pattern'),
    values.get('decision') ?? 'allow',
    values.get('justification'),
  ]
  if (!Array.isArray(pattern) || pattern.length === 0) throw new Error(`${file}: a rule has no pattern`)
  const known = strictness.find((name) => name === decision)
  if (known === undefined) throw new Error(`${file}: no such decision: ${String(decision)}`)
  const places = pattern.map((place: unknown) => (Array.isArray(place) ? place.map(String) : [String(place)]))
  return { pattern: places, decision: known, justification: typeof justification === 'string' ? justification : null }
}

function tokensOf(text: string, file: string): readonly string[] {
  const tokens: string[] = []
  const pattern = /\s+|#[^\n]*|(?<token>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\w+|[()[\]=,])|(?<other>.)/g
  for (const { groups } of text.matchAll(pattern)) {
    if (groups?.['other'] !== undefined) throw new Error(`${file}: unexpected ${groups['other']}`)
    const token = groups?.['token']
    if (token === undefined) continue
    tokens.push(token.startsWith("'") ? JSON.stringify(token.slice(1, -1).replaceAll("\\'", "'")) : token)
  }
  return tokens
}

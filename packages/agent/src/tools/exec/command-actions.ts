import { basename, resolve } from 'node:path'
import type { ThreadItem } from '@gangway/protocol'
import { type PlainCommand, plainCommands, quoteWords } from '../../approval/shell-words.js'

type CommandAction = Extract<ThreadItem, { type: 'commandExecution' }>['commandActions'][number]

/**
 * What a script does, as far as its words tell: reads, lists or searches; `unknown` as soon as one of its commands
 * does anything else.
 *
 * Source: reference 0.169.0, docs/observations/commands.md.
 */
export function commandActions(script: string, cwd: string): CommandAction[] {
  const commands = plainCommands(script)
  const unknown: CommandAction[] = [{ type: 'unknown', command: script }]
  if (commands === undefined) return unknown
  const actions: CommandAction[] = []
  let folder = cwd
  for (const { joint, words } of withoutFormatting(commands)) {
    if (words[0] === 'cd' && words.length === 2) {
      folder = resolve(folder, words[1] ?? '')
      continue
    }
    if (words[0] === 'true' || (words[0] === 'echo' && commands.length > 1 && !isPiped(commands, words))) continue
    const action = joint === '|' ? undefined : actionOf(words, folder)
    if (action === undefined) return unknown
    actions.push(action)
  }
  if (
    actions.length === 1 &&
    actions[0]?.type === 'read' &&
    commands.some(({ words }) => words[0] === 'sed') &&
    commands.length === 2
  ) {
    return [{ ...actions[0], command: script }]
  }
  return actions.length === 0 ? unknown : actions
}

const isPiped = (commands: readonly PlainCommand[], words: readonly string[]) =>
  commands[commands.findIndex((command) => command.words === words) + 1]?.joint === '|'

const formatters = new Set(['head', 'tail', 'wc', 'sort', 'uniq', 'cut', 'tr', 'awk', 'column', 'nl'])

/** Without what only forms the output of the command before it. */
function withoutFormatting(commands: readonly PlainCommand[]): readonly PlainCommand[] {
  return commands.filter(({ joint, words }) => {
    if (joint !== '|') return true
    const [program = '', ...rest] = words
    if (program === 'sed') return !(rest[0] === '-n' && rest.length === 2)
    return !(formatters.has(program) && operands(rest, '').length <= (program === 'awk' || program === 'tr' ? 2 : 1))
  })
}

function actionOf(words: readonly string[], folder: string): CommandAction | undefined {
  const [program = '', ...rest] = words
  const command = quoteWords(words)
  const read = (path: string | undefined): CommandAction | undefined =>
    path === undefined ? undefined : { type: 'read', command, name: basename(path), path: resolve(folder, path) }
  const list = (path: string | undefined): CommandAction => ({ type: 'listFiles', command, path: shown(path) })
  const search = (query: string | undefined, path: string | undefined): CommandAction => ({
    type: 'search',
    command,
    query: query ?? null,
    path: shown(path),
  })
  const only = (names: readonly string[]) => (names.length === 1 ? names[0] : undefined)
  switch (program) {
    case 'cat':
    case 'bat':
    case 'less':
    case 'more':
    case 'nl':
      return read(only(operands(rest, '')))
    case 'head':
    case 'tail': {
      const counted =
        rest[0] === '-n' && /^\+?\d+$/.test(rest[1] ?? '') && (program === 'head' || rest[1]?.startsWith('+') || true)
      if (counted) return read(only(rest.slice(2)))
      return rest.length === 1 && !rest[0]?.startsWith('-') ? read(rest[0]) : undefined
    }
    case 'sed':
      return rest[0] === '-n' && /^\d+(,\d+)?p$/.test(rest[1] ?? '') ? read(only(rest.slice(2))) : undefined
    case 'awk':
      return rest.length === 2 ? read(rest[1]) : undefined
    case 'ls':
    case 'eza':
    case 'exa':
      return list(operands(rest, 'I w')[0])
    case 'tree':
      return list(operands(rest, 'L P I')[0])
    case 'du':
      return list(operands(rest, 'd')[0])
    case 'fd': {
      const [query, path] = operands(rest, 't e E')
      return query === undefined ? list(undefined) : search(query, path)
    }
    case 'find': {
      const path = rest[0]?.startsWith('-') ? undefined : rest[0]
      const test = rest.findIndex((word) => /^-i?(name|path|regex)$/.test(word))
      return test < 0 ? list(path) : search(rest[test + 1], path)
    }
    case 'rg':
    case 'ag':
    case 'ack':
    case 'grep':
    case 'egrep':
    case 'fgrep':
      return searchOf(rest, list, search)
    case 'git':
      if (rest[0] === 'grep') return searchOf(rest.slice(1), list, search)
      return rest[0] === 'ls-files' ? list(operands(rest.slice(1), '')[0]) : undefined
    default:
      return undefined
  }
}

function searchOf(
  words: readonly string[],
  list: (path: string | undefined) => CommandAction,
  search: (query: string | undefined, path: string | undefined) => CommandAction,
): CommandAction {
  const names = operands(words, 'g A B C m t T e f')
  if (words.includes('--files')) return list(names[0])
  const given = words.indexOf('-e')
  return given >= 0 ? search(words[given + 1], names[0]) : search(names[0], names[1])
}

/** Words that are no options, nor the value of one. @param withValue letters of options that have one */
function operands(words: readonly string[], withValue: string): readonly string[] {
  const letters = withValue.split(' ')
  const found: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === '--') return [...found, ...words.slice(at + 1)]
    if (!word.startsWith('-') || word === '-') found.push(word)
    else if (word.length === 2 && letters.includes(word[1] ?? '')) at += 1
  }
  return found
}

const shown = (path: string | undefined) => (path === undefined ? null : path.replace(/(.)\/+$/, '$1'))

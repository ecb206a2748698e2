import { dirname, isAbsolute, resolve } from 'node:path'
import { isTable } from '../merge-patch.js'
import type { VerifyCheck } from '../wire.js'
import { broken, type VerifyContext, type VerifyKind } from './check.js'
import { findProgram } from './programs.js'
import { isThere, readTable } from './read-documents.js'
import { firstCommand } from './words.js'

/** The hooks of one event: their form, the programs that they run, the scripts that they name. */
export const verifyHooks: VerifyKind = async ({ name, path }, context) => {
  const document = readTable(path, 'json')
  if (!('value' in document)) return document.checks
  const { hooks } = document.value
  const groups = isTable(hooks) ? hooks[name] : undefined
  if (groups === undefined)
    return [broken('missing', `${path} has no hooks for ${name}`, 'import them again, or forget them', path)]
  if (!Array.isArray(groups)) return [badForm(path, name)]
  return groups.flatMap((group) => {
    const handlers: unknown = isTable(group) ? group.hooks : undefined
    if (!Array.isArray(handlers)) return [badForm(path, name)]
    return handlers.flatMap((handler) => ofHandler(handler, name, path, context))
  })
}

function ofHandler(handler: unknown, event: string, path: string, context: VerifyContext): readonly VerifyCheck[] {
  if (!isTable(handler) || typeof handler.type !== 'string') return [badForm(path, event)]
  if (handler.type !== 'command') return []
  if (typeof handler.command !== 'string') return [badForm(path, event)]
  return ofCommand(handler.command, path, context)
}

/** What a shell works out first, such as `$HOME/x`, is not looked at. */
function ofCommand(command: string, path: string, { env }: VerifyContext): readonly VerifyCheck[] {
  const [program = '', ...words] = firstCommand(command)
  if (program === '' || /[$`(]/.test(program)) return []
  const cwd = dirname(path)
  const isPath = program.includes('/')
  if (isPath && !isThere(resolve(cwd, program))) {
    return [broken('script-missing', `${program} is not there`, 'write the script, or take the hook out', path)]
  }
  if (isPath && findProgram(program, env, cwd) === undefined) {
    return [broken('script-not-executable', `${program} may not be run`, `chmod +x ${program}`, path)]
  }
  if (!isPath && !builtIns.has(program) && findProgram(program, env, cwd) === undefined) {
    return [
      broken(
        'command-missing',
        `there is no program ${program} on PATH`,
        `install ${program}, or write its full path`,
        path,
      ),
    ]
  }
  return words
    .filter((word) => isAbsolute(word) && /\.(?:sh|bash|py|js|mjs|cjs|ts|rb|pl)$/.test(word) && !isThere(word))
    .map((word) => broken('script-missing', `${word} is not there`, 'write the script, or take the hook out', path))
}

/** What a shell does itself. */
const builtIns = new Set([
  'echo',
  'cd',
  'test',
  '[',
  'true',
  'false',
  'exit',
  'export',
  'if',
  'for',
  'while',
  'printf',
  'set',
  'source',
  '.',
  ':',
  'exec',
  'eval',
  'read',
  'case',
  'command',
  '{',
  '!',
])

function badForm(path: string, event: string): VerifyCheck {
  return broken('invalid', `the hooks of ${event} do not have the form of hooks`, 'correct the file', path)
}

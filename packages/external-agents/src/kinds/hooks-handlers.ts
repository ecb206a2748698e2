import type { HookHandler } from '../artifact.js'
import type { FactFate } from '../fact.js'
import type { PlanOptions } from '../kind.js'
import { rewriteProse } from '../prose.js'
import { dropped, mapped, needsAction, rewritten } from './fate-list.js'
import { commandLine, type HookPlaces, singleQuoted } from './hooks-command.js'

/** A handler as the target's hooks file holds it. */
export interface TargetHandler {
  readonly type: 'command'
  readonly command: string
  readonly timeout?: number
  readonly statusMessage?: string
  readonly async?: true
}

export interface PlannedHandler {
  /** Absent when it has no counterpart. */
  readonly handler?: TargetHandler
  readonly fate: FactFate
}

/** What a handler is planned for. */
export interface HandlerContext {
  readonly places: HookPlaces
  readonly options: PlanOptions
  /** The event can forbid what the agent is about to do: a handler that is lost is a guard that is lost. */
  readonly isGuard: boolean
  /** Where it will stand, for the account. */
  readonly targetPath: string
}

/** Shells that take a command after `-c`. */
const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh'])

const KNOWN_MEMBERS = new Set([
  'async',
  'asyncRewake',
  'command',
  'if',
  'once',
  'shell',
  'statusMessage',
  'timeout',
  'timeoutSec',
  'type',
])

/** One handler in the target's words. Source: reference 0.169.0, import-artifacts 5.1. */
export function planHandler(given: HookHandler, context: HandlerContext): PlannedHandler {
  const { members, fact } = given
  const obstacle = obstacleOf(given)
  if (obstacle !== undefined) {
    const reason = { code: obstacle.code, message: obstacle.message }
    return { fate: context.isGuard ? needsAction(fact, reason, obstacle.action) : dropped(fact, reason) }
  }

  const notes: string[] = []
  const plain = commandLine(given.command!, context.places)
  const written = String(members.command).trim()
  if (plain !== written) notes.push(`the command is now ${plain}`)
  const command = inShell(plain, members.shell, notes)
  const timeout = timeoutOf(members, notes)
  const statusMessage = statusOf(members, context.options, notes)
  if (members.asyncRewake === true) notes.push('asyncRewake has no counterpart')
  for (const key of Object.keys(members)) if (!KNOWN_MEMBERS.has(key)) notes.push(`${key} has no counterpart`)
  const handler: TargetHandler = {
    type: 'command',
    command,
    ...(timeout === undefined ? {} : { timeout }),
    ...(statusMessage === undefined ? {} : { statusMessage }),
    ...(members.async === true ? { async: true } : {}),
  }
  return { handler, fate: fateOf(given, notes, context.targetPath) }
}

function fateOf(given: HookHandler, notes: readonly string[], targetPath: string): FactFate {
  if (given.missing.length > 0) {
    const list = given.missing.join(', ')
    const reason = { code: 'calls-something-missing', message: `the command calls ${list}, which is not there` }
    return needsAction(given.fact, reason, `put ${list} in place, or remove the hook`)
  }
  if (given.foreignVariables.length > 0) {
    const list = given.foreignVariables.join(', ')
    const reason = { code: 'variables-not-set', message: `the command reads ${list}, which the target does not set` }
    return needsAction(
      given.fact,
      reason,
      'change the command; a hook of the target gets its input as JSON on standard input',
    )
  }
  if (given.otherProtocol !== undefined) {
    const message = [given.otherProtocol, ...notes].join('; ')
    const action = 'see that the command reads the input of the target, and answers as the target expects'
    return needsAction(given.fact, { code: 'other-protocol', message }, action)
  }
  if (notes.length === 0) return mapped(given.fact, targetPath)
  return rewritten(given.fact, { code: 'handler-adapted', message: notes.join('; ') }, targetPath)
}

function obstacleOf(given: HookHandler): { code: string; message: string; action: string } | undefined {
  const { type, shell } = given.members
  if (type !== undefined && type !== 'command') {
    const message = `handlers of type ${JSON.stringify(type)} are not run by the target`
    return { code: 'handler-type', message, action: 'write it as a command, or do without it' }
  }
  if (given.command === undefined) {
    return { code: 'no-command', message: 'the handler has no command', action: 'give it a command in the source' }
  }
  if (given.members.if !== undefined) {
    const message = `it runs only if ${JSON.stringify(given.members.if)}; without the condition it would run each time`
    return { code: 'condition', message, action: 'check the condition in the command itself, then add the hook' }
  }
  if (given.members.once === true) {
    return {
      code: 'runs-once',
      message: 'it runs once; the target would run it each time',
      action: 'let the command see to that',
    }
  }
  if (shell !== undefined && !(typeof shell === 'string' && SHELLS.has(shell))) {
    const message = `it wants the shell ${JSON.stringify(shell)}`
    return { code: 'other-shell', message, action: 'write the command for the shell of the target' }
  }
  return undefined
}

function inShell(command: string, shell: unknown, notes: string[]): string {
  if (typeof shell !== 'string') return command
  notes.push(`shell became a call of ${shell}`)
  return `${shell} -c ${singleQuoted(command)}`
}

/** Seconds, whole. */
function timeoutOf(members: HookHandler['members'], notes: string[]): number | undefined {
  const given = members.timeout ?? members.timeoutSec
  if (given === undefined || given === null) return undefined
  const seconds =
    typeof given === 'number' ? given : typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN
  if (!Number.isFinite(seconds) || seconds < 0) {
    notes.push(`the timeout ${JSON.stringify(given)} is none`)
    return undefined
  }
  if (!Number.isInteger(seconds)) notes.push(`the timeout of ${seconds} s was rounded up`)
  return Math.ceil(seconds)
}

function statusOf(members: HookHandler['members'], options: PlanOptions, notes: string[]): string | undefined {
  if (typeof members.statusMessage !== 'string') {
    if (members.statusMessage !== undefined) notes.push('statusMessage is no text')
    return undefined
  }
  const { text } = rewriteProse(members.statusMessage, options.words)
  if (text !== members.statusMessage) notes.push(`statusMessage is now ${JSON.stringify(text)}`)
  return text
}

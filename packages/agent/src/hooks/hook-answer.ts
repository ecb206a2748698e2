import type { HookEventFacts } from './hook-events.js'
import type { HookVerdict } from './thread-hooks.js'

/** How the program of a hook ended. */
export interface HookEnd {
  /** Null where a signal ended it. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What a client is shown of what a hook said. */
interface HookEntry {
  readonly kind: 'warning' | 'stop' | 'feedback' | 'context' | 'error'
  readonly text: string
}

/** What one hook said. */
export interface HookAnswer extends Omit<HookVerdict, 'context' | 'feedback'> {
  readonly status: 'completed' | 'failed' | 'blocked' | 'stopped'
  readonly entries: readonly HookEntry[]
  readonly context: string | null
}

type Members = { readonly [member: string]: unknown }

/** An answer that says nothing. */
const silent: HookAnswer = {
  status: 'completed',
  entries: [],
  blocked: null,
  stopped: null,
  context: null,
  permission: null,
}

/** An answer of a hook that did not work: it counts as if it were not there. */
export function failedHook(message: string): HookAnswer {
  return { ...silent, status: 'failed', entries: [{ kind: 'error', text: message }] }
}

/** Events that take plain words on standard output as context. */
const plainContext: readonly string[] = ['SessionStart', 'UserPromptSubmit', 'SubagentStart']
/** Events that can be forbidden by exit code 2, with the words for a hook that gives no reason. */
const exitTwo = new Map<string, string>([
  ['PreToolUse', 'PreToolUse hook exited with code 2 but did not write a blocking reason to stderr'],
  ['PostToolUse', 'PostToolUse hook exited with code 2 but did not write feedback to stderr'],
  ['PermissionRequest', 'PermissionRequest hook exited with code 2 but did not write a denial reason to stderr'],
  ['UserPromptSubmit', 'UserPromptSubmit hook exited with code 2 but did not write a blocking reason to stderr'],
  ['Stop', 'Stop hook exited with code 2 but did not write a continuation prompt to stderr'],
  ['SubagentStop', 'SubagentStop hook exited with code 2 but did not write a continuation prompt to stderr'],
])

/** What a hook that ended says. Source: reference 0.169.0, its JSON schemas of answers and runs of each case. */
export function readAnswer({ event }: HookEventFacts, { exitCode, stdout, stderr }: HookEnd): HookAnswer {
  if (exitCode === null) return failedHook('hook process terminated without an exit code')
  const withoutReason = exitTwo.get(event)
  if (exitCode === 2 && withoutReason !== undefined) {
    const reason = stderr.trim()
    return reason === '' ? failedHook(withoutReason) : blocked(event, reason)
  }
  if (exitCode !== 0) return failedHook(`hook exited with code ${exitCode}`)
  const text = stdout.trim()
  if (text === '') return silent
  const answer = parse(text)
  if (answer === undefined) return plainAnswer(event, text)
  return readMembers(event, answer)
}

function plainAnswer(event: string, text: string): HookAnswer {
  const looksLikeJson = text.startsWith('{') || text.startsWith('[')
  if (plainContext.includes(event) && !looksLikeJson) {
    return { ...silent, context: text, entries: [{ kind: 'context', text }] }
  }
  if (looksLikeJson || event === 'Stop' || event === 'SubagentStop')
    return failedHook(`hook returned invalid ${wordsOf(event)} JSON output`)
  return silent
}

function readMembers(event: string, answer: Members): HookAnswer {
  const own = membersOf(answer.hookSpecificOutput)
  if (own.hookEventName !== undefined && own.hookEventName !== event) {
    return failedHook(`hook returned invalid ${wordsOf(event)} JSON output`)
  }
  const fault = faultOf(event, answer, own)
  const entries: HookEntry[] = []
  const warning = textOf(answer.systemMessage)
  if (warning !== null) entries.push({ kind: 'warning', text: warning })
  if (fault !== undefined) {
    return { ...silent, status: 'failed', entries: [...entries, { kind: 'error', text: fault }] }
  }
  if (answer.continue === false) {
    const stopped = textOf(answer.stopReason) ?? `${event} hook stopped execution`
    return { ...silent, status: 'stopped', stopped, entries: [...entries, { kind: 'stop', text: stopped }] }
  }
  const context = textOf(own.additionalContext)
  if (context !== null) entries.push({ kind: 'context', text: context })
  const decided = decisionOf(event, answer, own)
  return { ...silent, ...decided, context, entries: [...entries, ...(decided.entries ?? [])] }
}

function decisionOf(event: string, answer: Members, own: Members): Partial<HookAnswer> {
  if (event === 'PermissionRequest') {
    const decision = membersOf(own.decision)
    if (decision.behavior === 'deny') {
      return { ...blocked(event, textOf(decision.message) ?? 'PermissionRequest hook denied approval') }
    }
    return decision.behavior === 'allow' ? { permission: 'allow' } : {}
  }
  if (event === 'PreToolUse' && own.permissionDecision === 'deny') {
    return blocked(event, textOf(own.permissionDecisionReason) ?? '')
  }
  if (answer.decision === 'block') return blocked(event, textOf(answer.reason) ?? '')
  return own.updatedInput === undefined || own.updatedInput === null ? {} : { updatedInput: own.updatedInput }
}

/** What a hook asks for that is not served; it counts as failed then. The words are the reference's. */
function faultOf(event: string, answer: Members, own: Members): string | undefined {
  const isBlock = answer.decision === 'block'
  if (isBlock && textOf(answer.reason) === null)
    return `${event} hook returned decision:block without a non-empty reason`
  if (event === 'PreToolUse') {
    if (answer.continue === false) return 'PreToolUse hook returned unsupported continue:false'
    if (answer.decision === 'approve') return 'PreToolUse hook returned unsupported decision:approve'
    if (own.permissionDecision === 'ask') return 'PreToolUse hook returned unsupported permissionDecision:ask'
    if (own.permissionDecision === 'deny' && textOf(own.permissionDecisionReason) === null) {
      return 'PreToolUse hook returned permissionDecision:deny without a non-empty permissionDecisionReason'
    }
    const hasInput = own.updatedInput !== undefined && own.updatedInput !== null
    if (hasInput && own.permissionDecision !== 'allow')
      return 'PreToolUse hook returned updatedInput without permissionDecision:allow'
    if (!hasInput && own.permissionDecision === 'allow')
      return 'PreToolUse hook returned unsupported permissionDecision:allow'
  }
  if (event === 'PostToolUse' && own.updatedMCPToolOutput !== undefined && own.updatedMCPToolOutput !== null) {
    return 'PostToolUse hook returned unsupported updatedMCPToolOutput'
  }
  if (event === 'PermissionRequest' && answer.continue === false)
    return 'PermissionRequest hook returned unsupported continue:false'
  return undefined
}

function blocked(event: string, reason: string): HookAnswer {
  const permission = event === 'PermissionRequest' ? ('deny' as const) : null
  return { ...silent, status: 'blocked', blocked: reason, permission, entries: [{ kind: 'feedback', text: reason }] }
}

function parse(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined
  } catch {
    return undefined
  }
}

function wordsOf(event: string): string {
  const words = event.replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()
  if (event === 'Stop' || event === 'SubagentStop') return `${words} hook`
  return /Use$|Request$/.test(event) ? words.replaceAll(' ', '-') : words
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

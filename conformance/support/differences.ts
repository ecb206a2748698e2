import type { Json } from './peer.js'
import type { Step } from './stage.js'

/**
 * What differs on purpose between the reference and us, or by chance between two runs of the reference. Both sides are changed in the
 * same way before they are compared; everything else must be equal. The reasons stand in golden/README.md by the same names.
 */
export function withoutDifferences(steps: readonly Step[]): readonly Step[] {
  const ids = new Map<string, string>()
  return settled(steps.filter((step) => !isLeft(step)))
    .map((step) => withOwnPart(step))
    .map((step) => ({ ...step, value: renumbered(masked(step.value, ''), ids) }))
}

/** Ids by their first appearance in what is compared. */
function renumbered(value: unknown, ids: Map<string, string>): unknown {
  const text = JSON.stringify(value ?? null).replace(/<id \d+>/g, (id) => {
    const known = ids.get(id) ?? `<id ${ids.size + 1}>`
    ids.set(id, known)
    return known
  })
  return JSON.parse(text)
}

/** Members whose values are each program's own. */
const ownMembers = new Set([
  // versions
  'cliVersion',
  'userAgent',
  // form of the files
  'historyMode',
  'path',
  'backwardsCursor',
  'nextCursor',
  'turnsBackwardsCursor',
  'itemsBackwardsCursor',
  // facts of threads that we know and the reference does not say
  'canAcceptDirectInput',
  'forkedFromId',
  'gitInfo',
  'activePermissionProfile',
  'readStates',
  // our own words
  'developer_instructions',
  // order of first appearance differs with what is told
  'revision',
])

function masked(value: unknown, name: string): unknown {
  if (ownMembers.has(name)) return '<own>'
  if (typeof value === 'string') return ownWords(value)
  if (Array.isArray(value)) return value.map((one) => masked(one, ''))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, key)]))
}

/** Errors whose words come from a library, or sell something. */
function ownWords(text: string): string {
  return text
    .replace(/network error: .*/s, 'network error: <own>')
    .replace(/Transport error: network error/, 'network error')
    .replace(/(You’ve hit your usage limit\.).*/s, '$1 <own>')
}

function isLeft({ kind, method, value }: Step): boolean {
  if (kind === 'told' && /^(deprecationNotice|warning)$/.test(method)) return true
  // The reference leaves out what a command prints at once; the completed item has it all.
  if (method === 'item/commandExecution/outputDelta') return true
  // The reference says it again after later responses.
  if (method === 'turn/diff/updated' || method === 'thread/goal/cleared') return true
  // A patch that does not fit is shown here, and is not there.
  if (/^item\/(started|completed)$/.test(method) && isEmptyPatch(value)) return true
  // Who interrupts ends the command too.
  if (method === 'item/completed' && isEnded(value)) return true
  // Flags come beside the items, from a watch of their own.
  if (kind === 'told' && method === 'thread/status/changed') return typeOf(value) !== 'systemError'
  return false
}

function isEmptyPatch(value: unknown): boolean {
  const { type, changes } = (value as { item: { type: string; changes?: readonly unknown[] } }).item
  return type === 'fileChange' && changes?.length === 0
}

function isEnded(value: unknown): boolean {
  const { type, exitCode } = (value as { item: { type: string; exitCode?: number } }).item
  return type === 'commandExecution' && exitCode === 143
}

/** A step of which only a part is compared: the estimate of a summed-up history follows the length of the prompts. */
function withOwnPart(step: Step): Step {
  if (step.method !== 'thread/tokenUsage/updated') return step
  const params = step.value as { tokenUsage: { last: { inputTokens: number; totalTokens: unknown } } }
  const { last } = params.tokenUsage
  const isEstimate = last.inputTokens === 0 && typeof last.totalTokens === 'number' && last.totalTokens < 100_000
  if (!isEstimate) return step
  return {
    ...step,
    value: { ...params, tokenUsage: { ...params.tokenUsage, last: { ...last, totalTokens: '<own>' } } },
  }
}

function typeOf(value: unknown): unknown {
  return ((value as Json).status as Json | undefined)?.type
}

/** Answers first, then what was told, for every stretch between two things that the client did. */
function settled(steps: readonly Step[]): readonly Step[] {
  const result: Step[] = []
  let stretch: Step[] = []
  const flush = () => {
    const isAnswer = ({ kind }: Step) => kind === 'answer' || kind === 'refusal'
    result.push(...stretch.filter(isAnswer), ...stretch.filter((step) => !isAnswer(step)))
    stretch = []
  }
  for (const step of steps) {
    const isClients = step.kind === 'sent' || step.kind === 'note'
    if (isClients) flush()
    if (isClients) result.push(step)
    else stretch.push(step)
  }
  flush()
  return result
}

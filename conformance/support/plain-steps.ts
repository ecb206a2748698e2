import type { Json } from './peer.js'
import type { Stage, Step } from './stage.js'

/** Members that hold times or lengths of time. */
const timeNames = /^(t|.*(At|AtMs|DurationMs)|durationMs|updated_at)$/
/** Longer texts are prose of one program: only that there is one counts. */
const longText = 400
/** Noise of the set-up, and what comes at its own time. */
const left = /^(remoteControl\/|configWarning|mcpServer\/|account\/rateLimits\/updated|initialized)/

/**
 * Steps as they can be compared between runs and programs: ids in the order in which they first appear, places by name, no times,
 * the deltas of an item as one, long prose as `<text>`.
 */
export function plainSteps(stage: Stage): readonly Step[] {
  const ids = new Map<string, string>()
  const places: readonly (readonly [string, string])[] = [
    [stage.cwd, '<cwd>'],
    [stage.codexHome, '<codex home>'],
    [stage.root, '<home>'],
  ]
  const steps: Step[] = []
  for (const step of stage.steps) {
    if (left.test(step.method)) continue
    const last = steps.at(-1)
    if (/delta$/i.test(step.method) && step.kind === 'told' && last?.method === step.method) {
      const merged = joined(last.value as Json, step.value as Json)
      if (merged !== undefined) {
        steps[steps.length - 1] = { ...last, value: merged }
        continue
      }
    }
    steps.push(step)
  }
  return steps.map((step) => ({ ...step, value: plain(step.value, '', ids, places) }))
}

function joined(one: Json, other: Json): Json | undefined {
  if (one.itemId !== other.itemId || typeof one.delta !== 'string') return undefined
  return { ...one, delta: one.delta + String(other.delta) }
}

type Places = readonly (readonly [string, string])[]

function plain(value: unknown, name: string, ids: Map<string, string>, places: Places): unknown {
  if (typeof value === 'string') return plainText(value, name, ids, places)
  if (typeof value === 'number') return timeNames.test(name) ? '<time>' : value
  if (Array.isArray(value)) return value.map((one) => plain(one, name, ids, places))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((one) => [plainText(one, '', ids, places), plain((value as Json)[one], one, ids, places)]),
  )
}

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
const modelIds = /\b(msg|rs|fc|ctc|call|resp|ws|exec)_[0-9a-f]{8,}\b/g

function plainText(text: string, name: string, ids: Map<string, string>, places: Places): string {
  if (name === 'processId') return '<process>'
  if (text.length > longText && !/^(delta|diff)$/.test(name)) return '<text>'
  const known = (id: string) => {
    const found = ids.get(id) ?? `<id ${ids.size + 1}>`
    ids.set(id, found)
    return found
  }
  return places
    .reduce((now, [place, said]) => now.replaceAll(place, said), text)
    .replace(uuid, known)
    .replace(/\b[0-9a-f]{40}\b/g, '<commit>')
    .replace(/127\.0\.0\.1:\d+/g, '<model>')
    .replace(modelIds, known)
    .replace(/\b\d{4}-\d\d-\d\dT\d\d[:-]\d\d[:-]\d\d(\.\d+)?Z?/g, '<time>')
    .replace(/\/\d{4}\/\d\d\/\d\d\//g, '/<day>/')
}

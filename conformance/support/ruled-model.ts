import { type ModelReply, type ModelRequest, textReply } from '../../packages/testkit/dist/index.js'

/** What a model says to words that it hears in the person's last message. */
export interface ModelRule {
  readonly hears: string
  /** In order of the requests that it answers; the last repeats. */
  readonly says: readonly (() => ModelReply)[]
}

interface InputItem {
  readonly type?: string
  readonly role?: string
  readonly content?: unknown
}

/** A model by rules: the first whose words are heard. It does not tell summaries from other requests. */
export function ruled(rules: readonly ModelRule[]): (request: ModelRequest) => ModelReply {
  const counts = new Map<ModelRule, number>()
  return ({ body }) => {
    const { input = [] } = body as { input?: readonly InputItem[] }
    const said = input.findLast(({ type, role }) => type === 'message' && role === 'user')
    const words = JSON.stringify(said?.content ?? '')
    const rule = rules.find(({ hears }) => words.includes(hears))
    if (rule === undefined) return textReply('An answer.')
    const count = counts.get(rule) ?? 0
    counts.set(rule, count + 1)
    return rule.says[Math.min(count, rule.says.length - 1)]!()
  }
}

import { type FactClass, factClasses } from '../fixtures/facts.js'
import type { Site } from './fixture.js'
import type { ModelServer } from './model-server.js'
import type { Json, Peer } from './peer.js'
import { type Program, reference } from './programs.js'
import { ask, listThreads, serve } from './session-run.js'

/** How many facts of a sort were found, and how many of them as what they are. */
export interface Found {
  readonly found: number
  readonly asItself: number
}

const kinds = ['cli', 'vscode', 'appServer', 'subAgentThreadSpawn', 'subAgentOther', 'unknown']

/** What a program shows, by `thread/read`, of all threads of a site. */
export async function itemsShown(program: Program, site: Site): Promise<Json[]> {
  const peer = await serve(program, site)
  try {
    const items: Json[] = []
    for (const { id } of await listThreads(peer, { sourceKinds: kinds })) {
      const { thread } = await ask(peer, 'thread/read', { threadId: id, includeTurns: true })
      items.push(...((thread as Json).turns as { items: Json[] }[]).flatMap((turn) => turn.items))
    }
    return items
  } finally {
    await peer.close()
  }
}

/** What its model is sent when the real Codex goes on with each thread of a site that the person sees. */
export async function inputOfModel(site: Site, model: ModelServer): Promise<Json[]> {
  const before = model.requests.length
  const peer = await serve(reference(), site)
  try {
    for (const { id } of await listThreads(peer)) await oneTurn(peer, String(id))
    return model.requests.slice(before).flatMap(({ input }) => input as Json[])
  } finally {
    await peer.close()
  }
}

/** Counts the facts of a sort among items. */
export function count(facts: FactClass, items: readonly Json[]): Found {
  const holding = (mark: string) => items.filter((item) => JSON.stringify(item).includes(mark))
  return {
    found: facts.marks.filter((mark) => holding(mark).length > 0).length,
    asItself: facts.marks.filter((mark) => holding(mark).some((item) => facts.isItself(item))).length,
  }
}

/** The table of docs/import/sessions.md. */
export function fidelityTable(views: {
  readonly theirs: readonly Json[]
  readonly oursThere: readonly Json[]
  readonly ours: readonly Json[]
  readonly theirModel: readonly Json[]
  readonly ourModel: readonly Json[]
}): string {
  const head =
    "| in the sessions | facts | reference's import | ours, in the real Codex | ours, in our server | model: reference's import | model: ours |"
  const rows = factClasses.map((facts) => {
    const seen = [views.theirs, views.oursThere, views.ours].map((items) => spelt(count(facts, items)))
    const sent = [views.theirModel, views.ourModel].map((items) => String(count(facts, items).found))
    return `| ${[facts.name, facts.marks.length, ...seen, ...sent].join(' | ')} |`
  })
  return [head, `|${' --- |'.repeat(7)}`, ...rows].join('\n')
}

/** `3 (2)`: three found, two of them as what they are. */
function spelt({ found, asItself }: Found): string {
  return found === asItself ? String(found) : `${found} (${asItself})`
}

async function oneTurn(peer: Peer, threadId: string): Promise<void> {
  await ask(peer, 'thread/resume', { threadId })
  await ask(peer, 'turn/start', { threadId, input: [{ type: 'text', text: 'go on', text_elements: [] }] })
  await peer.notification('turn/completed', (params) => params.threadId === threadId, 30_000)
}

import { appendFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { regular, sessions, titles, toolCalls } from '../fixtures/sessions.js'
import { lay, type Site } from '../support/fixture.js'
import { type ModelServer, startModel } from '../support/model-server.js'
import type { Json, Peer } from '../support/peer.js'
import { gangway, reference } from '../support/programs.js'
import { ask, importSessions, listThreads, type SessionResult, serve } from '../support/session-run.js'

describe('the real Codex, over sessions that we brought over, in a home without its databases', () => {
  let site: Site
  let imported: SessionResult
  let model: ModelServer
  let codex: Peer
  let listed: Map<unknown, Json>

  beforeAll(async () => {
    site = lay(sessions)
    imported = (await importSessions(gangway(), site)).result
    model = await startModel()
    appendFileSync(path.join(site.codexHome, 'config.toml'), model.config)
    codex = await serve(reference(), site)
    listed = new Map((await listThreads(codex)).map((thread) => [thread.id, thread]))
  })
  afterAll(async () => {
    await codex?.close()
    await model?.close()
    site?.remove()
  })

  const threadOf = (name: string) =>
    String(imported.successes.find((one) => String(one.source).endsWith(`/${name}.jsonl`))?.target)

  it('lists every one of them, under its name and in its folder', () => {
    const shown = imported.successes.map((one) => ({ id: one.target, ...pick(listed.get(one.target)) }))

    expect(shown).toEqual(
      imported.successes.map((one) => ({
        id: one.target,
        // The reference has no other title for a session that begins with a picture.
        name: one.title === '[external unsupported block: image]' ? 'What is in this picture?' : one.title,
        cwd: one.cwd,
      })),
    )
  })

  it.each([
    ['in lists', () => listThreads(codex)],
    ['in lists from its database', () => listThreads(codex, { useStateDbOnly: true })],
  ])('E8: dates them to the time they were held %s', async (_where, look) => {
    const threads = new Map((await look()).map((thread) => [thread.id, thread]))
    const dates = regular.map(({ name }) => {
      const { createdAt, updatedAt, recencyAt } = threads.get(threadOf(name)) ?? {}
      return [name, createdAt, updatedAt, recencyAt]
    })

    expect(dates).toEqual(regular.map(({ name, times }) => [name, times.first, times.last, times.last]))
  })

  it('E8: dates one that it reads to its beginning, and to its end where it sorts by', async () => {
    const threads = await Promise.all(regular.map(({ name }) => readThread(codex, threadOf(name))))

    // Its `updatedAt` is the beginning here.
    expect(threads.map(({ createdAt, recencyAt }) => [createdAt, recencyAt])).toEqual(
      regular.map(({ times }) => [times.first, times.last]),
    )
  })

  it('reads every one of them, each turn with the words of the person', async () => {
    for (const { target, title } of imported.successes) {
      const { thread } = await ask(codex, 'thread/read', { threadId: target, includeTurns: true })
      const turns = (thread as Json).turns as { items: Json[] }[]
      const said = turns
        .flatMap(({ items }) => items)
        .filter(({ type }) => type === 'userMessage' || type === 'agentMessage')

      expect([title, turns.length > 0, said.length > 0]).toEqual([title, true, true])
    }
  })

  it('shows edits as diffs, thoughts, MCP calls, searches and plans as what they are', async () => {
    const { thread } = await ask(codex, 'thread/read', { threadId: threadOf('tools'), includeTurns: true })
    const types = ((thread as Json).turns as { items: Json[] }[]).flatMap(({ items }) => items.map(({ type }) => type))

    expect([...new Set(types)].sort()).toEqual([
      'agentMessage',
      'fileChange',
      'mcpToolCall',
      'plan',
      'reasoning',
      'userMessage',
      'webSearch',
    ])
  })

  it('resumes every one of them', async () => {
    const answers = await Promise.all(
      imported.successes.map(
        async ({ target }) => (await codex.request('thread/resume', { threadId: target })).error?.message,
      ),
    )

    expect(answers.filter((message) => message !== undefined)).toEqual([])
  })

  it('goes on with one: its model gets native calls, each followed by its output, in order', async () => {
    const input = await turn(codex, model, threadOf('tools'), 'What did you change?')
    const traffic = input.filter(({ type }) => type === 'function_call' || type === 'function_call_output')

    expect(traffic.map(({ type }) => type)).toEqual(toolCalls.flatMap(() => ['function_call', 'function_call_output']))
    expect(traffic.map(({ call_id }) => call_id)).toEqual(
      traffic.filter(({ type }) => type === 'function_call').flatMap(({ call_id }) => [call_id, call_id]),
    )
    const calls = traffic.filter(({ type }) => type === 'function_call').map((call) => String(call.arguments))
    expect(calls.map((words, index) => words.includes(toolCalls[index]!))).toEqual(toolCalls.map(() => true))
    expect(JSON.stringify(input)).not.toContain('external_agent_tool')
    expect(JSON.stringify(input.at(-1))).toContain('What did you change?')
  })

  it('goes on with a compacted one: its model gets the summary and what came after', async () => {
    const words = JSON.stringify(await turn(codex, model, threadOf('compacted'), 'Tell me more'))

    expect(words).toContain('the story so far')
    expect(words).toContain('And how does it end?')
    expect(words).not.toContain('A long story begins')
  })

  it('goes on with a branched one: its model gets the branch that was left last', async () => {
    const words = JSON.stringify(await turn(codex, model, threadOf('branched'), 'Thanks'))

    expect(words).toContain('Blue.')
    expect(words).not.toContain('Green.')
  })

  it('shows its own model the pictures', async () => {
    const words = JSON.stringify(await turn(codex, model, threadOf('images'), 'Look again'))

    expect(words.match(/data:image\/png;base64,/g)).toHaveLength(2)
  })

  it('E9: shows their names still after it has gone on with them, and after a restart', async () => {
    await codex.close()
    codex = await serve(reference(), site)
    const names = new Map((await listThreads(codex)).map((thread) => [thread.id, shownName(thread)]))

    const wanted = titles.map(({ name }) =>
      imported.successes.find((one) => String(one.source).endsWith(`/${name}.jsonl`)),
    )
    expect(wanted.map((one) => names.get(one?.target))).toEqual(wanted.map((one) => one?.title))
    expect(names.get(threadOf('tools'))).toBe('Find out why the build breaks')
  })

  it('D10: has no prompt text in them, and finds where they came from', () => {
    const file = String(listed.get(threadOf('tools'))?.path)
    const head = JSON.parse(readFileSync(file, 'utf8').split('\n')[0]!) as { payload: Json }

    expect(head.payload.base_instructions).toBeUndefined()
    expect(head.payload.gangway).toMatchObject({ source_agent: 'claude-code', source_session_id: 'tools' })
  })

  it('D7: lists the threads of helper agents below the one that started them', async () => {
    const helpers = await listThreads(codex, { sourceKinds: ['subAgentThreadSpawn'] })

    expect(helpers.map(({ source }) => JSON.stringify(source)).sort()).toEqual([
      expect.stringContaining(threadOf('sidechain')),
      expect.stringContaining(threadOf('helpers')),
    ])
  })
})

function pick(thread: Json | undefined): Json {
  return { name: shownName(thread), cwd: thread?.cwd }
}

/** A name that is the first message is not given as a name. */
function shownName(thread: Json | undefined): unknown {
  return thread?.name ?? thread?.preview
}

async function readThread(codex: Peer, threadId: string): Promise<Json> {
  return (await ask(codex, 'thread/read', { threadId })).thread as Json
}

/** One turn of the real Codex. Gives what its model was sent. */
async function turn(codex: Peer, model: ModelServer, threadId: string, words: string): Promise<Json[]> {
  const before = model.requests.length
  await ask(codex, 'thread/resume', { threadId })
  await ask(codex, 'turn/start', { threadId, input: [{ type: 'text', text: words, text_elements: [] }] })
  const { turn } = await codex.notification('turn/completed', (params) => params.threadId === threadId, 30_000)
  expect((turn as Json).status).toBe('completed')
  const request = model.requests.slice(before).find((one) => JSON.stringify(one.input).includes(words))
  return (request?.input ?? []) as Json[]
}

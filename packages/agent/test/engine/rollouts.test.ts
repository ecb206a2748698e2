import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readThread, rolloutPath } from '@gangway/home'
import { startModelServer, textReply } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { uuidV7 } from '../../src/ids.js'
import { ThreadPlace } from './thread-place.js'

const said = (role: string, text: string) => ({
  type: 'message',
  role,
  content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }],
})

/** A paginated rollout as the reference writes it, with one turn. */
function paginated(place: ThreadPlace, threadId: string, more: object = {}): string {
  const path = rolloutPath(place.host.layout, { startedAt: new Date(), threadId })
  const meta = {
    id: threadId,
    cwd: place.cwd,
    source: 'vscode',
    history_mode: 'paginated',
    model_provider: 'script',
    ...more,
  }
  const lines = [
    ['session_meta', meta],
    ['event_msg', { type: 'task_started', turn_id: 't1' }],
    [
      'turn_context',
      { cwd: place.cwd, model: 'gpt-5.4', effort: 'low', sandbox_policy: { type: 'danger-full-access' } },
    ],
    ['response_item', said('user', 'from before')],
    ['response_item', said('assistant', 'an answer')],
    ['response_item', { type: 'function_call', call_id: 'lost', name: 'x', arguments: '{}' }],
    ['event_msg', { type: 'task_complete', turn_id: 't1' }],
  ]
  mkdirSync(dirname(path), { recursive: true })
  const rows = lines.map(([type, payload], ordinal) =>
    JSON.stringify({ timestamp: new Date().toISOString(), ordinal, type, payload }),
  )
  writeFileSync(path, `${rows.join('\n')}\n`)
  return path
}

const inputOf = (body: unknown) =>
  (body as { input: { type: string; call_id?: string; output?: string; content?: { text: string }[] }[] }).input

it('goes on with a paginated rollout as a paginated one, with what was set in it', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('two')] }))
  const threadId = uuidV7()
  const path = paginated(place, threadId)

  const thread = await place.resume(threadId, path)
  expect(thread.settings).toMatchObject({
    model: 'gpt-5.4',
    effort: 'low',
    sandboxPolicy: { type: 'dangerFullAccess' },
  })
  await place.turn(thread, 'second')
  await thread.close(1_000)

  const ordinals = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).ordinal)
  expect(ordinals).toEqual(ordinals.map((_, index) => index))
  const { turns } = await readThread(path)
  expect(turns.at(-1)?.items.map(({ type }) => type)).toEqual(['userMessage', 'agentMessage'])
})

it('gives a call that was never answered an output', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('two')] }))
  const threadId = uuidV7()
  const thread = await place.resume(threadId, paginated(place, threadId))

  await place.turn(thread, 'second')

  const output = inputOf(place.model.requests[0]?.body).find(({ type }) => type === 'function_call_output')
  expect(output).toMatchObject({ call_id: 'lost', output: 'aborted' })
  await thread.close(1_000)
})

it('takes up a fork with what it goes on from', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('two')] }))
  const [origin, fork] = [uuidV7(), uuidV7()]
  paginated(place, origin)
  const base = { thread_id: origin, end_ordinal_exclusive: 4, end_byte_offset: null }
  const path = rolloutPath(place.host.layout, { startedAt: new Date(), threadId: fork })
  const meta = { id: fork, cwd: place.cwd, history_mode: 'paginated', history_base: base }
  writeFileSync(path, `${JSON.stringify({ timestamp: '', ordinal: 4, type: 'session_meta', payload: meta })}\n`)

  const thread = await place.resume(fork, path)
  await place.turn(thread, 'in the fork')

  const texts = inputOf(place.model.requests[0]?.body).map(({ content }) => content?.at(-1)?.text)
  expect(texts).toContain('from before')
  expect(texts).not.toContain('an answer')
  await thread.close(1_000)
})

it('tells a change of settings as a new message, and leaves what was told', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('a'), textReply('b')] }))
  const thread = await place.start()
  await place.turn(thread, 'one')

  thread.updateSettings({ sandboxPolicy: { type: 'dangerFullAccess' } })
  await place.turn(thread, 'two')

  const [first, second] = place.model.requests.map(({ body }) => inputOf(body))
  expect(second?.slice(0, first?.length)).toEqual(first)
  expect(second?.at(-2)?.content?.[0]?.text).toContain('danger-full-access')
  await thread.close(1_000)
})

it('tells what AGENTS.md files say, from the project’s root down', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('a')] }))
  mkdirSync(place.host.layout.root, { recursive: true })
  writeFileSync(place.host.layout.agentsMd, 'of the home')
  place.write('AGENTS.md', 'of the project')
  const thread = await place.start()

  await place.turn(thread, 'one')

  const text = inputOf(place.model.requests[0]?.body)
    .flatMap(({ content }) => content ?? [])
    .find(({ text }) => text.startsWith('# AGENTS.md'))?.text
  expect(text).toMatch(/of the home\n\n--- project-doc ---\n\nof the project/)
  expect(thread.instructionSources).toEqual([place.host.layout.agentsMd, `${place.cwd}/AGENTS.md`])
  await thread.close(1_000)
})

it('asks for an answer of the given form', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('{}')] }))
  const thread = await place.start({ isEphemeral: true })
  const end = place.next('turn/completed')

  await thread.startTurn({ input: [], clientUserMessageId: null, outputSchema: { type: 'object' } })
  await end

  expect(place.model.requests[0]?.body).toHaveProperty('text', {
    format: { type: 'json_schema', strict: true, name: 'codex_output_schema', schema: { type: 'object' } },
  })
  expect(place.model.requests[0]?.headers).toMatchObject({ originator: 'test', 'thread-id': thread.threadId })
  await thread.close(1_000)
})

it('tells which skills there are, once', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('a'), textReply('b')] }))
  const folder = join(place.host.layout.skillsDir, 'tidy')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'SKILL.md'), '---\nname: tidy\ndescription: Puts things in order\n---\nDo it.\n')
  const thread = await place.start()

  await place.turn(thread, 'one')
  await place.turn(thread, 'two')

  const texts = inputOf(place.model.requests[1]?.body).flatMap(({ content }) => content?.map(({ text }) => text) ?? [])
  expect(texts.filter((text) => text.includes('- tidy: Puts things in order'))).toHaveLength(1)
  await thread.close(1_000)
})

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { customCall, message, reasoning, refusal, respond, textReply, toolCall } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { eventsOf, execHome, threadOf } from './exec-home.js'

const usage = {
  input_tokens: 1000,
  cached_input_tokens: 256,
  cache_write_input_tokens: 0,
  output_tokens: 40,
  reasoning_output_tokens: 8,
}

it('prints the answer alone on standard output, and the rest on standard error', async () => {
  const working = respond([
    reasoning(['**Think**']),
    message('Looking.'),
    toolCall('exec_command', { cmd: 'echo hi; exit 4' }),
  ])
  await using home = await execHome({ replies: [working, textReply('It is done.')] })

  const run = await home.exec(['look here'])

  expect([run.code, run.stdout]).toEqual([0, 'It is done.\n'])
  const lines = run.stderr.split('\n').filter((line) => !/^(?:workdir|session id|Gangway| exited)/.test(line))
  expect(lines.join('\n')).toBe(`Reading additional input from stdin...
--------
model: gpt-5.5
provider: mock
approval: never
sandbox: read-only
reasoning effort: none
reasoning summaries: none
--------
user
look here
**Think**
agent
Looking.
exec
/bin/bash -lc 'echo hi; exit 4' in ${home.repository}
hi
agent
It is done.
tokens used
1,568
`)
  expect(run.stderr).toMatch(/\n exited 4 in \d+ms:\nhi\n/)
})

it('prints one JSON event a line', async () => {
  const working = respond([reasoning(['**Think**']), toolCall('exec_command', { cmd: 'echo hi' })])
  await using home = await execHome({ replies: [working, textReply('Done.')] })

  const run = await home.exec(['--json', 'look'])

  const item = { id: 'item_1', type: 'command_execution', command: "/bin/bash -lc 'echo hi'" }
  expect(run.code).toBe(0)
  expect(eventsOf(run)).toEqual([
    { type: 'thread.started', thread_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    { type: 'turn.started' },
    { type: 'item.completed', item: { id: 'item_0', type: 'reasoning', text: '**Think**' } },
    { type: 'item.started', item: { ...item, aggregated_output: '', exit_code: null, status: 'in_progress' } },
    { type: 'item.completed', item: { ...item, aggregated_output: 'hi\n', exit_code: 0, status: 'completed' } },
    { type: 'item.completed', item: { id: 'item_2', type: 'agent_message', text: 'Done.' } },
    {
      type: 'turn.completed',
      usage: { ...usage, input_tokens: 2000, cached_input_tokens: 512, output_tokens: 80, reasoning_output_tokens: 16 },
      turn_usage: expect.objectContaining({ input_tokens: 2000, output_tokens: 80 }),
    },
  ])
})

it('resumes a session by id, by name and the newest one, and tells totals of the thread', async () => {
  await using home = await execHome()

  const first = await home.exec(['--json', 'first'])
  const second = await home.exec(['resume', '--json', threadOf(first), 'second'])
  const third = await home.exec(['resume', '--last', '--json', 'third'])

  expect([threadOf(second), threadOf(third)]).toEqual([threadOf(first), threadOf(first)])
  expect([first, second, third].map((run) => eventsOf(run).at(-1)?.usage)).toEqual([
    usage,
    { ...usage, input_tokens: 2000, cached_input_tokens: 512, output_tokens: 80, reasoning_output_tokens: 16 },
    { ...usage, input_tokens: 3000, cached_input_tokens: 768, output_tokens: 120, reasoning_output_tokens: 24 },
  ])
  expect([second, third].map((run) => eventsOf(run).at(-1)?.turn_usage)).toEqual([usage, usage])
  expect(JSON.stringify(home.model.requests[2]?.body)).toMatch(/first.*second.*third/)
})

it('forks a session, with words and without', async () => {
  await using home = await execHome()
  const first = await home.exec(['--json', 'first'])

  const made = await home.exec(['fork', '--json', threadOf(first)])
  const said = await home.exec(['fork', '--json', threadOf(first), 'else'])

  expect([made.code, eventsOf(made).map(({ type }) => type)]).toEqual([0, ['thread.started']])
  expect([said.code, eventsOf(said).at(-1)?.type]).toEqual([0, 'turn.completed'])
  expect(new Set([first, made, said].map(threadOf)).size).toBe(3)
  expect(JSON.stringify(home.model.requests[1]?.body)).toMatch(/first.*else/)
})

it('reviews what is not committed', async () => {
  await using home = await execHome({ replies: [textReply('All good.')] })

  const run = await home.exec(['review', '--uncommitted'])

  expect([run.code, run.stdout]).toEqual([0, 'All good.\n'])
})

it('asks for an answer that fits a schema, and writes it to a file', async () => {
  await using home = await execHome({ replies: [textReply('{"answer":"42"}')] })
  const schema = { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] }
  await home.folder.write({ 'repository/schema.json': JSON.stringify(schema) })

  const run = await home.exec(['--output-schema', 'schema.json', '-o', 'last.txt', 'what'])

  expect([run.code, run.stdout]).toEqual([0, '{"answer":"42"}\n'])
  expect(await readFile(join(home.repository, 'last.txt'), 'utf8')).toBe('{"answer":"42"}')
  expect(home.model.requests[0]?.body).toMatchObject({
    text: { format: { type: 'json_schema', strict: true, name: 'codex_output_schema', schema } },
  })
})

it('sends pictures with the prompt', async () => {
  await using home = await execHome()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/q842iQAAAABJRU5ErkJggg==',
    'base64',
  )
  await home.folder.write({ 'repository/a.png': '' })
  await import('node:fs/promises').then(({ writeFile }) => writeFile(join(home.repository, 'a.png'), png))

  const run = await home.exec(['look', '-i', 'a.png'])

  expect(run.code).toBe(0)
  expect(JSON.stringify(home.model.requests[0]?.body)).toContain('data:image/png;base64,')
})

it('lets patches change another folder that was named, and no other', async () => {
  const add = (path: string) =>
    respond([customCall('apply_patch', `*** Begin Patch\n*** Add File: ${path}\n+x\n*** End Patch`)])
  await using home = await execHome()
  await home.folder.write({ 'other/here': '', 'third/here': '' })
  const { path } = home.folder
  home.model.reply(add(`${path}/other/made`), textReply('One.'), add(`${path}/third/made`), textReply('Two.'))
  const sandbox = [
    '-s',
    'workspace-write',
    '-c',
    'sandbox_workspace_write={exclude_slash_tmp=true, exclude_tmpdir_env_var=true}',
  ]

  const run = await home.exec([...sandbox, '--add-dir', '../other', 'x'])
  await home.exec([...sandbox, '--add-dir', '../other', 'x'])

  expect(run.stderr).toContain(`sandbox: workspace-write [workdir, ${path}/other]\n`)
  const made = Object.keys(await home.folder.read()).filter((name) => name.endsWith('made'))
  expect(made).toEqual(['other/made'])
})

it('ends with 1 and says why when the turn fails', async () => {
  const bad = refusal(400, { error: { message: 'bad thing', type: 'invalid_request_error' } })
  await using home = await execHome({ replies: [bad, bad] })

  const human = await home.exec(['x'])
  const json = await home.exec(['--json', 'x'])

  expect([human.code, human.stdout, human.stderr.match(/ERROR: /g)?.length]).toEqual([1, '', 1])
  expect(json.code).toBe(1)
  expect(eventsOf(json).map(({ type }) => type)).toEqual(['thread.started', 'turn.started', 'error', 'turn.failed'])
})

it('ends with 0 when a command failed and the turn did not', async () => {
  await using home = await execHome({
    replies: [respond([toolCall('exec_command', { cmd: 'exit 9' })]), textReply('So.')],
  })

  expect((await home.exec(['x'])).code).toBe(0)
})

it('declines what would need consent, and goes on', async () => {
  const escalation = { cmd: 'touch made', sandbox_permissions: 'require_escalated', justification: 'because' }
  await using home = await execHome({
    replies: [respond([toolCall('exec_command', escalation)]), textReply('Then not.')],
  })

  const run = await home.exec(['x'])

  expect([run.code, run.stdout]).toEqual([0, 'Then not.\n'])
  expect(Object.keys(await home.folder.read())).not.toContain('repository/made')
})

it('records where the session comes from, or leaves nothing of it', async () => {
  await using home = await execHome()

  await home.exec(['--ephemeral', 'first'])
  expect(Object.keys(await home.folder.read()).filter((name) => name.includes('rollout'))).toEqual([])

  await home.exec(['second'])
  const rollout = Object.entries(await home.folder.read()).find(([name]) => name.includes('rollout'))?.[1]
  const meta = JSON.parse(rollout?.split('\n')[0] ?? '') as { payload: object }
  expect(meta.payload).toMatchObject({ originator: 'gangway_exec', source: 'exec' })
})

// A conversation with a scripted model through a server in this process: words as they come, a command that asks first.
// Run it with `npx tsx --conditions=@gangway/source examples/talk.ts`; it works in a temporary folder only.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startInProcess } from '@gangway/client/in-process'
import { message, respond, startModelServer, toolCall } from '@gangway/testkit'

const root = await mkdtemp(join(tmpdir(), 'gangway-example-'))
const model = await startModelServer({
  replies: [
    respond([message('Let me look.'), toolCall('exec_command', { cmd: 'echo harbour' })]),
    respond([message('It says harbour.')]),
  ],
})
try {
  const codexHome = join(root, '.codex')
  await mkdir(codexHome)
  await using client = await startInProcess({
    clientInfo: { name: 'example', version: '1.0.0' },
    sessionSource: 'exec',
    codexHome,
    // Any server that speaks the Responses API; this one says what it was told to.
    config: {
      model: 'gpt-5.5',
      model_provider: 'scripted',
      'model_providers.scripted.name': 'Scripted',
      'model_providers.scripted.base_url': model.url,
    },
    env: { ...process.env, HOME: root },
  })

  const asked: string[] = []
  client.onRequest('item/commandExecution/requestApproval', ({ command }) => {
    asked.push(command ?? '')
    return { decision: 'accept' as const }
  })

  const { thread } = await client.request('thread/start', { cwd: root, approvalPolicy: 'untrusted' })
  const turn = await client.startTurn(thread.id, 'What does echo say?')
  for await (const words of turn.text()) process.stdout.write(words)
  const { turn: done } = await turn.completed
  console.log()

  assert.equal(done.status, 'completed')
  assert.equal(asked.length, 1)
  const { thread: read } = await client.request('thread/read', { threadId: thread.id, includeTurns: true })
  const types = read.turns.flatMap(({ items }) => items.map(({ type }) => type))
  assert.deepEqual(types, ['userMessage', 'agentMessage', 'commandExecution', 'agentMessage'])
  console.log(`thread ${thread.id} has ${types.length} items on disk`)
} finally {
  await model.close()
  await rm(root, { recursive: true, force: true })
}

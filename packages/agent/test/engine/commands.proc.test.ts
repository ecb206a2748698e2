import { respond, startModelServer, textReply, toolCall } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { toolFamilies } from '../../src/tools/families.js'
import { ThreadPlace, words } from './thread-place.js'

const request = { input: words('go'), clientUserMessageId: null, outputSchema: null }
const command = (cmd: string) => respond([toolCall('exec_command', { cmd }, { callId: 'c1' })])

it('runs a command of the model, shows it, and tells the model what it printed', async () => {
  await using place = new ThreadPlace(
    await startModelServer({ replies: [command('echo from the shell'), textReply('ok')] }),
  )
  place.families = toolFamilies
  const settings = place.settings({ sandboxPolicy: { type: 'dangerFullAccess' } })
  const thread = await place.start({ settings })

  await place.turn(thread, 'go')

  const done = place.told.find(
    ({ method, params }) => method === 'item/completed' && params.item.type === 'commandExecution',
  )
  expect(done?.params.item).toMatchObject({ id: 'c1', status: 'completed', exitCode: 0 })
  expect(JSON.stringify(place.model.requests[1]?.body)).toContain('from the shell')
  await thread.close(1_000)
})

it('ends a turn while its command runs, and leaves no command behind when it is closed', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [command('sleep 60')] }))
  place.families = toolFamilies
  const settings = place.settings({ sandboxPolicy: { type: 'dangerFullAccess' } })
  const thread = await place.start({ settings })
  const running = place.next('item/started', ({ params }) => params.item.type === 'commandExecution')
  const end = place.next('turn/completed')
  const { id } = await thread.startTurn(request)
  await running

  await thread.interrupt(id)

  expect((await end).params.turn.status).toBe('interrupted')
  await thread.close(2_000)
  expect(thread.backgroundTerminals()).toEqual([])
})

it('runs what the person typed as a turn of its own, and lets the model know', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('ok')] }))
  place.families = toolFamilies
  const thread = await place.start()
  const end = place.next('turn/completed')

  await thread.shellCommand('echo typed')
  await end
  await place.turn(thread, 'and now')

  expect(place.methods.slice(0, 6)).toEqual([
    'thread/status/changed',
    'turn/started',
    'item/started commandExecution',
    'item/completed commandExecution',
    'thread/status/changed',
    'turn/completed',
  ])
  expect(JSON.stringify(place.model.requests[0]?.body)).toContain('<user_shell_command>')
  await thread.close(1_000)
})

it('shows a review between its items, with the findings as its last words', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('P1 a.ts:1 is wrong')] }))
  const thread = await place.start()
  const end = place.next('turn/completed')

  await thread.review({ type: 'uncommittedChanges' })
  const { params } = await end

  expect(place.methods).toContain('item/completed enteredReviewMode')
  const exited = place.told.find(
    ({ method, params }) => method === 'item/completed' && params.item.type === 'exitedReviewMode',
  )
  expect(exited?.params.item.review).toBe('P1 a.ts:1 is wrong')
  expect(params.turn.items[0].text).toBe('P1 a.ts:1 is wrong')
  await thread.close(1_000)
})

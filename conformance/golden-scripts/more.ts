import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { message, rawItem, respond, type ScriptedItem, toolCall } from '../../packages/testkit/dist/index.js'
import type { Script } from '../support/golden.js'
import type { Json } from '../support/peer.js'

const run = (cmd: string, more: object = {}) => toolCall('exec_command', { cmd, ...more })
const calls = (items: () => readonly ScriptedItem[], text: string) => [
  () => respond(items()),
  () => respond([message(text)]),
]
const image = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const options = [
  { label: 'A', description: 'a' },
  { label: 'B', description: 'b' },
]
const questions = [{ id: 'q1', header: 'H', question: 'Which?', options }]

/** Steering while a command runs, commands that nobody trusts, a terminal, dynamic tools, images, the web, questions. */
export const more: Script = {
  name: 'more',
  stage: {
    rules: [
      { hears: 'STEERCMD', says: calls(() => [run('sleep 1; echo slept')], 'after the command') },
      { hears: 'steered meanwhile', says: [() => respond([message('saw it')])] },
      { hears: 'UNTRUSTED', says: calls(() => [run('touch zz')], 'u done') },
      { hears: 'TERMINAL', says: calls(() => [run('cat', { tty: true, yield_time_ms: 300 })], 's1') },
      { hears: 'DYNAMIC', says: calls(() => [toolCall('lookup', { id: 'x' })], 'dynamic done') },
      { hears: 'IMAGE', says: calls(() => [toolCall('view_image', { path: 'p.png' })], 'seen') },
      {
        hears: 'WEB',
        says: [
          () =>
            respond([
              rawItem({
                type: 'web_search_call',
                id: 'ws_0000000001',
                status: 'completed',
                action: { type: 'search', query: 'cats' },
              }),
              message('web done'),
            ]),
        ],
      },
      { hears: 'ASKME', says: calls(() => [toolCall('request_user_input', { questions })], 'thanks') },
    ],
  },
  async play(stage) {
    writeFileSync(path.join(stage.cwd, 'AGENTS.md'), '# Project rules\nUse tabs.\n')
    writeFileSync(path.join(stage.codexHome, 'AGENTS.md'), 'Global rule.\n')
    writeFileSync(path.join(stage.cwd, 'p.png'), Buffer.from(image, 'base64'))
    stage.answer('item/commandExecution/requestApproval', () => ({ decision: 'accept' }))
    const contentItems = [{ type: 'inputText', text: 'ticket x' }]
    stage.answer('item/tool/call', () => ({ contentItems, success: true }))
    stage.answer('item/tool/requestUserInput', () => ({ answers: { q1: { answers: ['A'] } } }))
    await stage.initialize()
    const start = (settings: Json = {}) => stage.thread({ sandbox: 'read-only', ...settings })

    const threadId = await start()
    const from = stage.steps.length
    const turnId = await stage.turn(threadId, 'STEERCMD', {}, false)
    await stage.until(
      ({ method, value }) =>
        method === 'item/started' && ((value as Json).item as Json | undefined)?.type === 'commandExecution',
      from,
    )
    await delay(200)
    const input = [{ type: 'text', text: 'steered meanwhile' }]
    await stage.request('turn/steer', { threadId, expectedTurnId: turnId, input })
    await stage.end(threadId, from)

    await stage.turn(await start({ approvalPolicy: 'untrusted' }), 'UNTRUSTED')
    await stage.turn(await start(), 'TERMINAL')
    const inputSchema = { type: 'object', properties: { id: { type: 'string' } } }
    const dynamicTools = [{ type: 'function', name: 'lookup', description: 'Look up', inputSchema }]
    await stage.turn(await start({ dynamicTools }), 'DYNAMIC')
    await stage.turn(await start(), 'IMAGE')
    await stage.turn(await start(), 'WEB')
    const settings = { model: 'gpt-5.5', reasoning_effort: null, developer_instructions: null }
    await stage.turn(await start(), 'ASKME', { collaborationMode: { mode: 'plan', settings } })
  },
}

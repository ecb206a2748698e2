import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { mcpFamily } from '../../src/tools/mcp/mcp-family.js'
import { outputOf, ToolPlace } from './tool-place.js'

async function placeWith(more: Record<string, unknown> = {}, settings = {}): Promise<ToolPlace> {
  const place = new ToolPlace(settings)
  place.config = { mcp_servers: { fx: place.server(more) } }
  await place.open(mcpFamily)
  return place
}

it('gives the model how long a call took, and what it gave', async () => {
  await using place = await placeWith()

  const result = await place.call('echo', { text: 'hi' })

  expect(result.output[0]).toMatchObject({ text: expect.stringMatching(/^Wall time: \d+\.\d{4} seconds\nOutput:$/) })
  expect(outputOf(result)).toEqual(['echo: hi'])
  expect(place.of('item/started')[0]?.params).toMatchObject({
    type: 'mcpToolCall',
    server: 'fx',
    tool: 'echo',
    status: 'inProgress',
  })
  expect(place.lastItem).toMatchObject({
    id: 'c-1',
    status: 'completed',
    arguments: { text: 'hi' },
    readOnlyHint: true,
    result: { content: [{ type: 'text', text: 'echo: hi' }], structuredContent: null, _meta: null },
    error: null,
  })
})

it('passes pictures on as pictures, and structured content as JSON', async () => {
  await using place = await placeWith()

  const image = await place.call('image')
  const facts = await place.call('facts')

  expect(outputOf(image)).toEqual([
    { type: 'input_image', image_url: expect.stringMatching(/^data:image\/png;base64,iVBOR/), detail: 'original' },
  ])
  expect(outputOf(facts)).toBe('{"facts":2}')
  expect(facts.hookResponse).toEqual({
    content: [{ type: 'text', text: 'two facts' }],
    structuredContent: { facts: 2 },
  })
})

it('shows a failed call as failed, and tells the model its words', async () => {
  await using place = await placeWith()

  const result = await place.call('fail')

  expect(result.success).toBe(false)
  expect(outputOf(result)).toEqual(['it did not work'])
  expect(place.lastItem.status).toBe('failed')
})

it('ends a call at the time limit of its server, and tells what the server said of its progress', async () => {
  await using place = await placeWith({ tool_timeout_sec: 0.3 })

  const result = await place.call('slow')

  expect(place.of('item/mcpToolCall/progress')[0]?.params).toEqual({
    itemId: 'c-1',
    message: 'half way',
    threadId: 't-1',
    turnId: 'u-1',
  })
  expect(outputOf(result)).toEqual([
    'tool call error: tool call failed for `fx/slow`\n\nCaused by:\n    timed out awaiting tools/call after 0.3s',
  ])
})

it('cancels a call when the turn is interrupted', async () => {
  await using place = await placeWith()
  const controller = new AbortController()
  const call = place.call('slow', {}, controller.signal)
  await place.next('item/mcpToolCall/progress')

  controller.abort(new Error('interrupted'))

  await expect(call).rejects.toThrow('interrupted')
  expect(place.lastItem).toMatchObject({ status: 'failed' })
})

it('starts a server again that died', async () => {
  await using place = await placeWith()
  const died = await place.call('die')

  const again = await place.call('echo', { text: 'back' })

  expect(outputOf(died)).toEqual(['tool call error: tool call failed for `fx/die`\n\nCaused by:\n    Transport closed'])
  expect(outputOf(again)).toEqual(['echo: back'])
  const states = place.of('mcpServer/startupStatus/updated').map(({ params }) => params.status)
  expect(states).toEqual(['starting', 'ready', 'starting', 'ready'])
})

it('asks before a tool that destroys, or that says nothing of itself', async () => {
  await using place = await placeWith()
  place.answers.set('mcpServer/elicitation/request', () => ({ action: 'accept', content: {}, _meta: null }))

  await place.call('erase')
  await place.call('plain')

  const [asked, other] = place.of('mcpServer/elicitation/request')
  expect(asked?.params).toEqual({
    serverName: 'fx',
    threadId: 't-1',
    turnId: 'u-1',
    mode: 'form',
    _meta: {
      codex_approval_kind: 'mcp_tool_call',
      persist: ['session', 'always'],
      tool_name: 'erase',
      tool_annotations: { destructiveHint: true },
      tool_description: 'Destroys.',
      tool_params: {},
      tool_params_display: [],
    },
    message: 'Allow the fx MCP server to run tool "erase"?',
    requestedSchema: { type: 'object', properties: {} },
  })
  expect(other?.params._meta.tool_name).toBe('plain')
})

it.each([
  ['decline', 'user rejected MCP tool call', 0],
  ['cancel', 'user cancelled MCP tool call', 1],
])('does not run a tool after %s', async (action, words, cancelled) => {
  await using place = await placeWith()
  place.answers.set('mcpServer/elicitation/request', () => ({ action, content: null, _meta: null }))

  const result = await place.call('erase')

  expect(outputOf(result)).toEqual([words])
  expect(place.lastItem).toMatchObject({ status: 'failed', error: { message: words } })
  expect(place.of('turn cancelled')).toHaveLength(cancelled)
})

it('does not ask again for what was allowed for the session', async () => {
  await using place = await placeWith()
  place.answers.set('mcpServer/elicitation/request', () => ({
    action: 'accept',
    content: {},
    _meta: { persist: 'session' },
  }))

  await place.call('erase')
  await place.call('erase')

  expect(place.of('mcpServer/elicitation/request')).toHaveLength(1)
})

it('refuses a tool that needs a question where nothing may be asked, and runs it in full access', async () => {
  await using careful = await placeWith({}, { approvalPolicy: 'never' })
  await using free = await placeWith({}, { approvalPolicy: 'never', sandboxPolicy: { type: 'dangerFullAccess' } })

  expect(outputOf(await careful.call('erase'))).toEqual([
    'MCP tool call requires approval, but approval policy is never',
  ])
  expect(outputOf(await free.call('erase'))).toEqual(['erased'])
})

it('passes a question of the server on to the person, and the answer back', async () => {
  await using place = await placeWith()
  place.answers.set('mcpServer/elicitation/request', () => ({
    action: 'accept',
    content: { name: 'Ann' },
    _meta: null,
  }))

  const result = await place.call('ask')

  expect(place.of('mcpServer/elicitation/request')[0]?.params).toMatchObject({
    serverName: 'fx',
    turnId: 'u-1',
    mode: 'form',
    message: 'Who?',
  })
  expect(outputOf(result)).toEqual(['{"action":"accept","content":{"name":"Ann"}}'])
})

it('lists and reads resources', async () => {
  await using place = await placeWith()

  const list = await place.call('list_mcp_resources')
  const templates = await place.call('list_mcp_resource_templates')
  const read = await place.call('read_mcp_resource', { server: 'fx', uri: 'memo://one' })

  expect(JSON.parse(String(list.output))).toEqual({
    resources: [{ server: 'fx', uri: 'memo://one', name: 'one', mimeType: 'text/plain' }],
  })
  expect(JSON.parse(String(templates.output))).toEqual({
    resourceTemplates: [{ server: 'fx', name: 'memo', uriTemplate: 'memo://{id}' }],
  })
  expect(JSON.parse(String(read.output)).contents).toEqual([
    { uri: 'memo://one', mimeType: 'text/plain', text: 'memo of memo://one' },
  ])
  expect(place.of('item/started').map(({ params }) => [params.server, params.tool])).toEqual([
    ['codex', 'list_mcp_resources'],
    ['codex', 'list_mcp_resource_templates'],
    ['fx', 'read_mcp_resource'],
  ])
})

it.each([
  ['approve', 'erase', 0],
  ['prompt', 'echo', 1],
  ['writes', 'echo', 0],
  ['writes', 'plain', 1],
])('follows the mode %s of the configuration for %s', async (mode, tool, questions) => {
  await using place = await placeWith({
    default_tools_approval_mode: 'prompt',
    tools: { [tool]: { approval_mode: mode } },
  })
  place.answers.set('mcpServer/elicitation/request', () => ({ action: 'accept', content: {}, _meta: null }))

  await place.call(tool)

  expect(place.of('mcpServer/elicitation/request')).toHaveLength(questions)
})

it('keeps an approval for always in the configuration', async () => {
  await using place = await placeWith()
  writeFileSync(place.layout.configToml, '[mcp_servers.fx]\ncommand = "x"\n')
  place.answers.set('mcpServer/elicitation/request', () => ({
    action: 'accept',
    content: {},
    _meta: { persist: 'always' },
  }))

  await place.call('erase')

  expect(readFileSync(place.layout.configToml, 'utf8')).toContain('approval_mode = "approve"')
  expect(place.of('report keeping the approval of fx/erase')).toEqual([])
})

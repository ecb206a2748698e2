import { fileURLToPath } from 'node:url'
import type { ListMcpServerStatusResponse, ResponseItem } from '@gangway/protocol'
import { message, respond, textReply, toolCall } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { begun, introduced, said, talk } from '../conversations/support.js'
import { transports } from '../support/peer.js'

const fixture = fileURLToPath(new URL('../../../agent/test/mcp/fixtures/stdio-server.mjs', import.meta.url))
const config = `[mcp_servers.fx]\ncommand = ${JSON.stringify(process.execPath)}\nargs = [${JSON.stringify(fixture)}]\n[mcp_servers.off]\ncommand = "x"\nenabled = false\n`

describe.each(transports)('MCP servers, $name', ({ serve }) => {
  it('are listed with what they offer, page by page', async () => {
    await using place = await talk({}, config)
    await using server = serve(place.options)
    const peer = await introduced(server.connect())

    const first = (await peer.request('mcpServerStatus/list', { limit: 1 })) as ListMcpServerStatusResponse
    const rest = (await peer.request('mcpServerStatus/list', {
      cursor: first.nextCursor,
    })) as ListMcpServerStatusResponse

    expect(first.data).toMatchObject([
      {
        name: 'fx',
        runtimeStatus: null,
        serverInfo: { name: 'fixture', version: '1.0.0' },
        tools: { echo: { name: 'echo' } },
        resources: [{ uri: 'memo://one' }],
        resourceTemplates: [{ uriTemplate: 'memo://{id}' }],
        authStatus: 'unsupported',
        toolsError: null,
      },
    ])
    expect(rest).toMatchObject({ data: [{ name: 'off', tools: {} }], nextCursor: null })
  })

  it('of a thread answer clients, and refuse in their own words', async () => {
    await using place = await talk({}, config)
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { id: threadId } = (await begun(peer)).thread
    const call = (more: object) =>
      peer.request('mcpServer/tool/call', { threadId, server: 'fx', arguments: {}, ...more })

    const called = await call({ tool: 'echo', arguments: { text: 'direct' } })
    const read = await peer.request('mcpServer/resource/read', { threadId, server: 'fx', uri: 'memo://one' })

    expect(called).toMatchObject({ content: [{ type: 'text', text: 'echo: direct' }] })
    expect(read).toMatchObject({ contents: [{ text: 'memo of memo://one' }], originCallId: null })
    await expect(call({ server: 'nope', tool: 'echo' })).rejects.toMatchObject({
      code: -32603,
      message: "unknown MCP server 'nope'",
    })
    await expect(call({ tool: 'zzz' })).rejects.toMatchObject({ code: -32602, message: 'no tool zzz' })
    await expect(peer.request('mcpServerStatus/list', { threadId })).resolves.toMatchObject({
      data: [
        { name: 'fx', runtimeStatus: 'connected' },
        { name: 'off', runtimeStatus: 'disabled' },
      ],
    })
    await expect(peer.request('config/mcpServer/reload')).resolves.toEqual({})
    await expect(peer.request('mcpServer/oauth/login', { name: 'fx' })).rejects.toMatchObject({
      message: 'OAuth login is only supported for streamable HTTP servers.',
    })
  })

  it('are used by the model, which finds their tools by a search', async () => {
    const call = toolCall('echo', { text: 'hi' }, { namespace: 'mcp__fx', callId: 'c-1' })
    await using place = await talk(
      { replies: [respond([call]), respond([message('done')])], otherwise: () => textReply('ok') },
      config,
    )
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { id: threadId } = (await begun(peer)).thread

    await said(peer, threadId, 'go')

    const [first, second] = place.model.requests.map(
      ({ body }) => body as { tools: { type: string }[]; input: ResponseItem[] },
    )
    expect(first?.tools.map(({ type }) => type)).toContain('tool_search')
    expect(second?.input.find((item) => item.type === 'function_call_output')).toMatchObject({
      call_id: 'c-1',
      output: [{ text: expect.stringMatching(/^Wall time: /) }, { type: 'input_text', text: 'echo: hi' }],
    })
    expect(peer.events.of('mcpServer/startupStatus/updated')).toHaveLength(2)
  })
})

import { jsonText, plainValue } from '../json-text.js'
import type { Payload } from '../line-sink.js'
import { wellFormed } from '../plain-text.js'
import { duration, type ToolOutcome, type ToolView } from '../tool-view.js'

const namePattern = /^mcp__(.+?)__(.+)$/s

/** Whether a tool belongs to an MCP server. */
export function isMcpTool(tool: string): boolean {
  return namePattern.test(tool)
}

/** A tool of an MCP server, which keeps its name: the same server may be there in the new agent. */
export const mcpTool: ToolView = {
  kind: 'mcp',
  item(call, outcome, place) {
    const [, server = '', tool = ''] = namePattern.exec(wellFormed(call.tool)) ?? []
    const given = plainValue(call.input, jsonText(call.input))
    const took = duration(call.atMs, outcome.atMs)
    const isError = outcome.status === 'failed' || outcome.status === 'declined'
    const result = { content: contentOf(outcome), ...(isError ? { isError } : {}) }
    const isOpen = outcome.status === 'inProgress'
    return {
      item: {
        type: 'McpToolCall',
        id: call.id,
        server,
        tool,
        arguments: given,
        // Unlike other items, this one spells its status as the wire does.
        status: isError ? 'failed' : outcome.status,
        result: isOpen ? null : result,
        error: null,
        duration: isOpen ? null : took,
      },
      event: {
        type: 'mcp_tool_call_end',
        call_id: call.id,
        turn_id: place.turnId,
        invocation: { server, tool, arguments: given },
        duration: took,
        result: { Ok: result },
      },
    }
  },
}

function contentOf({ text, imageUrls }: ToolOutcome): Payload[] {
  const images = imageUrls.map((url) => {
    const [, mimeType, data] = /^data:([^;,]*);base64,(.*)$/s.exec(url) ?? []
    return data === undefined ? { type: 'text', text: url } : { type: 'image', data, mimeType }
  })
  return text === '' && images.length > 0 ? images : [{ type: 'text', text }, ...images]
}

import { ToolArgumentError, ToolArguments } from '../arguments.js'
import type { Tool, ToolCall, ToolContext, ToolResult } from '../tool.js'
import { asMcpItem } from './item-call.js'
import { listResources, listTemplates } from './resources.js'
import type { ThreadServers } from './thread-servers.js'

const text = (description: string) => ({ type: 'string', description })
const listed = {
  server: text('Name of one server; without it all servers are asked.'),
  cursor: text('Where to go on; from the answer before.'),
}

/** The tools by which a model reads what servers offer beside their tools. */
export function resourceTools(servers: ThreadServers): Tool[] {
  const list = (
    name: string,
    description: string,
    work: (values: ToolArguments, signal: AbortSignal) => Promise<unknown>,
  ): Tool =>
    resourceTool(name, description, listed, [], async (values, { signal }) => ['codex', () => work(values, signal)])
  return [
    list(
      'list_mcp_resources',
      'Lists what MCP servers can give to read: files, schemas, notes.',
      async (values, signal) => {
        const resources = await listResources(
          servers,
          values.optionalText('server'),
          values.optionalText('cursor'),
          signal,
        )
        return resources
      },
    ),
    list(
      'list_mcp_resource_templates',
      'Lists patterns of addresses that MCP servers can give to read.',
      (values, signal) => listTemplates(servers, values.optionalText('server'), values.optionalText('cursor'), signal),
    ),
    resourceTool(
      'read_mcp_resource',
      'Reads one resource of an MCP server.',
      { server: text('Name of the server, as the list gives it.'), uri: text('Address of the resource.') },
      ['server', 'uri'],
      async (values, { signal }) => {
        const server = values.text('server')
        const uri = values.text('uri')
        const read = async () => {
          const client = await servers.connection(server).connected()
          const { contents } = await client.request({ method: 'resources/read', params: { uri } }, { signal })
          return { server, uri, contents }
        }
        return [server, read]
      },
    ),
  ]
}

function resourceTool(
  name: string,
  description: string,
  properties: object,
  required: readonly string[],
  prepare: (values: ToolArguments, context: ToolContext) => Promise<[server: string, work: () => Promise<unknown>]>,
): Tool {
  const parameters = {
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
  return {
    name,
    namespace: null,
    spec: { type: 'function', name, description, strict: false, parameters },
    isParallel: true,
    async run(call: ToolCall, context: ToolContext): Promise<ToolResult> {
      try {
        const values = ToolArguments.parse(call.input)
        const [server, work] = await prepare(values, context)
        const facts = { server, tool: name, readOnlyHint: null, arguments: values.all }
        const given = await asMcpItem(call, context, facts, async () => ({
          content: [{ type: 'text', text: JSON.stringify(await work()) }],
        }))
        if (typeof given === 'string') return { output: given, success: false }
        return { output: (given.content[0] as { text: string }).text, success: true }
      } catch (error) {
        if (error instanceof ToolArgumentError) return { output: error.message, success: false }
        throw error
      }
    },
  }
}

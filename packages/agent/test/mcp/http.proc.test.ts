import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { mcpFamily } from '../../src/tools/mcp/mcp-family.js'
import { outputOf, ToolPlace } from './tool-place.js'

/** An MCP server over streamable HTTP on loopback, in plain JSON-RPC. */
class HttpServer {
  readonly headers: IncomingHttpHeaders[] = []
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      this.headers.push(request.headers)
      if (request.method !== 'POST') return void response.writeHead(405).end()
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const message = JSON.parse(Buffer.concat(chunks).toString('utf8'))
        if (message.id === undefined) return void response.writeHead(202).end()
        const body = JSON.stringify({ jsonrpc: '2.0', id: message.id, result: resultOf(message) })
        response.writeHead(200, { 'content-type': 'application/json' }).end(body)
      })
    })
  }

  static async listen(): Promise<HttpServer> {
    const server = new HttpServer()
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/mcp`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<unknown>((resolve) => this.#server.close(resolve))
  }
}

function resultOf({ method, params }: { method: string; params: Record<string, unknown> }): unknown {
  if (method === 'initialize') {
    const { protocolVersion } = params
    return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'web', version: '1' } }
  }
  if (method === 'tools/list') {
    const annotations = { readOnlyHint: true }
    return { tools: [{ name: 'hello', description: 'Greets.', inputSchema: { type: 'object' }, annotations }] }
  }
  return { content: [{ type: 'text', text: `hello from ${String(params.name)}` }] }
}

it('calls tools over HTTP, with headers and a token of the environment', async () => {
  await using server = await HttpServer.listen()
  await using place = new ToolPlace()
  Object.assign(place.env, { TOKEN: 'secret', TENANT: 'acme' })
  const headers = { http_headers: { 'x-fixed': 'one' }, env_http_headers: { 'x-tenant': 'TENANT' } }
  place.config = { mcp_servers: { web: { url: server.url, bearer_token_env_var: 'TOKEN', ...headers } } }
  await place.open(mcpFamily)

  const result = await place.call('hello')

  expect(outputOf(result)).toEqual(['hello from hello'])
  const seen = { authorization: 'Bearer secret', 'x-fixed': 'one', 'x-tenant': 'acme' }
  expect(server.headers.every((own) => Object.entries(seen).every(([name, value]) => own[name] === value))).toBe(true)
})

it('names the variable of a token that is not set', async () => {
  await using place = new ToolPlace()
  place.config = { mcp_servers: { web: { url: 'http://127.0.0.1:9/mcp', bearer_token_env_var: 'NO_TOKEN' } } }
  await place.open(mcpFamily)

  await place.tools()

  expect(place.of('mcpServer/startupStatus/updated').at(-1)?.params).toMatchObject({
    status: 'failed',
    error: expect.stringContaining("Environment variable NO_TOKEN for MCP server 'web' is not set"),
  })
})

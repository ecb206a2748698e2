import type { Client, Resource, ResourceTemplateType } from '@modelcontextprotocol/client'
import type { ThreadServers } from './thread-servers.js'

/** What every server, or the one that is named, can give to read. A cursor goes with one server only. */
export async function listResources(
  servers: ThreadServers,
  server: string | undefined,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<object> {
  if (server === undefined) {
    const lists = await ofAll(servers, (client) => allResources(client, signal))
    return { resources: lists }
  }
  const client = await servers.connection(server).connected()
  const page = await client.request({ method: 'resources/list', ...pageParams(cursor) }, { signal })
  return { server, resources: page.resources.map((resource) => ({ server, ...resource })), ...next(page.nextCursor) }
}

/** The same for patterns of addresses. */
export async function listTemplates(
  servers: ThreadServers,
  server: string | undefined,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<object> {
  if (server === undefined) {
    const lists = await ofAll(servers, (client) => allTemplates(client, signal))
    return { resourceTemplates: lists }
  }
  const client = await servers.connection(server).connected()
  const page = await client.request({ method: 'resources/templates/list', ...pageParams(cursor) }, { signal })
  const resourceTemplates = page.resourceTemplates.map((template) => ({ server, ...template }))
  return { server, resourceTemplates, ...next(page.nextCursor) }
}

/** All pages of a server's resources; none for a server that has none. @throws its error */
export async function allResources(client: Client, signal?: AbortSignal): Promise<Resource[]> {
  if (client.getServerCapabilities()?.resources === undefined) return []
  const found: Resource[] = []
  let cursor: string | undefined
  do {
    const page = await client.request({ method: 'resources/list', ...pageParams(cursor) }, signal ? { signal } : {})
    found.push(...page.resources)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return found
}

/** All pages of a server's patterns of addresses. @throws its error */
export async function allTemplates(client: Client, signal?: AbortSignal): Promise<ResourceTemplateType[]> {
  if (client.getServerCapabilities()?.resources === undefined) return []
  const found: ResourceTemplateType[] = []
  let cursor: string | undefined
  do {
    const page = await client.request(
      { method: 'resources/templates/list', ...pageParams(cursor) },
      signal ? { signal } : {},
    )
    found.push(...page.resourceTemplates)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return found
}

/** Of all servers at once; one that fails has none, so that the others are still seen. */
async function ofAll<T extends object>(servers: ThreadServers, list: (client: Client) => Promise<T[]>) {
  const connected = await servers.connected()
  const lists = await Promise.all(
    connected.map(async ({ client, config }) => {
      const found = client === undefined ? [] : await list(client).catch(() => [])
      return found.map((entry) => ({ server: config.name, ...entry }))
    }),
  )
  return lists.flat()
}

const pageParams = (cursor: string | undefined) => (cursor === undefined ? {} : { params: { cursor } })
const next = (nextCursor: string | undefined) => (nextCursor === undefined ? {} : { nextCursor })

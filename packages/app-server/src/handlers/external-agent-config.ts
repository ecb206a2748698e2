import type { ClientRequests, ServerNotifications } from '@gangway/protocol'
import type { Handlers, ServerContext } from '../handler.js'

type Params<M extends keyof ClientRequests> = ClientRequests[M]['params']
type Result<M extends keyof ClientRequests> = Promise<ClientRequests[M]['result']>

/** What `ExternalAgentImports` does, in the types of the wire: every method of this family, and its end. */
interface Imports {
  detect(
    params: Params<'externalAgentConfig/detect'>,
    options: { readonly experimental: boolean },
  ): Result<'externalAgentConfig/detect'>
  preview(params: Params<'externalAgentConfig/import/preview'>): Result<'externalAgentConfig/import/preview'>
  import(params: Params<'externalAgentConfig/import'>, listener: Listener): Result<'externalAgentConfig/import'>
  readHistories(): Result<'externalAgentConfig/import/readHistories'>
  recordHistory(
    params: Params<'externalAgentConfig/import/recordHistory'>,
  ): Result<'externalAgentConfig/import/recordHistory'>
  close(options: { readonly graceMs: number }): Promise<void>
}

interface Listener {
  readonly experimental: boolean
  onProgress(progress: ServerNotifications['externalAgentConfig/import/progress']): void
  onCompleted(completed: ServerNotifications['externalAgentConfig/import/completed']): void
}

/** Bringing over what another agent left: what there is, what would become of it, doing it, and what was done before. */
export function externalAgentConfigHandlers(server: ServerContext): Handlers {
  let loading: Promise<Imports> | undefined

  // Loaded with the first request that needs it, so that the server starts fast; one for all clients, so that imports
  // run one after the other.
  function imports(): Promise<Imports> {
    loading ??= load(server)
    return loading
  }

  return {
    async 'externalAgentConfig/detect'(params, { client }) {
      return (await imports()).detect(params, { experimental: client?.experimentalApi === true })
    },
    async 'externalAgentConfig/import/preview'(params) {
      return (await imports()).preview(params)
    },
    async 'externalAgentConfig/import'(params, { client }) {
      return startImport(server, await imports(), params, client?.experimentalApi === true)
    },
    async 'externalAgentConfig/import/readHistories'() {
      return (await imports()).readHistories()
    },
    async 'externalAgentConfig/import/recordHistory'(params) {
      return (await imports()).recordHistory(params)
    },
  }
}

async function load(server: ServerContext): Promise<Imports> {
  const { ExternalAgentImports } = await import('@gangway/external-agents')
  const options = { codexHome: server.layout.root, env: server.env, cwd: server.cwd }
  const imports = new ExternalAgentImports(options) as unknown as Imports
  server.onClose((graceMs) => imports.close({ graceMs }))
  return imports
}

/**
 * Begins an import and tells every client of it: progress as far as there is room, its completion for certain.
 *
 * The import is accepted work until its completion was handed to every connection.
 */
async function startImport(
  server: ServerContext,
  imports: Imports,
  params: Params<'externalAgentConfig/import'>,
  experimental: boolean,
): Result<'externalAgentConfig/import'> {
  let finish: () => void = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const answer = await imports.import(params, {
    experimental,
    onProgress: (progress) => void server.broadcast('externalAgentConfig/import/progress', progress),
    onCompleted(completed) {
      void server.broadcast('externalAgentConfig/import/completed', completed)
      finish()
    },
  })
  server.track('import', finished)
  return answer
}

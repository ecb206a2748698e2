import type { ExternalAgentImports, ImportParams } from '@gangway/external-agents'
import type { ExternalAgentConfigImportCompletedNotification } from '@gangway/protocol'
import type { Handlers, ServerContext } from '../handler.js'
import { inSpan } from '../observe/tracing.js'

/** Which threads are loaded: nothing is written behind the back of those. */
interface LoadedThreads {
  isLoaded(threadId: string): boolean
}

/** Bringing over what another agent left: what there is, what would become of it, doing it, and what was done before. */
export function externalAgentConfigHandlers(server: ServerContext, threads: LoadedThreads): Handlers {
  let loading: Promise<ExternalAgentImports> | undefined

  // Loaded with the first request that needs it, so that the server starts fast; one for all clients, so that imports
  // run one after the other.
  function imports(): Promise<ExternalAgentImports> {
    loading ??= load(server, threads)
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
    async 'externalAgentConfig/import/cancel'({ importId }) {
      return { cancelled: (await imports()).cancel(importId) }
    },
    async 'externalAgentConfig/import/undo'(params) {
      return (await imports()).undo(params)
    },
    async 'externalAgentConfig/import/verify'(params) {
      return (await imports()).verify(params)
    },
    async 'externalAgentConfig/import/readHistories'() {
      return (await imports()).readHistories()
    },
    async 'externalAgentConfig/import/recordHistory'(params) {
      return (await imports()).recordHistory(params)
    },
  }
}

async function load(server: ServerContext, threads: LoadedThreads): Promise<ExternalAgentImports> {
  const { ExternalAgentImports } = await import('@gangway/external-agents/imports')
  const imports = new ExternalAgentImports({
    codexHome: server.layout.root,
    env: server.env,
    cwd: server.cwd,
    version: server.version,
    isThreadLoaded: (threadId) => threads.isLoaded(threadId),
    onTrouble: (error) => server.report('an import', error),
  })
  server.onClose((graceMs) => imports.close({ graceMs }))
  return imports
}

/**
 * Begins an import and tells every client of it: progress as far as there is room, its completion for certain.
 *
 * The import is accepted work until its completion was handed to every connection.
 */
function startImport(
  server: ServerContext,
  imports: ExternalAgentImports,
  params: ImportParams,
  experimental: boolean,
): Promise<{ importId: string }> {
  return new Promise((resolve, reject) => {
    const attributes = { 'gangway.import.items': params.migrationItems.length }
    const work = inSpan('import', { attributes }, async () => {
      let complete: () => void = () => {}
      const completion = new Promise<void>((done) => {
        complete = done
      })
      const answer = imports.import(params, {
        experimental,
        onProgress: (progress) => void server.broadcast('externalAgentConfig/import/progress', progress),
        onCompleted(completed) {
          void server.broadcast('externalAgentConfig/import/completed', completed)
          if (bringsSkills(completed)) void server.broadcast('skills/changed', {})
          complete()
        },
        around: inItemSpan,
      })
      answer.then(resolve, reject)
      await answer
      await completion
    })
    // What is wrong with the import is the answer to its request.
    server.track(
      'import',
      Promise.resolve(work).catch(() => {}),
    )
  })
}

/** Folders that an import makes are watched by nobody yet. */
function bringsSkills({ itemTypeResults }: ExternalAgentConfigImportCompletedNotification): boolean {
  return itemTypeResults.some(({ itemType, successes }) => ofSkills.has(itemType) && successes.length > 0)
}

/** Commands come over as skills, and plugins bring some. */
const ofSkills: ReadonlySet<string> = new Set(['SKILLS', 'COMMANDS', 'PLUGINS'])

async function inItemSpan<T>({ itemType }: { readonly itemType: string }, work: () => Promise<T>): Promise<T> {
  return inSpan('import item', { attributes: { 'gangway.import.item_type': itemType } }, work)
}

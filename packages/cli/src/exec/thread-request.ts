import type { RequestHandle } from '@gangway/client'
import type { ThreadStartParams } from '@gangway/protocol'
import type { ThreadRequest } from '../session/bootstrap.js'
import type { ExecRequest } from './exec-request.js'
import { newestSession, sessionOf } from './find-session.js'
import { localModel } from './local-model.js'

/** Where the work is done, on the server's machine. */
export interface Place {
  /** Absolute. Undefined: wherever the server works by itself. */
  readonly cwd: string | undefined
  /** Absolute folders beside it that may be written. */
  readonly addDirs: readonly string[]
}

/**
 * How the thread that was asked for is opened.
 *
 * @throws Error for a session that there is not; ServerError
 */
export async function threadRequest(server: RequestHandle, request: ExecRequest, place: Place): Promise<ThreadRequest> {
  const params = { ...paramsOf(request, place), ...(await localModel(server, request)) }
  const { command } = request
  switch (command.type) {
    case 'new':
    case 'review':
      return { type: 'start', params: { ...params, ephemeral: request.ephemeral, ...sourceOf(request) } }
    case 'fork': {
      const threadId = await sessionOf(server, command.session)
      return {
        type: 'fork',
        params: { ...params, threadId, excludeTurns: true, ephemeral: request.ephemeral, ...sourceOf(request) },
      }
    }
    case 'resume': {
      const threadId =
        command.session === undefined
          ? await newestSession(server, command.anywhere ? undefined : place.cwd)
          : await sessionOf(server, command.session)
      // Nothing to go on with yet: a script's first run begins. Source: reference 0.169.0.
      if (threadId === undefined) return { type: 'start', params: { ...params, ephemeral: request.ephemeral } }
      return { type: 'resume', params: { ...params, threadId, excludeTurns: true } }
    }
    default:
      return command satisfies never
  }
}

/** What holds however the thread is opened. Nobody is there to be asked, so nothing may ask. */
function paramsOf(request: ExecRequest, { cwd, addDirs }: Place): ThreadStartParams {
  const sandbox = request.bypass ? 'danger-full-access' : request.sandbox
  return {
    approvalPolicy: 'never',
    ...(cwd !== undefined && { cwd }),
    ...(addDirs.length > 0 && { runtimeWorkspaceRoots: [...(cwd === undefined ? [] : [cwd]), ...addDirs] }),
    ...(request.model !== undefined && { model: request.model }),
    ...(sandbox !== undefined && { sandbox }),
    // A server in this process has them from its start.
    ...(request.remote !== undefined && { config: { ...request.config } }),
  }
}

function sourceOf({ threadSource }: ExecRequest): Pick<ThreadStartParams, 'threadSource'> {
  return threadSource === undefined ? {} : { threadSource: threadSource as ThreadStartParams['threadSource'] }
}

import type { CallOptions, RequestHandle } from '@gangway/client'
import type { ThreadForkParams, ThreadResumeParams, ThreadStartParams } from '@gangway/protocol'
import type { SessionAction } from './session-state.js'

/** How a surface comes by its thread. */
export type ThreadRequest =
  | { readonly type: 'start'; readonly params: ThreadStartParams }
  | { readonly type: 'resume'; readonly params: ThreadResumeParams }
  | { readonly type: 'fork'; readonly params: ThreadForkParams }

/**
 * Opens a thread. What comes back goes into the session's state, which lets whatever the server tells of the thread
 * later (`thread/settings/updated`, `session_configured`) go before the answer.
 *
 * @throws ServerError, TransportError as `request`
 */
export async function openThread(
  server: RequestHandle,
  request: ThreadRequest,
  options: CallOptions = {},
): Promise<Extract<SessionAction, { type: 'opened' }>> {
  return { type: 'opened', answer: await ask(server, request, options) }
}

function ask(server: RequestHandle, request: ThreadRequest, options: CallOptions) {
  switch (request.type) {
    case 'start':
      return server.request('thread/start', request.params, options)
    case 'resume':
      return server.request('thread/resume', request.params, options)
    case 'fork':
      return server.request('thread/fork', request.params, options)
  }
}

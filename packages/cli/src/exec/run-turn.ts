import type { AppServerClient } from '@gangway/client'
import type { UserInput } from '@gangway/protocol'
import type { EndedTurn, SessionState } from '../session/session-shape.js'
import { reduceSession } from '../session/session-state.js'
import { answerQuestion } from './answer-question.js'
import type { ReviewChoice } from './exec-request.js'
import type { ExecView } from './exec-view.js'

/** What the agent is to do. */
export type Work =
  | { readonly type: 'words'; readonly input: readonly UserInput[]; readonly outputSchema: unknown }
  | { readonly type: 'review'; readonly choice: ReviewChoice; readonly prompt: string }

/** How a turn came to its end. */
export interface TurnOutcome {
  readonly turn: EndedTurn
  readonly state: SessionState
}

/** Milliseconds for an interrupted turn to end; then the run ends without it. */
const interruptMs = 5_000

/**
 * Runs one turn and shows everything that happens, to its end.
 *
 * @param interrupt ends the turn in order
 * @throws TransportError, ServerError when it does not begin; Error when the connection goes away, or the turn does not
 * end within 5 s of `interrupt`
 */
export async function runTurn(
  client: AppServerClient,
  opened: SessionState,
  work: Work,
  view: ExecView,
  interrupt: AbortSignal,
): Promise<TurnOutcome> {
  const threadId = opened.thread?.id ?? ''
  const begun = await begin(client, threadId, work)
  const late = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    timer = setTimeout(() => late.abort(new Error('the turn did not end when it was interrupted')), interruptMs)
    client.requestRaw('turn/interrupt', { threadId, turnId: begun }).catch(() => {})
  }
  interrupt.addEventListener('abort', stop, { once: true })
  if (interrupt.aborted) stop()
  try {
    let state = opened
    for await (const event of client.events({ signal: late.signal })) {
      state = reduceSession(state, event)
      view.saw(event, state)
      if (event.type === 'request') {
        const declined = await answerQuestion(event)
        if (declined !== undefined) view.note(declined)
      }
      if (state.lastTurn?.id === begun) return { turn: state.lastTurn, state }
      if (event.type === 'disconnected') throw new Error(`the connection is over: ${event.reason}`)
    }
    throw new Error(`the connection is over: ${await client.closed}`)
  } finally {
    clearTimeout(timer)
    interrupt.removeEventListener('abort', stop)
  }
}

/** @returns the id of the turn */
async function begin(client: AppServerClient, threadId: string, work: Work): Promise<string> {
  if (work.type === 'words') {
    const { outputSchema } = work
    const run = await client.startTurn(
      threadId,
      work.input as never,
      outputSchema === undefined ? {} : { outputSchema },
    )
    return run.id
  }
  const target = work.choice.type === 'custom' ? ({ type: 'custom', instructions: work.prompt } as const) : work.choice
  const { turn } = await client.request('review/start', { threadId, target, delivery: 'inline' })
  return turn.id
}

/** The agent's last words in a turn: an answer, else a plan, else a review. */
export function lastAnswer({ items }: SessionState, turnId: string): string | undefined {
  const own = items.filter((entry) => entry.turnId === turnId).map(({ item }) => item)
  const answer = own.findLast((item) => item.type === 'agentMessage') ?? own.findLast((item) => item.type === 'plan')
  if (answer?.type === 'agentMessage' || answer?.type === 'plan') return answer.text
  const review = own.findLast((item) => item.type === 'exitedReviewMode')
  return review?.type === 'exitedReviewMode' ? review.review : undefined
}

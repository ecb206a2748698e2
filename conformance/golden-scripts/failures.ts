import {
  type ModelReply,
  message,
  type RespondOptions,
  refusal,
  respond,
  toolCall,
} from '../../packages/testkit/dist/index.js'
import type { Script } from '../support/golden.js'

const said = (text: string, end?: RespondOptions['end']) => (): ModelReply =>
  respond([message(text)], end === undefined ? {} : { end })
const fails = (code: string, text: string) => (): ModelReply =>
  respond([], { end: { failed: { code, message: text } } })
const refuses = (status: number, error: object, headers?: Readonly<Record<string, string>>) => (): ModelReply =>
  refusal(status, { error }, headers)

/** Every way in which a model fails, by the word that brings it about. */
const kinds: Readonly<Record<string, readonly (() => ModelReply)[]>> = {
  'F-500': [refuses(500, { message: 'server sad' })],
  'F-ONE500': [refuses(500, { message: 'server sad' }), said('recovered')],
  'F-400': [refuses(400, { message: 'bad thing', type: 'invalid_request_error' })],
  'F-401': [refuses(401, { message: 'no auth' })],
  'F-403': [refuses(403, { message: 'not you' })],
  'F-404': [refuses(404, { message: 'no such model' })],
  'F-502': [refuses(502, { message: 'bad gateway' })],
  'F-429-AFTER': [refuses(429, { message: 'slow', type: 'rate_limit_exceeded' }, { 'retry-after': '1' })],
  'F-429-PLAIN': [refuses(429, { message: 'slow', type: 'rate_limit_exceeded' })],
  'F-USAGE': [
    refuses(429, { type: 'usage_limit_reached', message: 'limit', resets_at: 1_999_999_999, plan_type: 'plus' }),
  ],
  'F-CUT-ONCE': [said('partial text', 'cut'), said('full after retry')],
  'F-CUT-ALWAYS': [said('partial', 'cut')],
  'F-BROKEN': [said('partial', 'destroy')],
  'F-CONTEXT': [fails('context_length_exceeded', 'Your input exceeds the context window')],
  'F-QUOTA': [fails('insufficient_quota', 'quota')],
  'F-RATE': [
    fails('rate_limit_exceeded', 'Rate limit reached. Please try again in 0.5s.'),
    said('after the rate limit'),
  ],
  'F-OVERLOADED': [fails('server_is_overloaded', 'overloaded')],
  'F-INVALID': [fails('invalid_prompt', 'invalid prompt')],
  'F-ODD': [fails('some_new_code', 'something new')],
  'F-INCOMPLETE': [said('part', { incomplete: 'max_output_tokens' })],
  'F-FILTERED': [said('part', { incomplete: 'content_filter' })],
  'F-IDLE': [said('idle', 'stall')],
  'F-EMPTY': [() => respond([])],
}

/** A turn for each way in which a model fails, each in a thread of its own. */
export const failures: Script = {
  name: 'failures',
  stage: {
    rules: Object.entries(kinds).map(([hears, says]) => ({ hears, says })),
    requestRetries: 2,
    streamRetries: 2,
    idleMs: 1_500,
  },
  async play(stage) {
    await stage.initialize()
    for (const kind of Object.keys(kinds)) {
      const threadId = await stage.thread({ sandbox: 'read-only', ephemeral: true })
      const before = stage.model.requests.length
      await stage.turn(threadId, kind)
      stage.note(`${stage.model.requests.length - before} requests`)
    }
  },
}

/** Summing up before a turn, within one, and when asked to. */
export const compactions: Script = {
  name: 'compactions',
  stage: {
    rules: [
      { hears: 'BIG', says: [() => respond([message('big one')], { usage: { input: 245_000, output: 500 } })] },
      {
        hears: 'MIDDLE',
        says: [
          () => respond([toolCall('exec_command', { cmd: 'echo middle' })], { usage: { input: 250_000, output: 500 } }),
          said('The summary.'),
          said('finished after it'),
        ],
      },
    ],
  },
  async play(stage) {
    await stage.initialize()
    const id = await stage.thread({ sandbox: 'read-only' })
    for (const text of ['one', 'BIG', 'after it', 'MIDDLE', 'last']) await stage.turn(id, text)
    const from = stage.steps.length
    await stage.request('thread/compact/start', { threadId: id })
    await stage.end(id, from)
    await stage.turn(id, 'after compaction')
  },
}

import { parentPort } from 'node:worker_threads'
import { readersOfLogs } from '../../../session-readers.js'
import { SessionFailure, wordsOf } from '../session-outcome.js'
import { writeLines } from './write-lines.js'
import type { WriterAnswer, WriterOrder } from './writer-messages.js'

// Run as a thread of its own by writer-threads.ts: reads logs and writes what they become, one at a time.
let stop = new AbortController()

parentPort?.on('message', (order: WriterOrder) => {
  if (order.type === 'stop') stop.abort()
  else void write(order).then((answer) => parentPort?.postMessage(answer))
})

async function write({ task, path, context }: Extract<WriterOrder, { type: 'write' }>): Promise<WriterAnswer> {
  stop = new AbortController()
  try {
    const read = readersOfLogs.get(context.sourceId)
    if (!read) throw new Error(`nothing reads logs of "${context.sourceId}"`)
    const written = await writeLines(task, path, { ...context, shelf: { read }, signal: stop.signal })
    return { type: 'written', written }
  } catch (error) {
    const { stage, code } = error instanceof SessionFailure ? error : { stage: null, code: '' }
    return { type: 'failed', stage, code, message: wordsOf(error) }
  }
}

import { createInterface } from 'node:readline'
import type { AppServerClient } from '@gangway/client'
import { ExitCode } from '../../exit-codes.js'
import type { Terminal } from '../../terminal/terminal.js'
import { Conversation, type ThreadDefaults } from '../conversation.js'
import { PlainTalk } from './plain-talk.js'

/** What the plain mode needs. */
export interface PlainOptions {
  readonly client: AppServerClient
  readonly terminal: Terminal
  readonly defaults: ThreadDefaults
  readonly label: string | undefined
  readonly prompt: string | undefined
  /** Opens the thread that was asked for. */
  readonly open: (conversation: Conversation) => Promise<void>
  readonly farewell: (conversation: Conversation) => readonly string[]
}

/**
 * The conversation as lines that are only ever added, for screen readers and simple terminals: no cursor is moved, nothing
 * is painted twice, no colour.
 *
 * @returns the exit code: 1 when the server went away
 */
export async function runPlain(options: PlainOptions): Promise<ExitCode> {
  const { client, terminal, defaults, label, prompt } = options
  const conversation: Conversation = new Conversation(client, defaults, {
    changed: () => talk.changed(),
    returned: (texts) => talk.say(`Not sent: ${texts.join(' / ')}`),
    failed: (error) => talk.say(`Error: ${String(error)}`),
  })
  const talk: PlainTalk = new PlainTalk(conversation, (line) => terminal.print([line]))
  const lines = createInterface({ input: process.stdin, terminal: false })
  // Begun at once: what is typed while the thread opens is not lost.
  const input = lines[Symbol.asyncIterator]()
  let isGone = false
  let hasLeft = false
  const gone = conversation.listen().then((reason) => {
    if (hasLeft) return
    isGone = true
    terminal.printError(`gangway: the server is gone: ${reason}\n`)
  })
  try {
    if (label !== undefined) talk.say(label)
    await options.open(conversation)
    talk.greet()
    if (prompt !== undefined) await talk.take(prompt)
    let leave = () => {}
    const left = new Promise<void>((resolve) => {
      leave = resolve
    })
    // The first ctrl+c interrupts the agent, one while nothing runs leaves.
    const onInterrupt = () => {
      if (conversation.state.turn === undefined) leave()
      else conversation.interrupt().catch((error: unknown) => talk.say(`Error: ${String(error)}`))
    }
    process.on('SIGINT', onInterrupt)
    const read = (async () => {
      for await (const line of { [Symbol.asyncIterator]: () => input }) if ((await talk.take(line)) === 'quit') return
      await talk.finish()
    })()
    await Promise.race([read, gone, left])
    process.off('SIGINT', onInterrupt)
  } finally {
    hasLeft = true
    lines.close()
    process.stdin.destroy()
  }
  terminal.print(options.farewell(conversation))
  return isGone ? ExitCode.failed : ExitCode.done
}

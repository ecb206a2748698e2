import type { EventQueue, NotificationEvent, QueueEvent, RequestEvent, WritableEvent } from '../../src/channel/index.js'

/** A notification with these params. */
export function notification(method: string, params: unknown = {}): NotificationEvent {
  return { type: 'notification', method, params }
}

/** A piece of an agent's message. */
export function textDelta(itemId: string, delta: string, threadId = 't'): NotificationEvent {
  return notification('item/agentMessage/delta', { threadId, turnId: 'u', itemId, delta })
}

/** A piece of a command's output. */
export function outputDelta(itemId: string, delta: string): NotificationEvent {
  return notification('item/commandExecution/outputDelta', { threadId: 't', turnId: 'u', itemId, delta })
}

/** A question of the server. */
export function approval(id: number): RequestEvent {
  return {
    type: 'request',
    id,
    method: 'item/commandExecution/requestApproval',
    params: { threadId: 't', itemId: 'c' },
  }
}

/** Everything that waits now. */
export function drain(queue: EventQueue): QueueEvent[] {
  const events: QueueEvent[] = []
  for (let event = queue.take(); event !== undefined; event = queue.take()) events.push(event)
  return events
}

/** Pushes as a writer should: waits for room where it is told to. */
export async function write(queue: EventQueue, events: readonly WritableEvent[]): Promise<string[]> {
  const outcomes: string[] = []
  for (const event of events) {
    let outcome = queue.push(event)
    while (outcome === 'wait') {
      await queue.room()
      outcome = queue.push(event)
    }
    outcomes.push(outcome)
  }
  return outcomes
}

/** Reads to the end. */
export async function readAll(queue: AsyncIterable<QueueEvent>): Promise<QueueEvent[]> {
  const events: QueueEvent[] = []
  for await (const event of queue) events.push(event)
  return events
}

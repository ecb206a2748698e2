import type { ScriptedPeer } from './peer.js'

/** A client's side of a connection in memory, for `connectInMemory`. */
export interface MemoryReceiver {
  /** @returns `false` when the text is no message */
  received(text: string): boolean
  /** Nothing comes any more. */
  ended(reason: string): void
}

/** A client's transport to a peer in the same process. */
export interface MemoryTransport {
  send(text: string): void
  /** What the peer sends is held back until `resume`. */
  pause(): void
  resume(): void
  /** Idempotent. */
  close(): Promise<{ readonly forced: boolean }>
}

/** Connects a client to `peer` without any process or socket. Texts arrive at once, in order. */
export function connectInMemory(peer: ScriptedPeer, receiver: MemoryReceiver): MemoryTransport {
  let isPaused = false
  let isOver = false
  let held: (() => void)[] = []
  const deliver = (step: () => void) => {
    if (isPaused) held.push(step)
    else step()
  }
  const end = (code: number, reason: string) => {
    if (isOver) return
    isOver = true
    intake.ended({ code, reason })
  }
  const intake = peer.accept({
    send: (data) =>
      deliver(() => {
        if (!isOver && typeof data === 'string') receiver.received(data)
      }),
    close: (code = 1000, reason = 'connection closed') =>
      deliver(() => {
        if (isOver) return
        end(code, reason)
        receiver.ended(reason)
      }),
    hold: () => {},
    destroy: () =>
      deliver(() => {
        if (isOver) return
        end(1006, '')
        receiver.ended('the peer is gone')
      }),
  })
  return {
    send: (text) => {
      if (!isOver) intake.received(text)
    },
    pause: () => {
      isPaused = true
    },
    resume: () => {
      isPaused = false
      const steps = held
      held = []
      for (const step of steps) deliver(step)
    },
    close: async () => {
      end(1000, 'closed by the client')
      return { forced: false }
    },
  }
}

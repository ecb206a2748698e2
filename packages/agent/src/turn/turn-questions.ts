import type { ServerRequests } from '@gangway/protocol'
import type { ThreadCore } from '../thread-core.js'
import type { ThreadQuestion } from '../thread-host.js'

type Flag = 'waitingOnApproval' | 'waitingOnUserInput'

/** What a turn asks the person, with the thread's status saying what it waits for. */
export class TurnQuestions {
  readonly #open: Flag[] = []

  constructor(
    readonly core: Pick<ThreadCore, 'host' | 'setStatus'>,
    readonly signal: AbortSignal,
    /** Whether the turn is over: its status is not told any more. */
    readonly isOver: () => boolean,
  ) {}

  /** As `ToolContext.ask`. */
  async ask<M extends ThreadQuestion>(
    method: M,
    params: ServerRequests[M]['params'],
    flag: Flag | null = 'waitingOnApproval',
  ): Promise<ServerRequests[M]['result']> {
    if (flag === null) return this.core.host.ask(method, params, this.signal)
    this.#open.push(flag)
    this.#tellFlags()
    try {
      return await this.core.host.ask(method, params, this.signal)
    } finally {
      this.#open.splice(this.#open.indexOf(flag), 1)
      if (!this.isOver()) this.#tellFlags()
    }
  }

  #tellFlags(): void {
    this.core.setStatus({ type: 'active', activeFlags: [...new Set(this.#open)] })
  }
}

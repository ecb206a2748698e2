import type { SessionRepair } from '../../../session.js'

/** What a log says of its session, apart from what stands around it on disk. Plain data: it is kept between runs. */
export interface LogScan {
  /** The first folder that a record names. */
  readonly cwd: string | null
  readonly gitBranch: string | null
  readonly title: string | null
  /** Whether anybody said anything, and whether the person did. */
  readonly hasMessage: boolean
  readonly hasUserMessage: boolean
  /** Milliseconds since the epoch; null when no message says. */
  readonly firstMessageMs: number | null
  readonly lastMessageMs: number | null
  /** Servers that tools were called of, as the records attribute them. */
  readonly mcpServers: readonly string[]
  /** The session that goes on with this conversation. */
  readonly continuedIn: string | null
  /** For a helper agent's log: the session that started it. */
  readonly helperOf: string | null
  readonly repairs: readonly SessionRepair[]
}

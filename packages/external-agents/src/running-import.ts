import type { ConversationsPart } from './conversations.js'
import type { ImportListener } from './import-listener.js'
import type { RemotePlugins } from './remote-plugins.js'
import type { StepResult } from './wire.js'

/** An import between its answer and its completion. */
export interface RunningImport {
  readonly importId: string
  readonly listener: ImportListener
  readonly providerId: string | null
  /** Ends the work. */
  readonly signal: AbortSignal
  /** What was done so far. */
  readonly steps: StepResult[]
  readonly conversations: ConversationsPart | undefined
  /** Plugins that must be fetched. */
  readonly remotePlugins: RemotePlugins | undefined
}

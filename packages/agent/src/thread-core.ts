import type { Config, ResponseItem, ThreadItem, ThreadStatus, ThreadTokenUsage, Turn } from '@gangway/protocol'
import type { Instructions } from './context/agents-md.js'
import type { ToldContext } from './context/told-context.js'
import type { History } from './history.js'
import type { HookPayloads, ThreadHooks } from './hooks/thread-hooks.js'
import type { ModelClient } from './model/model-client.js'
import type { ModelFacts, ModelProvider } from './model/provider.js'
import type { Recorder } from './record/recorder.js'
import type { ThreadHost } from './thread-host.js'
import type { ThreadSettings } from './thread-settings.js'
import type { ToolSet } from './tools/tool.js'

/** A model that can be asked: what a turn resolves once, before it starts. */
export interface TurnModel {
  readonly provider: ModelProvider
  readonly client: ModelClient
  readonly facts: ModelFacts
  readonly config: Config
}

/** What a thread is made of, as its turns see it. */
export interface ThreadCore {
  readonly host: ThreadHost
  readonly threadId: string
  readonly originator: string
  readonly isEphemeral: boolean
  readonly recorder: Recorder
  readonly history: History
  readonly told: ToldContext
  readonly toolSets: readonly ToolSet[]
  readonly hooks: ThreadHooks
  /** How the thread came to be loaded; null once its hooks were told. */
  beginning: HookPayloads['SessionStart']['source'] | null
  settings: ThreadSettings
  instructions: Instructions
  usage: ThreadTokenUsage | null
  preview: string
  /** Tells clients the status where it is another one. */
  setStatus(status: ThreadStatus): void
  /** Reads the configuration, and finds the way to the model. @throws RpcError why it cannot be asked */
  model(): Promise<TurnModel>
  /** A finished turn, for those who ask later; once more when something of it ended after it. */
  finishedTurn(turn: Turn): void
}

/** Adds to the history and to the file. */
export function addHistory(core: ThreadCore, items: readonly ResponseItem[]): void {
  core.history.add(items)
  core.recorder.responses(items)
}

/** First words of the person, as lists show them. */
export function previewOf(item: ThreadItem): string {
  if (item.type !== 'userMessage') return ''
  const text = item.content
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join('')
    .trim()
  return text !== '' || item.content.length === 0 ? text : '[Image]'
}

import type { RenderContext } from '../render-context.js'
import type { RenderTask } from '../render-log.js'
import type { SessionStage } from '../session-outcome.js'
import type { WrittenLines } from './write-lines.js'

/** What a thread that writes sessions is told. */
export type WriterOrder =
  | {
      readonly type: 'write'
      readonly task: RenderTask
      /** Where the rollout will stand. */
      readonly path: string
      readonly context: Omit<RenderContext, 'signal' | 'shelf'>
    }
  /** Ends what is being written. */
  | { readonly type: 'stop' }

/** What it answers to `write`. Errors lose their class on the way. */
export type WriterAnswer =
  | { readonly type: 'written'; readonly written: WrittenLines }
  | { readonly type: 'failed'; readonly stage: SessionStage | null; readonly code: string; readonly message: string }

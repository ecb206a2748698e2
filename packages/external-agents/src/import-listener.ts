import type { AroundItem } from './apply.js'
import type { ImportCompleted, ImportProgress } from './wire.js'

/** Who hears of an import. Neither is called before the promise of `import` has resolved and its answer could be sent. */
export interface ImportListener {
  /** The caller asked for experimental methods and fields. */
  readonly experimental: boolean
  /** Once per request item, in request order; for conversations several times a second after that. */
  onProgress(progress: ImportProgress): void
  /** Exactly once per import that was answered, when everything is done. */
  onCompleted(completed: ImportCompleted): void
  /** Is given the work on each item, to do it at once and give what it gives: for who measures it. Default: just does it. */
  readonly around?: AroundItem
}

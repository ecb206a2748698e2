import type { Key, Section } from '../view/view.js'

/** What stands in the composer's place and takes the keys until it is done. */
export interface Panel extends Section {
  onKey(key: Key): void
}

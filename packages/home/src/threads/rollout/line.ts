/** One line of a rollout file. Members that are not named here stay in `payload`, or are lost only to the reader. */
export interface RolloutLine {
  /** RFC 3339, UTC, milliseconds. Empty when the line has none. */
  readonly timestamp: string
  /** 0, 1, 2, … in paginated rollouts; absent in legacy ones. */
  readonly ordinal?: number
  /** `session_meta`, `event_msg`, `response_item`, `turn_context`, `compacted`, …; unknown ones are passed through. */
  readonly type: string
  readonly payload: { readonly [member: string]: unknown }
}

/** A line as it stands in the file, understood or not. Bytes `start` to `end`, its line end included. */
export interface RolloutEntry {
  /** Null for what is no rollout line: garbage, an object without `type` or `payload`, a line over the cap. */
  readonly line: RolloutLine | null
  readonly start: number
  readonly end: number
  /** The last line, without a line end: half written, or written by a program that ends no lines. */
  readonly isOpen: boolean
}

/** Whether a method needs the `experimentalApi` capability. */
export type Stability = 'stable' | 'experimental'

/** What becomes of a notification when its consumer is slow: it waits for room, or it is dropped and counted. */
export type DeliveryClass = 'lossless' | 'bestEffort'

/** Whether we answer a method: yes, never (and why), or in a later version. */
export type MethodState =
  | { readonly state: 'served' }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'notYet' }

/** The schema of a method's params: its name, and whether the method may be called without params. */
interface ParamsSchema {
  /** Name of the type; absent when the method takes no params. */
  readonly params?: string
  /** The method may also come with no params, with `null` and with `{}`. */
  readonly paramsOptional?: true
}

/** One method that a client may call. */
export type ClientMethodRow = ParamsSchema &
  MethodState & {
    readonly stability: Stability
    /** Name of the result's type; always there where the method is served. */
    readonly result?: string
    /** Not in the reference: ours alone. */
    readonly ours?: true
  }

/** How deltas of one item may be joined while they wait: all of the text, or only its newest part. */
export interface DeltaRule {
  readonly joining: 'text' | 'output'
  /** The member of params that holds the piece. */
  readonly field: 'delta' | 'deltaBase64'
  /** The members of params that must be equal for two pieces to belong together. */
  readonly key: readonly string[]
}

/** One notification of the server. */
export interface ServerNotificationRow {
  readonly stability: Stability
  readonly delivery: DeliveryClass
  readonly delta?: DeltaRule
  /** Name of the params' type; absent while we do not send it. */
  readonly params?: string
}

/** One request that the server makes of a client. */
export type ServerRequestRow = MethodState & {
  readonly stability: Stability
  readonly params?: string
  readonly result?: string
}

/** One notification of a client. */
export interface ClientNotificationRow {
  readonly stability: Stability
}

import type { Table } from '../changes/change.js'

/** Where a layer of configuration comes from. Wire names. */
export type ConfigLayerSource =
  | { readonly type: 'system'; readonly file: string }
  | { readonly type: 'user'; readonly file: string; readonly profile: string | null }
  | { readonly type: 'project'; readonly dotCodexFolder: string }
  | { readonly type: 'sessionFlags' }

/** One layer. `version` is `sha256:<hex>` of its content in canonical form. */
export interface ConfigLayer {
  readonly name: ConfigLayerSource
  readonly version: string
  readonly config: Table
  /** Why it does not count, such as a project that is not trusted. */
  readonly disabledReason?: string
}

export interface ConfigLayerMetadata {
  readonly name: ConfigLayerSource
  readonly version: string
}

/** Configuration as `config/read` gives it. JSON values only. */
export interface ConfigView {
  /** All layers merged, with the defaults that the reference fills in. */
  readonly config: Table
  /** Dotted key of each value to the layer that gives it. */
  readonly origins: { readonly [key: string]: ConfigLayerMetadata }
  /** Strongest first. */
  readonly layers: readonly ConfigLayer[]
}

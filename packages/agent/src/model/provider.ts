/** Where a model is reached, and how patient we are with it. Read from `model_providers.*`; see `providers.ts`. */
export interface ModelProvider {
  readonly id: string
  readonly name: string
  /** Without a slash at its end; `/responses` goes behind it. */
  readonly baseUrl: string
  /** Headers beside ours, with those read from the environment. */
  readonly headers: Readonly<Record<string, string>>
  readonly queryParams: Readonly<Record<string, string>>
  readonly requestMaxRetries: number
  readonly streamMaxRetries: number
  readonly streamIdleTimeoutMs: number
  readonly requiresOpenaiAuth: boolean
  /**
   * The key to send, looked up at each request.
   *
   * @throws RpcError that names the variable or the way to sign in, where one is needed and not there
   */
  apiKey(): Promise<string | undefined>
}

/** What is known of a model. */
export interface ModelFacts {
  readonly id: string
  /** False: nothing is known of this model, the rest is a guess that works. */
  readonly isKnown: boolean
  /** Tokens, as the vendor counts them. */
  readonly contextWindow: number
  readonly defaultEffort: string | null
  readonly supportsReasoningSummaries: boolean
  readonly supportsParallelToolCalls: boolean
  readonly supportsImages: boolean
}

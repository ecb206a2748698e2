/** One event of a streamed response, as it came. Types that nobody knows are passed over. */
export type ModelEvent = { readonly type: string; readonly [member: string]: unknown }

/** One request to a model. */
export interface ModelRequest {
  /** The JSON body, whole. */
  readonly body: Readonly<Record<string, unknown>>
  /** Headers beside those of the provider; they lose against them. */
  readonly headers: Readonly<Record<string, string>>
}

/** A response whose head has come. */
export interface ModelResponse {
  /** A header, by its name in lower case. */
  header(name: string): string | null
  /**
   * The events, in the groups they came in. Ends when the server ends the stream; nothing says here whether it was whole.
   *
   * @throws ModelFailure when the stream breaks or says nothing for too long; the signal's reason once it aborts
   */
  readonly events: AsyncIterable<readonly ModelEvent[]>
}

/** The way to a model server. Asks once: retries are the caller's. */
export interface ModelClient {
  /**
   * @throws ModelFailure why there is no response; RpcError when there is no key; the signal's reason once it aborts
   */
  send(request: ModelRequest, signal: AbortSignal): Promise<ModelResponse>
}

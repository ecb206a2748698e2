/** A folder that may be written, but for some paths below it. All absolute. */
interface WritableRoot {
  readonly path: string
  readonly protectedPaths: readonly string[]
}

/** What a command may do. Everything can be read. */
export type SandboxRules =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'restricted'
      readonly writableRoots: readonly WritableRoot[]
      readonly network: boolean
      /** Folders that a command does not see at all: sockets by which it would get out. */
      readonly hiddenPaths: readonly string[]
    }

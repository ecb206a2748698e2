type Editing = typeof import('@gangway/home/editing')

let loading: Promise<Editing> | undefined

/**
 * The part of `@gangway/home` that parses and edits files.
 *
 * Loaded with the first piece of work that needs it, so that the server starts fast; kept, because even a module that
 * is there already takes a while to be asked for again.
 */
export function editing(): Promise<Editing> {
  loading ??= import('@gangway/home/editing')
  return loading
}

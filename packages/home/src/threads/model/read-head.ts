import type { ThreadHead } from './thread-head.js'

/**
 * What a list needs of the thread at `path`. Reads the head of the file, and the tail where needed.
 * What `session_meta` does not say is taken from the file's name and time.
 *
 * @throws the file system's error when the file cannot be read
 * @throws HomeError `NOT_A_THREAD` when neither the file nor its name gives an id
 */
export function readThreadHead(_path: string): ThreadHead {
  throw new Error('readThreadHead is not built yet')
}

import { join } from 'node:path'

/** What tells tools and agents what to run. Source: reference 0.169.0. */
const protectedNames = ['.git', '.codex', '.agents']

/** What stands below a writable folder and is not to be written all the same. */
export function protectedIn(folder: string): readonly string[] {
  return protectedNames.map((name) => join(folder, name))
}

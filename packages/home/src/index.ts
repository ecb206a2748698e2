export type { Change, CopyTree, MergeJson, MergeToml, Table, TreeFile, WriteFile } from './changes/change.js'
export {
  ChangeConflict,
  HomeError,
  type HomeErrorCode,
  JsonEditRefused,
  JsonSyntaxError,
  LockTimeoutError,
  OutsideRootError,
  type TextPosition,
  TomlEditRefused,
  TomlSyntaxError,
} from './errors.js'
export { appendJsonLine, readJsonLines } from './files/json-lines.js'
export { type LockOptions, withLock } from './files/lock.js'
export { type WriteOptions, writeFileAtomic } from './files/write-atomic.js'
export { type CodexHomeInput, checkCodexHome, type HomeLayout, homeLayout, resolveCodexHome } from './layout.js'

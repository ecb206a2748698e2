export { authFileOf, readStoredAuth, removeStoredAuth, type StoredAuth, storeApiKey } from './auth/stored-auth.js'
export type { Change, CopyTree, MergeJson, MergeToml, Table, TreeFile, WriteFile } from './changes/change.js'
export {
  ChangeConflict,
  HomeError,
  type HomeErrorCode,
  JsonEditRefused,
  JsonSyntaxError,
  LockTimeoutError,
  NotAFileError,
  OutsideRootError,
  type TextPosition,
  TomlEditRefused,
  TomlSyntaxError,
} from './errors.js'
export { appendJsonLine, readJsonLines } from './files/json-lines.js'
export { type LockOptions, withLock } from './files/lock.js'
export { type WriteOptions, writeFileAtomic } from './files/write-atomic.js'
export { type ImportedThread, recordImportedThread } from './journal/threads.js'
export { type CodexHomeInput, checkCodexHome, type HomeLayout, homeLayout, resolveCodexHome } from './layout.js'
export {
  type ListSkillsOptions,
  listSkills,
  type Skill,
  type SkillList,
  type SkillRoot,
  type SkillScope,
  skillRoots,
} from './skills/list-skills.js'

// Threads: rollout files, their names, and the index over them.
export { hasActiveWriter } from './threads/active-writer.js'
export { archiveThread, deleteThread, unarchiveThread } from './threads/archive.js'
export type {
  ThreadPage,
  ThreadQuery,
  ThreadRecord,
  ThreadSearch,
  ThreadSearchPage,
  ThreadSortKey,
  ThreadSourceKind,
} from './threads/index/query.js'
export { type RefreshReport, ThreadIndex, type ThreadIndexOptions } from './threads/index/thread-index.js'
export { type ThreadMark, ThreadMarks, type UnreadPosition } from './threads/marks.js'
export { readThreadHead } from './threads/model/read-head.js'
export { type ReadThreadOptions, readThread, type StoredThread } from './threads/model/read-thread.js'
export type { HistoryBase, ThreadHead, ThreadProvenance } from './threads/model/thread-head.js'
export type { PlacedItem, StoredItem, StoredTurn, StoredTurnError } from './threads/model/thread-item.js'
export { type FileOf, partsOf, type ThreadPart } from './threads/model/thread-lines.js'
export { ThreadPages } from './threads/model/thread-pages.js'
export { appendThreadName, appendThreadNames, readThreadNames, removeThreadNames } from './threads/names.js'
export { type AppendedLine, RolloutAppender, type RolloutAppenderOptions } from './threads/rollout/appender.js'
export type { RolloutEntry, RolloutLine } from './threads/rollout/line.js'
export {
  dayFolder,
  parseRolloutName,
  type RolloutName,
  type RolloutPlace,
  rolloutPath,
} from './threads/rollout/name.js'
export { type ReadRolloutOptions, readRolloutBackwards, readRolloutLines } from './threads/rollout/read.js'
export {
  discardRollout,
  putRollout,
  RolloutWriter,
  type RolloutWriterOptions,
  type SealedRollout,
} from './threads/rollout/writer.js'

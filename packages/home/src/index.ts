export type { Change, CopyTree, MergeJson, MergeToml, Table, TreeFile, WriteFile } from './changes/change.js'

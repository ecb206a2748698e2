// The second face: everything that parses or edits TOML and JSON. Loading it loads the libraries for that, so a program
// that must start fast imports it with `import()` when the first piece of such work comes.
export { type ApplyOptions, applyChange } from './changes/apply.js'
export { type FilePreview, previewChanges } from './changes/preview.js'
export type { TargetRoot } from './changes/roots.js'
export type { JournalStep, PathImage } from './changes/step.js'
export {
  type ConfigEdit,
  ConfigWriteError,
  type ConfigWriteResult,
  type WriteConfigOptions,
  writeConfig,
} from './config/edit.js'
export type { ConfigLayer, ConfigLayerMetadata, ConfigLayerSource, ConfigView } from './config/layer.js'
export { nestOverrides, parseOverrides } from './config/overrides.js'
export { type ReadConfigOptions, readConfigLayers } from './config/read-layers.js'
export { readConfigRequirements } from './config/requirements.js'
export { trustLevelOf } from './config/trust.js'
export { type Journal, openJournal } from './journal/journal.js'
export { type JournalledChange, type JournalRecord, readJournal, recoverJournals } from './journal/read.js'
export type { ReversalReport } from './journal/report.js'
export { reverseImport } from './journal/reverse.js'
export { editJson } from './json/edit.js'
export { type JsonDialect, parseJson } from './json/parse.js'
export { editToml } from './toml/edit.js'
export { parseToml } from './toml/parse.js'

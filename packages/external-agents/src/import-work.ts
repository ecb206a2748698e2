// What comes after detect. Loaded with the first preview or import: it brings everything that edits, and detect needs none
// of that.
export { listJournals, recoverJournals } from '@gangway/home/editing'
export { applyPlan } from './apply.js'
export { planImport } from './plan.js'
export { FileDigests, planDigest } from './plan-digest.js'
export { previewPlan } from './preview.js'
export { RemotePlugins } from './remote-plugins.js'
export { undoImport } from './undo.js'
export { verifyImport } from './verify/verify.js'

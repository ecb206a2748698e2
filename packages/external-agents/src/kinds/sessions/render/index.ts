export { checkpointType, type OpenCall, type RenderCheckpoint, readCheckpoint } from './checkpoint.js'
export { defaultRenderLimits, type RenderLimits, type RenderOptions } from './render-options.js'
export {
  type RenderedFact,
  type RenderFate,
  type RenderReasonCode,
  type RenderReport,
  renderReasons,
} from './render-report.js'
export { renderSession } from './render-session.js'
export { SessionRenderer } from './session-renderer.js'
export { isImportedTurnId } from './turn-frame.js'

export type { ImportListener, ImportsOptions } from './imports.js'
export { ExternalAgentImports } from './imports.js'
export type * from './wire.js'

export type { AgentThread, ResumeThreadOptions, StartThreadOptions, TurnRequest } from './agent-thread.js'
export type { ConfiguredHook } from './hooks/configured-hook.js'
export { findHooks } from './hooks/find-hooks.js'
export { uuidV7 } from './ids.js'
export { defaultModel, modelFacts, openaiModels, reasoningEfforts } from './model/catalog.js'
export type { ModelFacts, ModelProvider } from './model/provider.js'
export type { SignIn } from './model/provider-key.js'
export { defaultProviderId, type ProviderTable, providerTables } from './model/provider-table.js'
export { type ProviderInput, resolveProvider } from './model/providers.js'
export { signInOf } from './model/sign-in.js'
export { CappedOutput } from './process/capped-output.js'
export { type EndReason, type ProcessEnd, shellExitCode } from './process/process-end.js'
export {
  type OutputStream,
  ProcessError,
  type ProcessErrorCode,
  type ProcessOptions,
  type RunningProcess,
  type TerminalSize,
} from './process/process-options.js'
export { startProcess } from './process/start-process.js'
export { TextChunks } from './process/text-chunks.js'
export { readFacts } from './record/read-facts.js'
export { readHistory } from './record/read-history.js'
export { holdPlaceholders } from './sandbox/placeholders.js'
export { findSandbox } from './sandbox/sandbox.js'
export { sandboxRules } from './sandbox/sandbox-rules.js'
export { resumeThread, startThread } from './start.js'
export type { ThreadHost, ThreadNotification, ThreadQuestion } from './thread-host.js'
export type { ProfileEntry, ProfileRules, ThreadSettings } from './thread-settings.js'
export type { McpConnection } from './tools/mcp/connection.js'
export { withPassingServers } from './tools/mcp/passing-servers.js'
export { mcpServersOf } from './tools/mcp/server-config.js'
export { serverStatus } from './tools/mcp/server-status.js'
export { mcpServersOfThread } from './tools/mcp/thread-servers.js'

/** Methods that change nothing although their name does not end like it. */
const READING: ReadonlySet<string> = new Set([
  'externalAgentConfig/detect',
  'externalAgentConfig/import/preview',
  'externalAgentConfig/import/verify',
  'externalAgentConfig/import/readHistories',
  'fs/getMetadata',
  'fs/readFile',
  'fs/readDirectory',
  'thread/search',
  'thread/searchOccurrences',
  'thread/goal/get',
  'memory/status',
  'getConversationSummary',
  'gitDiffToRemote',
])

/** Whether a call of `method` may be made twice without anyone noticing. */
export function isReadOnly(method: string): boolean {
  return method.endsWith('/read') || method.endsWith('/list') || READING.has(method)
}

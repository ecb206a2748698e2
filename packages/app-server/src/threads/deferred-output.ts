import type { ThreadItemEntry, ThreadItemOutputDeferral } from '@gangway/protocol'

/** An entry without the output that the client will fetch by `thread/items/read`. Source: reference 0.169.0. */
export function withoutDeferredOutput(entry: ThreadItemEntry, deferral: ThreadItemOutputDeferral): ThreadItemEntry {
  const { item } = entry
  if (item.type === 'commandExecution' && deferral.commandExecution === true) {
    if (item.status !== 'completed' || !item.aggregatedOutput) return entry
    return { ...entry, item: { ...item, aggregatedOutput: null }, outputDeferred: true }
  }
  if (item.type === 'mcpToolCall' && deferral.mcpToolCall === true) {
    if (item.status !== 'completed' || !isPlainText(item.result)) return entry
    return { ...entry, item: { ...item, result: null }, outputDeferred: true }
  }
  return entry
}

type McpResult = Extract<ThreadItemEntry['item'], { type: 'mcpToolCall' }>['result']

function isPlainText(result: McpResult): boolean {
  if (!result || result.content.length === 0 || (result.structuredContent ?? null) !== null) return false
  return result.content.every(
    (part) => typeof part === 'object' && part !== null && Reflect.get(part, 'type') === 'text',
  )
}

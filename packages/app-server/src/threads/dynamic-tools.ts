import type { ThreadStartParams } from '@gangway/protocol'
import { invalidRequest } from '../refusals.js'

const namePattern = /^[a-zA-Z0-9_-]+$/

/** Tools that a client brings, when the model can call them. @throws RpcError in the reference's words */
export function checkedDynamicTools(tools: ThreadStartParams['dynamicTools']): readonly unknown[] {
  for (const tool of tools ?? []) {
    refuseName(tool.name)
    if (tool.type === 'namespace') for (const { name } of tool.tools) refuseName(name)
  }
  return tools ?? []
}

function refuseName(name: string): void {
  if (namePattern.test(name)) return
  throw invalidRequest(`dynamic tool name must match ${namePattern.source} to match Responses API: ${name}`)
}

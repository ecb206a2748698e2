import { dynamicFamily } from './dynamic-tools.js'
import { commandFamily } from './exec/command-family.js'
import { mcpFamily } from './mcp/mcp-family.js'
import { questionFamily } from './request-user-input.js'
import type { ToolFamily } from './tool.js'
import { planFamily } from './update-plan.js'
import { imageFamily } from './view-image.js'

/** Every family of tools, in the order in which a model is told of them. Each is opened once a thread. */
export const toolFamilies: readonly ToolFamily[] = [
  commandFamily,
  mcpFamily,
  questionFamily,
  imageFamily,
  planFamily,
  dynamicFamily,
]

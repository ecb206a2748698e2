import type { ToolView } from '../tool-view.js'
import { backgroundCommand, fileRead, fileSearch, folderList, shellCommand } from './commands.js'
import { fileEdit } from './file-edit.js'
import { helperAgent } from './helper-agent.js'
import { isMcpTool, mcpTool } from './mcp-tool.js'
import { otherTool } from './other-tool.js'
import { proposedPlan, stepList } from './plans.js'
import { webPage, webSearch } from './web.js'

/** The only place that knows all tools. Names are those of the logs that are read. */
const views: ReadonlyMap<string, ToolView> = new Map([
  ['Bash', shellCommand],
  ['BashOutput', backgroundCommand],
  ['KillBash', backgroundCommand],
  ['KillShell', backgroundCommand],
  ['TaskOutput', backgroundCommand],
  ['TaskStop', backgroundCommand],
  ['Read', fileRead],
  ['NotebookRead', fileRead],
  ['Glob', fileSearch],
  ['Grep', fileSearch],
  ['LS', folderList],
  ['Edit', fileEdit],
  ['MultiEdit', fileEdit],
  ['Write', fileEdit],
  ['NotebookEdit', fileEdit],
  ['TodoWrite', stepList],
  ['ExitPlanMode', proposedPlan],
  ['WebSearch', webSearch],
  ['WebFetch', webPage],
  ['Task', helperAgent],
  ['Agent', helperAgent],
])

/** How the calls of `tool` are rendered. */
export function toolView(tool: string): ToolView {
  return views.get(tool) ?? (isMcpTool(tool) ? mcpTool : otherTool)
}

import { asRecord, asText } from '../../reading/sessions/record.js'

/** A call in the words of the tools that every agent has. */
export interface NeutralCall {
  readonly tool: string
  readonly input: unknown
}

/** Neutral names of Cursor's tools, by their names in lower case without `_v2`. What is missing keeps its own. */
const TOOLS: ReadonlyMap<string, string> = new Map([
  ['shell', 'Bash'],
  ['run_terminal_cmd', 'Bash'],
  ['run_terminal_command', 'Bash'],
  ['read', 'Read'],
  ['read_file', 'Read'],
  ['write', 'Write'],
  ['write_file', 'Write'],
  ['strreplace', 'Edit'],
  ['search_replace', 'Edit'],
  ['edit', 'Edit'],
  ['grep', 'Grep'],
  ['grep_search', 'Grep'],
  ['ripgrep', 'Grep'],
  ['ripgrep_raw_search', 'Grep'],
  ['glob', 'Glob'],
  ['glob_file_search', 'Glob'],
  ['file_search', 'Glob'],
  ['ls', 'LS'],
  ['list_dir', 'LS'],
  ['todowrite', 'TodoWrite'],
  ['todo_write', 'TodoWrite'],
  ['task', 'Task'],
  ['websearch', 'WebSearch'],
  ['web_search', 'WebSearch'],
  ['webfetch', 'WebFetch'],
  ['web_fetch', 'WebFetch'],
])

/** Members that neutral tools call otherwise. */
const MEMBERS: ReadonlyMap<string, string> = new Map([
  ['contents', 'content'],
  ['target_file', 'file_path'],
  ['targetFile', 'file_path'],
  ['relativeWorkspacePath', 'file_path'],
  ['file', 'file_path'],
  ['oldString', 'old_string'],
  ['newString', 'new_string'],
  ['replaceAll', 'replace_all'],
  ['glob_pattern', 'pattern'],
  ['globPattern', 'pattern'],
  ['target_directory', 'path'],
  ['targetDirectory', 'path'],
  ['search_term', 'query'],
  ['searchTerm', 'query'],
])

/** Tools that name a file where neutral ones say `file_path`. */
const OF_FILES = new Set(['Read', 'Write', 'Edit'])

/** The call of a tool of Cursor's, or of a server's, in neutral words. Unknown ones stay as they are. */
export function neutralCall(name: string, input: unknown): NeutralCall {
  const table = asRecord(input)
  const server = table && (asText(table.server) ?? asText(table.serverName))
  const called = table && (asText(table.toolName) ?? asText(table.tool_name))
  if (/mcp/i.test(name) && server !== undefined && called !== undefined) {
    return { tool: `mcp__${server}__${called}`, input: table?.arguments ?? table?.args ?? {} }
  }
  const tool = TOOLS.get(name.toLowerCase().replace(/_v\d+$/, ''))
  if (tool === undefined || !table) return { tool: tool ?? name, input }
  const members = Object.entries(table).map(([key, value]) => {
    const known = MEMBERS.get(key) ?? (key === 'path' && OF_FILES.has(tool) ? 'file_path' : key)
    return [known === key || !Object.hasOwn(table, known) ? known : key, value] as const
  })
  return { tool, input: Object.fromEntries(members) }
}

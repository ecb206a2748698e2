/** What an event of Cursor's is called in neutral words. */
export interface KnownEvent {
  readonly event: string
  /** Narrows the neutral event to what Cursor's own is about. */
  readonly matcher?: string
  /** What `matcher` of a handler picks by; nothing where Cursor has none. */
  readonly picksBy: 'tool' | 'other' | 'nothing'
  /** Why it may not hold for all that Cursor's event holds for. */
  readonly remark?: string
}

/** Events in the order in which Cursor documents them. Those that are missing have no neutral word. Source: Cursor's documentation. */
const EVENTS: ReadonlyMap<string, KnownEvent> = new Map<string, KnownEvent>([
  ['preToolUse', { event: 'PreToolUse', picksBy: 'tool' }],
  ['postToolUse', { event: 'PostToolUse', picksBy: 'tool' }],
  ['sessionStart', { event: 'SessionStart', picksBy: 'other' }],
  ['sessionEnd', { event: 'SessionEnd', picksBy: 'other' }],
  ['beforeSubmitPrompt', { event: 'UserPromptSubmit', picksBy: 'nothing' }],
  ['stop', { event: 'Stop', picksBy: 'nothing' }],
  ['subagentStart', { event: 'SubagentStart', picksBy: 'other' }],
  ['subagentStop', { event: 'SubagentStop', picksBy: 'other' }],
  ['preCompact', { event: 'PreCompact', picksBy: 'other' }],
  ['beforeShellExecution', { event: 'PreToolUse', matcher: 'Bash', picksBy: 'other' }],
  ['afterShellExecution', { event: 'PostToolUse', matcher: 'Bash', picksBy: 'other' }],
  ['beforeMCPExecution', { event: 'PreToolUse', matcher: 'mcp__.*', picksBy: 'other' }],
  ['afterMCPExecution', { event: 'PostToolUse', matcher: 'mcp__.*', picksBy: 'other' }],
  [
    'beforeReadFile',
    { event: 'PreToolUse', matcher: 'Read', picksBy: 'other', remark: 'files are read by commands, too' },
  ],
  ['afterFileEdit', { event: 'PostToolUse', matcher: 'Edit|Write', picksBy: 'other' }],
])

/** The neutral event, or undefined where there is none. */
export function knownEvent(name: string): KnownEvent | undefined {
  return EVENTS.get(name)
}

/** Neutral names of Cursor's tools, as matchers know them. */
const TOOLS: ReadonlyMap<string, string> = new Map([
  ['Shell', 'Bash'],
  ['StrReplace', 'Edit'],
  ['EditNotebook', 'NotebookEdit'],
])

/** A matcher over Cursor's tools as one over neutral ones: `Shell|Write` is `Bash|Write`, `MCP:x` every tool of that name. */
export function toolMatcher(matcher: string): string {
  return matcher
    .replace(/\bMCP:([\w.*-]+)/g, (_, tool: string) => `mcp__.*__${tool}`)
    .replace(/\b[A-Za-z]+\b/g, (word) => TOOLS.get(word) ?? word)
}

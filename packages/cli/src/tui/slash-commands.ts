/** A word behind `/`, for completion and help. */
export interface SlashCommand {
  readonly name: string
  readonly words: string
  /** What may follow it. */
  readonly argument?: string
}

/** Every command of the composer, in the order of its help. */
export const slashCommands = [
  { name: 'new', words: 'begin a new conversation' },
  { name: 'resume', words: 'go on with an earlier one', argument: '[id]' },
  { name: 'fork', words: 'go on in a copy of this one' },
  { name: 'rename', words: 'give this conversation a name', argument: '<name>' },
  { name: 'model', words: 'choose the model', argument: '[name]' },
  { name: 'approvals', words: 'choose what the agent may do, and when it asks' },
  { name: 'status', words: 'show the session: model, folder, permissions, tokens' },
  { name: 'diff', words: 'show what has changed in the folder' },
  { name: 'compact', words: 'summarise the conversation to make room' },
  { name: 'mcp', words: 'list MCP servers and their tools' },
  { name: 'skills', words: 'list skills' },
  { name: 'import', words: 'look for what other agents left here' },
  { name: 'help', words: 'show commands and keys' },
  { name: 'quit', words: 'leave' },
] as const satisfies readonly SlashCommand[]

export type SlashName = (typeof slashCommands)[number]['name']

/** The command that `text` is; undefined when it is none, such as a path. */
export function readSlash(
  text: string,
): { readonly name: SlashName | undefined; readonly written: string; readonly argument: string } | undefined {
  const found = /^\/([a-z]+)(?:\s+([\s\S]*))?$/.exec(text.trim())
  if (!found) return undefined
  const written = found[1] ?? ''
  const name = written === 'exit' ? 'quit' : slashCommands.find((command) => command.name === written)?.name
  return { name, written, argument: (found[2] ?? '').trim() }
}

/** What `gangway threads` does. */
export const threadActions = ['list', 'show', 'search', 'rename', 'archive', 'unarchive', 'delete', 'export'] as const

/** Kinds of programs that begin threads, as the protocol spells them. */
export const sourceWords = [
  'cli',
  'vscode',
  'exec',
  'appServer',
  'subAgent',
  'subAgentReview',
  'subAgentCompact',
  'subAgentThreadSpawn',
  'subAgentOther',
  'unknown',
] as const

/** What `--sort` takes. */
export const sortWords = ['updated', 'created'] as const

/** What `--format` takes. */
export const exportFormats = ['markdown', 'json'] as const

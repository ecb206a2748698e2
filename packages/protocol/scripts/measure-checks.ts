// Prints how long a generated check takes for messages of about 1 KB, in nanoseconds: the best of several rounds.
import { checks } from '../src/validators.gen.js'

const ROUNDS = 15
const CALLS = 300_000

const item = (name: string) => ({
  itemType: 'SKILLS',
  description: 'Move skills from /home/person/.claude/skills to /home/person/.agents/skills',
  cwd: null,
  details: {
    plugins: [],
    skills: [{ name }, { name: 'spreadsheet' }],
    sessions: [],
    mcpServers: [],
    hooks: [],
    subagents: [],
    commands: [],
  },
})
const success = (name: string) => ({
  itemType: 'SKILLS',
  cwd: null,
  source: name,
  target: name,
  title: null,
  sourcePath: `/home/person/.claude/skills/${name}/${'x'.repeat(50)}`,
  targetPath: `/home/person/.agents/skills/${name}/${'x'.repeat(50)}`,
})
const messages = {
  InitializeParams: {
    clientInfo: { name: 'a-client', title: 'T'.repeat(700), version: '1.0.0' },
    capabilities: { experimentalApi: true, optOutNotificationMethods: ['thread/started', 'x'.repeat(150)] },
  },
  ConfigValueWriteParams: { keyPath: 'mcp_servers.a', value: 'x'.repeat(900), mergeStrategy: 'upsert', filePath: null },
  ExternalAgentConfigImportParams: { migrationItems: ['a', 'b', 'c'].map(item), failureMode: 'item' },
  ExternalAgentConfigImportCompletedNotification: {
    importId: 'f'.repeat(36),
    itemTypeResults: [{ itemType: 'SKILLS', successes: ['a', 'b', 'c'].map(success), failures: [] }],
  },
} as const

for (const [name, message] of Object.entries(messages)) {
  const text = JSON.stringify(message)
  const nanoseconds = fastest(checks[name as keyof typeof messages], JSON.parse(text))
  console.log(`${name}: ${nanoseconds.toFixed(1)} ns for ${text.length} bytes`)
}

function fastest(check: (value: unknown) => boolean, value: unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    let passed = 0
    const began = performance.now()
    for (let call = 0; call < CALLS; call++) passed += check(value) ? 1 : 0
    const nanoseconds = ((performance.now() - began) * 1e6) / CALLS
    if (passed !== CALLS) throw new Error('a message that is measured must be right')
    best = Math.min(best, nanoseconds)
  }
  return best
}

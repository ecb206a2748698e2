import { json, type SampleFile } from './sample-file.js'

/** What Claude Code left in a made-up repository. */
export const repositoryFiles: readonly SampleFile[] = [
  { path: '.git/HEAD', content: 'ref: refs/heads/main\n' },
  { path: 'package.json', content: json({ name: 'harbour', private: true, scripts: { test: 'node --test' } }) },
  {
    path: 'CLAUDE.md',
    content: [
      '# Harbour',
      '',
      'A small service that books berths. Claude Code reads this file first.',
      '',
      '- Tests: `npm test`. Claude runs them before every commit.',
      '- Architecture: @docs/architecture.md',
      '- Never touch `.claude/settings.json` by hand; the model is claude-3-opus.',
      '',
      '```sh',
      'npx @anthropic-ai/claude-code --version',
      '```',
      '',
    ].join('\n'),
  },
  { path: 'docs/architecture.md', content: '# Architecture\n\nOne process, one database, one queue.\n' },
  { path: 'CLAUDE.local.md', content: 'My own port is 4317.\n' },
  { path: 'src/billing/CLAUDE.md', content: 'Amounts are in cents. Claude never uses floats here.\n' },
  {
    path: '.mcp.json',
    content: json({
      mcpServers: {
        postgres: {
          command: 'npx',
          args: ['-y', '@example/postgres-mcp', '${DATABASE_URL:-postgres://localhost/harbour}'],
          env: { PGUSER: 'harbour', PGPASSWORD: '${PGPASSWORD}' },
        },
        tickets: { type: 'sse', url: 'https://tickets.example.com/sse' },
        mail: {
          command: 'mail-mcp',
          args: ['--folder', 'inbox'],
          env: { MAIL_API_KEY: 'sk-live-5f2c9d71e0b84a6693cd' },
        },
      },
    }),
  },
  {
    path: '.claude/settings.json',
    content: json({
      permissions: { allow: ['Bash(npm test)'], deny: ['WebFetch'] },
      hooks: {
        PostToolUse: [
          {
            matcher: 'Edit|Write',
            hooks: [{ type: 'command', command: '"$CLAUDE_PROJECT_DIR"/.claude/hooks/format.sh' }],
          },
        ],
      },
    }),
  },
  { path: '.claude/hooks/format.sh', executable: true, content: '#!/bin/sh\nexec npx prettier --write .\n' },
  {
    path: '.claude/commands/db/migrate.md',
    content: [
      '---',
      'description: Write a database migration',
      'allowed-tools: Bash(npm run migrate:*)',
      '---',
      'Write a migration named $1 for table $2. Current state: !`npm run migrate status`',
      '',
    ].join('\n'),
  },
  {
    path: '.claude/skills/berth-plan/SKILL.md',
    content: [
      '---',
      'name: berth-plan',
      'description: Work out which ship goes to which berth',
      '---',
      '',
      'Read `tides.csv` beside this file. Claude lists every berth once.',
      '',
    ].join('\n'),
  },
  { path: '.claude/skills/berth-plan/tides.csv', content: 'hour,metres\n0,1.2\n6,3.4\n12,1.1\n18,3.6\n' },
]

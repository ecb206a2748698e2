import { json, type SampleFile } from './sample-file.js'

/** What Claude Code left in the home folder of a made-up person. The token below is made up too. */
export const homeFiles: readonly SampleFile[] = [
  {
    path: '.claude/settings.json',
    content: json({
      model: 'opus',
      env: { EDITOR: 'nvim', BUILD_JOBS: 4, DEPLOY_TOKEN: 'ghp_0123456789abcdefghijklmnopqrstuvwxyzAB' },
      permissions: {
        allow: ['Bash(npm run test:*)', 'Bash(git log:*)', 'Read(~/notes/**)'],
        ask: ['Bash(git push:*)'],
        deny: ['Bash(rm -rf:*)', 'Read(./.env)'],
        additionalDirectories: ['../design-docs'],
      },
      sandbox: { enabled: true },
      statusLine: { type: 'command', command: '~/.claude/statusline.sh' },
      hooks: {
        PreToolUse: [
          {
            matcher: 'Bash',
            hooks: [{ type: 'command', command: '~/.claude/hooks/guard.sh --strict', timeout: 10 }],
          },
        ],
        Stop: [{ hooks: [{ type: 'command', command: 'echo "turn over" >> ~/agent.log' }] }],
        Notification: [{ hooks: [{ type: 'command', command: 'notify-send "Claude is waiting"' }] }],
      },
    }),
  },
  {
    path: '.claude/hooks/guard.sh',
    executable: true,
    content: '#!/bin/sh\n# Refuses commands that reach into production.\ngrep -q production && exit 2\nexit 0\n',
  },
  {
    path: '.claude/CLAUDE.md',
    content: [
      '# How I work',
      '',
      'Claude should answer in short sentences. When Claude is unsure, it asks.',
      'Run `claude -p "review"` only when I say so; my notes are in ~/.claude/notes and on https://claude.ai/code.',
      '',
      '@style/writing.md',
      '',
    ].join('\n'),
  },
  {
    path: '.claude/style/writing.md',
    content: '## Writing\n\nFigures instead of adjectives. No exclamation marks.\n',
  },
  {
    path: '.claude/skills/release-notes/SKILL.md',
    content: [
      '---',
      'name: release-notes',
      'description: Write release notes from the commits since the last tag',
      'allowed-tools: Bash, Read',
      '---',
      '',
      '# Release notes',
      '',
      'Run `scripts/commits.sh`, group what it prints, and let Claude write one line per group.',
      '',
    ].join('\n'),
  },
  {
    path: '.claude/skills/release-notes/scripts/commits.sh',
    executable: true,
    content: '#!/bin/sh\ngit log --oneline "$(git describe --tags --abbrev=0)"..HEAD\n',
  },
  {
    path: '.claude/commands/fix-issue.md',
    content: [
      '---',
      'description: Fix an issue by its number',
      'argument-hint: <number>',
      '---',
      'Look up issue $ARGUMENTS, reproduce it in a test, then fix it.',
      '',
    ].join('\n'),
  },
  {
    path: '.claude/agents/reviewer.md',
    content: [
      '---',
      'name: reviewer',
      'description: Reads a change and says what is wrong with it: never edits',
      'tools: Read, Grep, Glob',
      'model: sonnet',
      '---',
      '',
      'You review changes. Name the file and the line. Do not write code.',
      '',
    ].join('\n'),
  },
  {
    path: '.claude/agents/docs/translator.md',
    content: [
      '---',
      'name: translator',
      'description: Translates documentation',
      '---',
      '',
      'Translate what you are given. Keep code as it is.',
      '',
    ].join('\n'),
  },
  // Written in Latin-1: not UTF-8, so it cannot be read. It shows how a broken file is accounted for.
  {
    path: '.claude/agents/broken.md',
    encoding: 'latin1',
    content: '---\nname: caf\u00e9\ndescription: Not UTF-8\n---\n\nHello.\n',
  },
  {
    path: '.claude.json',
    content: json({
      mcpServers: {
        github: {
          type: 'http',
          url: 'https://mcp.example.com/github',
          headers: { Authorization: `Bearer \${GITHUB_TOKEN}` },
        },
      },
    }),
  },
]

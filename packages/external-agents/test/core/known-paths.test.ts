import { describe, expect, it } from 'vitest'
import { mapKnownPaths } from '../../src/known-paths.js'
import { CLAUDE_CODE_WORDS } from '../../src/sources/claude-code/words.js'

const place = {
  kind: 'home',
  cwd: null,
  root: '/home/u',
  configDir: '/home/u/.claude',
  userHome: '/home/u',
  userConfigDir: '/home/u/.claude',
} as const
const map = (text: string, codexHome = '/home/u/.codex') =>
  mapKnownPaths(text, CLAUDE_CODE_WORDS, { codexHome, place }).text

describe('mapKnownPaths', () => {
  it.each([
    ['~/.claude/CLAUDE.md', '~/.codex/AGENTS.md'],
    ['see .claude/CLAUDE.md.', 'see AGENTS.md.'],
    ['(.claude/skills)', '(.agents/skills)'],
    ['~/.claude/skills/pdf/SKILL.md', '~/.agents/skills/pdf/SKILL.md'],
    ['./.claude/agents/', './.codex/agents'],
    ['.claude/agents/reviewer.md', '.codex/agents/reviewer.toml'],
    ['.claude/commands/git/commit.md', '.agents/skills/source-command-git-commit'],
    ['~/.claude/settings.json', '~/.codex/config.toml'],
    ['.claude/hooks/check.sh', '.codex/hooks/check.sh'],
  ])('B1: maps %s to where it stands afterwards', (text, expected) => {
    expect(map(text)).toBe(expected)
  })

  it.each([
    '~/.claude.json',
    '.claude/settings.local.json',
    '.claude/rules/go.md',
    'foo/.claude/skills',
    '/srv/.claude/skills',
    'x.claude/skills',
    '@~/.claude/CLAUDE.md',
    '`.claude/skills`',
    '```\n.claude/skills\n```',
    '[x](.claude/skills)',
    'https://x.org/.claude/skills',
    '.claude/skills%20x',
  ])('leaves %s alone', (text) => {
    expect(map(text)).toBe(text)
  })

  it('names a Codex home that is elsewhere by its own path', () => {
    expect(map('~/.claude/CLAUDE.md', '/srv/codex')).toBe('/srv/codex/AGENTS.md')
    expect(map('~/.claude/skills', '/srv/codex')).toBe('/srv/.agents/skills')
  })
})

import { describe, expect, it } from 'vitest'
import { rewriteProse } from '../../src/prose.js'
import { CLAUDE_CODE_WORDS } from '../../src/sources/claude-code/words.js'

const rewrite = (text: string) => rewriteProse(text, CLAUDE_CODE_WORDS).text

describe('rewriteProse', () => {
  it.each([
    ['claude.', 'Codex.'],
    ['claude. Next', 'Codex. Next'],
    ['claude..', 'Codex..'],
    ['claude:', 'Codex:'],
    ['"claude"', '"Codex"'],
    ['(claude)', '(Codex)'],
    ['claude!', 'Codex!'],
    ['claude,ai', 'Codex,ai'],
    ['CLAUDE-CODE', 'Codex'],
    ['Claude  Code', 'Codex'],
    ['claude code review', 'Codex review'],
    ['claudecode', 'Codex'],
    ['claude_code', 'Codex'],
    ['claude.md', 'AGENTS.md'],
    ['claude.md.', 'AGENTS.md.'],
    ['./CLAUDE.md', './AGENTS.md'],
    ['a/CLAUDE.md', 'a/AGENTS.md'],
    ['@claude', '@Codex'],
    ['K claude', 'K Codex'],
    ["Claude's", "Codex's"],
    ['Claude’s', 'Codex’s'],
    ['**Claude**', '**Codex**'],
    ['non-Claude agents', 'non-Codex agents'],
    ['Claude-generated code', 'Codex-generated code'],
    ['Cursor/Claude', 'Cursor/Codex'],
    ['Claude/Cursor', 'Codex/Cursor'],
    ['使用Claude编写', '使用Codex编写'],
    ['Claude를 쓴다', 'Codex를 쓴다'],
    ['ask Claude\nCode to do it', 'ask Codex to do it'],
    ['- Use Claude and follow CLAUDE.md', '- Use Codex and follow AGENTS.md'],
    ['> Claude says', '> Codex says'],
    ['# Claude guide', '# Codex guide'],
    ['| Claude | x |', '| Codex | x |'],
    ['[Claude](https://claude.ai)', '[Codex](https://claude.ai)'],
    ['Claude needs 3 files', 'Codex needs 3 files'],
  ])('puts the target in place of the agent: %j', (text, expected) => {
    expect(rewrite(text)).toBe(expected)
  })

  it.each([
    // paths and files
    'claude/',
    '/claude/',
    '.claude/settings.json',
    '~/.claude.json',
    '../.claude/x',
    'foo/.claude/x',
    '.claude-plugin',
    '@~/.claude/extra.md',
    'claude.py',
    'claude.json',
    'a.claude',
    'C:\\Users\\x\\claude\\y',
    'xCLAUDE.md',
    'CLAUDE.md.bak',
    'CLAUDE.local.md',
    'CLAUDE.mdx',
    'CLAUDE.md-x',
    'CLAUDE.md/x',
    '.CLAUDE.md',
    '~/.claude/CLAUDE.md',
    '/etc/CLAUDE.md',
    // hosts, URLs, mail
    'claude.ai',
    'claude.com/x',
    'https://claude.ai/code',
    'https://docs.example.com/claude',
    'www.claude.com',
    'claude:x.com',
    'claude@anthropic.com',
    'me@claude',
    // packages, models, variables, options
    'npx @anthropic-ai/claude-code',
    'npm install -g claude-code',
    'brew install claude',
    '@anthropic-ai/claude-code',
    'claude-3-opus',
    'claude-opus-4',
    'Claude-3-Opus',
    'claude-code-action',
    'my-claude',
    '-claude',
    'claude2',
    'myclaude',
    '_claude',
    'claude_x',
    'CLAUDE_PROJECT_DIR',
    '$CLAUDE_CONFIG_DIR',
    '$claude',
    'claude=1',
    'claude%20',
    // words of other languages that only begin the same
    'Claudé',
    'claudeé',
    'éclaude',
    'Claudette',
    // commands
    'claude -p "hi"',
    'claude --resume',
    'claude mcp add x',
    'claude doctor',
    '$ claude',
    'cd claude',
    // other products of the same maker
    'Claude Desktop',
    'Claude API',
    'Claude Opus 4',
    'Claude Sonnet',
    'Claude 3.5',
    'Claude models',
    'Claude Max',
    "Anthropic's Claude",
    'Claude Agent SDK',
    // code and markup
    '`claude -p`',
    'see `CLAUDE.md` there',
    '``a ` claude``',
    '```\nclaude\n```',
    '~~~sh\nclaude\n~~~',
    '- item\n\n  ```\n  claude\n  ```',
    'text\n\n    claude in indented code\n',
    '<claude>',
    '</claude>',
    '<code>claude</code>',
    '<!-- claude -->',
    '![x](docs/claude.png)',
    '[x](docs/claude)',
    '[claude-docs]: https://claude.ai/docs',
    '---\nname: claude\n---\n',
  ])('B1: leaves alone what is not the agent in prose: %j', (text) => {
    expect(rewrite(text)).toBe(text)
  })

  it('knows a paragraph of a list item from indented code', () => {
    expect(rewrite('1. one\n\n    Claude goes on\n')).toBe('1. one\n\n    Codex goes on\n')
    expect(rewrite('- one\n  - two\n\n    Claude goes on\n')).toBe('- one\n  - two\n\n    Codex goes on\n')
    expect(rewrite('- one\n\n      claude in code\n')).toBe('- one\n\n      claude in code\n')
  })

  it('takes an open fence to be code up to the end', () => {
    expect(rewrite('Claude\n\n```\nclaude\n\nclaude\n')).toBe('Codex\n\n```\nclaude\n\nclaude\n')
  })

  it('does not take a backtick without a partner for code', () => {
    expect(rewrite('a ` Claude\n\n` Claude')).toBe('a ` Codex\n\n` Codex')
  })

  it('keeps CRLF, and goes on after code', () => {
    expect(rewrite('Claude\r\n```\r\nclaude\r\n```\r\nClaude\r\n')).toBe('Codex\r\n```\r\nclaude\r\n```\r\nCodex\r\n')
  })

  it('tells what it has put where, in the text that it was given', () => {
    expect(rewriteProse('Use Claude with CLAUDE.md', CLAUDE_CODE_WORDS).replacements).toEqual([
      { index: 4, from: 'Claude', to: 'Codex' },
      { index: 16, from: 'CLAUDE.md', to: 'AGENTS.md' },
    ])
  })

  it('changes nothing a second time', () => {
    const once = rewrite('Claude Code, CLAUDE.md, claude-3-opus and Claude Desktop')

    expect(once).toBe('Codex, AGENTS.md, claude-3-opus and Claude Desktop')
    expect(rewrite(once)).toBe(once)
  })

  it('comes to an end for megabytes that are made to be slow', { timeout: 120_000 }, () => {
    const traps = [
      'claude `x '.repeat(100_000),
      '<claude '.repeat(100_000),
      '[a](claude('.repeat(80_000),
      '<code claude <pre>'.repeat(50_000),
      '<!-- claude '.repeat(50_000),
      '[claude](x'.repeat(50_000),
      '- claude\n  '.repeat(50_000),
      '> claude > '.repeat(50_000),
      `claude ${'`'.repeat(1_000)}x\n`.repeat(500),
    ]

    const left = traps.map((trap) => rewrite(trap).replace(/claude|Codex/g, ''))

    expect(left).toEqual(traps.map((trap) => trap.replaceAll('claude', '')))
  })
})

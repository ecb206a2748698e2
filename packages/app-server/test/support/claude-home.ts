import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestHome } from './homes.js'

const files = {
  '.claude/settings.json': JSON.stringify({ env: { FOO: 'bar' }, sandbox: { enabled: true } }),
  '.claude/CLAUDE.md': 'Always run the tests.\n',
  '.claude/skills/pdf/SKILL.md': '---\nname: pdf\ndescription: Reads PDF files\n---\nUse the reader.\n',
  '.claude/skills/pdf/reader.py': 'print("read")\n',
  '.claude/commands/review.md': '---\ndescription: Reviews a change\n---\nReview it.\n',
  '.claude/agents/helper.md': '---\nname: helper\ndescription: Helps\n---\nHelp.\n',
  '.claude.json': JSON.stringify({ mcpServers: { docs: { command: 'docs-server', args: ['--fast'] } } }),
}

/** Puts a small Claude Code home beside the Codex home. */
export function addClaudeHome(home: TestHome): void {
  for (const [path, text] of Object.entries(files)) writeBelow(home, path, text)
}

/** Writes a file below the person's home. */
export function writeBelow(home: TestHome, path: string, text: string): void {
  const target = join(home.root, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text)
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The launcher that people run. */
export const launcher = fileURLToPath(new URL('../../../packages/cli/bin/gangway.js', import.meta.url))

/** A person's home with an empty Codex home in it, in a temporary folder. */
export interface Place {
  readonly home: string
  readonly codexHome: string
  readonly env: { readonly [name: string]: string }
  write(path: string, text: string): void
  [Symbol.dispose](): void
}

export function place(): Place {
  const home = mkdtempSync(join(tmpdir(), 'gangway-scenario-'))
  const codexHome = join(home, '.codex')
  mkdirSync(codexHome)
  return {
    home,
    codexHome,
    env: { PATH: process.env.PATH ?? '', HOME: home, CODEX_HOME: codexHome },
    write(path, text) {
      mkdirSync(dirname(join(home, path)), { recursive: true })
      writeFileSync(join(home, path), text)
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** Puts a small Claude Code home into a place. */
export function addClaudeHome(at: Place): void {
  at.write('.claude/CLAUDE.md', 'Always run the tests.\n')
  at.write('.claude/settings.json', JSON.stringify({ env: { STAGE: 'test' } }))
  at.write('.claude/skills/knots/SKILL.md', '---\nname: knots\ndescription: Ties knots\n---\nTie it.\n')
  at.write('.claude/commands/review.md', '---\ndescription: Reviews a change\n---\nReview it.\n')
  at.write('.claude.json', JSON.stringify({ mcpServers: { docs: { command: 'docs-server', args: ['--fast'] } } }))
}

import { join } from 'node:path'
import type { ImportListener } from '../../src/import-listener.js'
import { ExternalAgentImports } from '../../src/imports.js'
import type { ImportCompleted, ImportParams, ImportProgress } from '../../src/wire.js'
import { type TreeNode, tempTree } from './temp-tree.js'

/** A small Claude Code home and a repository with one thing of each kind. */
export const SAMPLE: { readonly [path: string]: TreeNode } = {
  'home/.claude/settings.json': JSON.stringify({
    env: { FOO: 'bar', API_TOKEN: 'tok-123456' },
    hooks: { Stop: [{ hooks: [{ type: 'command', command: 'echo done' }] }] },
  }),
  'home/.claude.json': JSON.stringify({
    mcpServers: { docs: { command: 'docs-server' }, web: { command: 'web-server' } },
  }),
  'home/.claude/skills/pdf/SKILL.md': '---\nname: pdf\ndescription: Work with PDFs in Claude\n---\nUse Claude.\n',
  'home/.claude/skills/pdf/scripts/run.sh': { text: '#!/bin/sh\n', mode: 0o755 },
  'home/.claude/skills/tables/SKILL.md': '---\nname: tables\ndescription: Tables\n---\nbody\n',
  'home/.claude/commands/review.md': '---\ndescription: Review\n---\nReview it\n',
  'home/.claude/agents/reviewer.md': '---\nname: reviewer\ndescription: Reviews\n---\nYou review.\n',
  'home/.claude/CLAUDE.md': '# Claude guide\n',
  'repo/.git/HEAD': 'ref: refs/heads/main\n',
  'repo/sub/x.txt': '',
  'repo/CLAUDE.md': 'Rules for Claude\n',
}

/** What one import said, in order. */
export interface Heard {
  readonly importId: string
  readonly progress: readonly ImportProgress[]
  readonly completed: ImportCompleted
}

/** A home, a repository and the imports for them, in a temporary folder. */
export function workplace(tree: { readonly [path: string]: TreeNode } = SAMPLE, env: { [name: string]: string } = {}) {
  const root = tempTree({ 'home/.codex': { folder: true }, ...tree })
  const home = join(root, 'home')
  const codexHome = join(home, '.codex')
  const troubles: unknown[] = []
  const imports = new ExternalAgentImports({
    codexHome,
    env: { HOME: home, ...env },
    cwd: root,
    onTrouble: (error) => troubles.push(error),
  })
  return { root, home, codexHome, repo: join(root, 'repo'), imports, troubles }
}

/** Runs one import to its completion. Rejects as the answer does. */
export async function importAll(imports: ExternalAgentImports, params: ImportParams): Promise<Heard> {
  const progress: ImportProgress[] = []
  let finish: (completed: ImportCompleted) => void = () => {}
  const completed = new Promise<ImportCompleted>((resolve) => {
    finish = resolve
  })
  const listener: ImportListener = {
    experimental: true,
    onProgress: (step) => progress.push(step),
    onCompleted: (end) => finish(end),
  }
  const { importId } = await imports.import(params, listener)
  return { importId, completed: await completed, progress }
}

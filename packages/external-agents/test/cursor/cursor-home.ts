import { join } from 'node:path'
import { ExternalAgentImports } from '../../src/imports.js'
import type { ItemResult, MigrationItem } from '../../src/wire.js'
import { importAll } from '../core/claude-home.js'
import { type TreeNode, tempTree } from '../core/temp-tree.js'

/** A home of somebody who works with Cursor, and what imports it. Paths below `home/` and `repo/`. */
export class CursorHome {
  readonly home: string
  readonly repository: string
  readonly codexHome: string
  readonly troubles: unknown[] = []
  readonly imports: ExternalAgentImports

  constructor(readonly root: string) {
    this.home = join(root, 'home')
    this.repository = join(root, 'repo')
    this.codexHome = join(this.home, '.codex')
    const onTrouble = (error: unknown) => this.troubles.push(error)
    const { codexHome, home } = this
    this.imports = new ExternalAgentImports({ codexHome, env: { HOME: home }, cwd: root, onTrouble })
  }

  /** Everything that is offered, of the home and of the repository. */
  async items(): Promise<readonly MigrationItem[]> {
    const params = { includeHome: true, cwds: [this.repository], migrationSource: 'cursor' }
    return (await this.imports.detect(params, { experimental: true })).items
  }

  /** What is offered of conversations, newest first, with paths below the root. */
  async offered() {
    const sessions = (await this.items()).find(({ itemType }) => itemType === 'SESSIONS')?.details?.sessions ?? []
    return sessions.map(({ path, cwd, title }) => [path.slice(this.root.length + 1), this.short(cwd), title])
  }

  async import(migrationItems: readonly MigrationItem[]): Promise<readonly ItemResult[]> {
    const params = { migrationItems: [...migrationItems], migrationSource: 'cursor' }
    return (await importAll(this.imports, params)).completed.itemResults ?? []
  }

  /** A path below the root. */
  short(path: string): string {
    return path.startsWith(this.root) ? path.slice(this.root.length + 1) : path
  }
}

/** Makes the home. The repository has a `.git`. */
export function cursorHome(tree: { readonly [path: string]: TreeNode } = {}): CursorHome {
  return new CursorHome(tempTree({ 'home/.codex': { folder: true }, 'repo/.git/HEAD': 'x\n', ...tree }))
}

/** A transcript of Cursor's agent. */
export function transcript(...records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

export const person = (text: string, extra: object = {}) => ({
  role: 'user',
  message: { content: [{ type: 'text', text }] },
  ...extra,
})

export const agent = (...content: readonly object[]) => ({ role: 'assistant', message: { content } })

/** How Cursor names a project's folder. */
export function slugOf(folder: string): string {
  return folder.replace(/^\//, '').replace(/[^a-zA-Z0-9]/g, '-')
}

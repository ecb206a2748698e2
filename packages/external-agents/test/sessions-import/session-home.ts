import { appendFileSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type HomeLayout, homeLayout, readThread, readThreadNames } from '@gangway/home'
import { ExternalAgentImports, type ImportsOptions } from '../../src/imports.js'
import type { ItemResult, MigrationDetails, MigrationItem } from '../../src/wire.js'
import { type Heard, importAll } from '../core/claude-home.js'
import { type TreeNode, tempTree } from '../core/temp-tree.js'
import { agent, chain, type LogLine, log, user } from '../sessions-read/session-logs.js'

export type SessionEntry = NonNullable<MigrationDetails['sessions']>[number]

/** A conversation of `turns` requests with an answer each, as the lines of a log. Record ids are `<name>0`, `<name>1`, … */
export function talk(name: string, turns: number, cwd = '/'): LogLine[] {
  const lines = Array.from({ length: turns }, (_, turn) => {
    const at = (second: number) => new Date(Date.UTC(2026, 4, 1, 10, turn, second)).toISOString()
    return [
      user(`${name} asks ${turn}`, { uuid: `${name}${turn * 2}`, timestamp: at(0), cwd }),
      agent([{ type: 'text', text: `answer ${turn} to ${name}` }], {
        uuid: `${name}${turn * 2 + 1}`,
        timestamp: at(5),
        cwd,
      }),
    ]
  }).flat()
  return chain(...(lines as { readonly [key: string]: unknown }[]))
}

/** A home with logs below `.claude/projects`, by path. */
export function sessionHome(
  logs: { readonly [path: string]: TreeNode | readonly LogLine[] },
  options: Partial<ImportsOptions> = {},
) {
  const tree = Object.entries(logs).map(([path, node]) => {
    const content = Array.isArray(node) ? log(...(node as LogLine[])) : (node as TreeNode)
    return [`home/.claude/projects/${path}`, content] as const
  })
  const root = tempTree({ 'home/.codex': { folder: true }, ...Object.fromEntries(tree) })
  const home = join(root, 'home')
  const codexHome = join(home, '.codex')
  return new SessionHome(root, home, codexHome, options)
}

export class SessionHome {
  readonly troubles: unknown[] = []
  readonly layout: HomeLayout
  imports: ExternalAgentImports
  #ageSeconds = 10_000

  constructor(
    readonly root: string,
    readonly home: string,
    readonly codexHome: string,
    readonly options: Partial<ImportsOptions>,
  ) {
    this.layout = homeLayout(codexHome)
    this.imports = this.restarted()
  }

  /** As a new program would see it. */
  restarted(): ExternalAgentImports {
    const onTrouble = (error: unknown) => this.troubles.push(error)
    const { codexHome, home, root } = this
    this.imports = new ExternalAgentImports({ codexHome, env: { HOME: home }, cwd: root, onTrouble, ...this.options })
    return this.imports
  }

  log(path: string): string {
    return join(this.home, '.claude/projects', path)
  }

  get ledgerPath(): string {
    return join(this.codexHome, 'external_agent_session_imports.json')
  }

  ledger(): { records: { [key: string]: unknown }[] } {
    return JSON.parse(readFileSync(this.ledgerPath, 'utf8'))
  }

  /** Adds to a log; its time moves on. */
  grow(path: string, text: string): void {
    appendFileSync(this.log(path), text)
    this.touch(path)
  }

  write(path: string, text: string): void {
    writeFileSync(this.log(path), text)
    this.touch(path)
  }

  touch(path: string): void {
    this.#ageSeconds -= 10
    const seconds = Math.floor(Date.now() / 1000) - this.#ageSeconds
    utimesSync(this.log(path), seconds, seconds)
  }

  async offered(params: Parameters<ExternalAgentImports['detect']>[0] = {}): Promise<readonly SessionEntry[]> {
    const { items } = await this.imports.detect({ includeHome: true, ...params }, { experimental: true })
    return items.find(({ itemType }) => itemType === 'SESSIONS')?.details?.sessions ?? []
  }

  /** Imports the logs with these paths below `projects`, or everything that is offered. */
  async bring(...paths: readonly string[]): Promise<Heard & { readonly result: ItemResult }> {
    const sessions = paths.length > 0 ? paths.map((path) => ({ path: this.log(path), cwd: '/' })) : await this.offered()
    const heard = await importAll(this.imports, { migrationItems: [sessionsItem(sessions)] })
    return { ...heard, result: heard.completed.itemResults![0]! }
  }

  /** Every rollout file, archived ones too. */
  threadPaths(): string[] {
    const all = [this.layout.sessionsDir, this.layout.archivedSessionsDir].flatMap((folder) =>
      existsSync(folder)
        ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
        : [],
    )
    return all.filter((path) => path.endsWith('.jsonl')).sort()
  }

  /** What one sees of a thread: texts of its items in order. */
  async texts(path: string): Promise<string[]> {
    const { items } = await readThread(path)
    return items.map(({ item }) => textOf(item))
  }

  names(): ReadonlyMap<string, string> {
    return readThreadNames(this.layout)
  }
}

export function sessionsItem(sessions: readonly SessionEntry[]): MigrationItem {
  return { itemType: 'SESSIONS', description: 'bring sessions', details: { sessions: [...sessions] } }
}

/** Reason and path of what was skipped. */
export function reasons({ skipped }: ItemResult): string[] {
  return skipped.map(({ reason }) => reason)
}

function textOf(item: { readonly type: string; readonly [member: string]: unknown }): string {
  if (item.type === 'userMessage') {
    const [first] = item.content as { text?: string }[]
    return `user: ${first?.text}`
  }
  return `${item.type}: ${String(item.text ?? item.command ?? '')}`
}

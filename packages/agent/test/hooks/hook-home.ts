import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { homeLayout } from '@gangway/home/layout'
import { findHooks } from '../../src/hooks/find-hooks.js'
import { openThreadHooks } from '../../src/hooks/open-hooks.js'
import type { ThreadHooks } from '../../src/hooks/thread-hooks.js'
import type { ThreadHost } from '../../src/thread-host.js'
import type { ThreadSettings } from '../../src/thread-settings.js'

/** A home with a project, for hooks that are real programs. */
export class HookHome {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'gangway-hooks-')))
  readonly layout = homeLayout(join(this.root, 'home', '.codex'))
  readonly cwd = join(this.root, 'project')
  // biome-ignore lint/suspicious/noExplicitAny: tests look into every kind of params
  readonly told: { method: string; params: any }[] = []
  readonly env: Record<string, string | undefined> = { PATH: process.env.PATH, HOME: this.root, SHELL: '/bin/sh' }

  constructor() {
    for (const folder of [this.layout.root, this.cwd]) mkdirSync(folder, { recursive: true })
  }

  /** Writes `hooks.json`: one group of one command an event. */
  hooks(events: Record<string, string | Record<string, unknown>>): void {
    const groups = Object.entries(events).map(([event, value]) => {
      const { matcher, ...handler } = typeof value === 'string' ? { command: value } : value
      return [event, [{ ...(matcher ? { matcher } : {}), hooks: [{ type: 'command', timeout: 20, ...handler }] }]]
    })
    writeFileSync(this.layout.hooksJson, JSON.stringify({ hooks: Object.fromEntries(groups) }))
  }

  find() {
    return findHooks({ layout: this.layout, cwd: this.cwd, overrides: {} })
  }

  /** Gives trust to every hook that is there now, as a client does. */
  async trust(): Promise<void> {
    const { hooks } = await this.find()
    const states = hooks.map(({ key, currentHash }) => `[hooks.state."${key}"]\ntrusted_hash = "${currentHash}"\n`)
    writeFileSync(this.layout.configToml, states.join('\n'))
  }

  open(settings: Partial<ThreadSettings> = {}): ThreadHooks {
    const host = {
      layout: this.layout,
      env: this.env,
      notify: (method: string, params: unknown) => void this.told.push({ method, params }),
      report: (what: string, error: unknown) => {
        throw new Error(what, { cause: error })
      },
      track: () => {},
    } as unknown as ThreadHost
    return openThreadHooks({
      host,
      threadId: 't-1',
      path: null,
      settings: { cwd: this.cwd, model: 'm-1', approvalPolicy: 'on-request', ...settings } as ThreadSettings,
      configOverrides: {},
    })
  }

  /** The last `hook/completed`. */
  get lastRun() {
    return this.told.findLast(({ method }) => method === 'hook/completed')?.params.run
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { homeLayout } from '@gangway/home/layout'
import type { ThreadHost } from '../../src/thread-host.js'
import type { ThreadSettings } from '../../src/thread-settings.js'
import type {
  DeferredTool,
  Tool,
  ToolCall,
  ToolContext,
  ToolFamily,
  ToolResult,
  ToolSet,
} from '../../src/tools/tool.js'

const fixture = fileURLToPath(new URL('./fixtures/stdio-server.mjs', import.meta.url))

/** Something that was told, asked or shown, in order. */
export interface Seen {
  readonly method: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into every kind of params
  readonly params: any
}

type Answer = (params: unknown) => unknown

/** A thread with one family of tools, whose host writes down what it is told and answers from a list. */
export class ToolPlace {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'gangway-tools-')))
  readonly layout = homeLayout(join(this.root, '.codex'))
  readonly cwd = join(this.root, 'project')
  readonly pidFile = join(this.root, 'pids')
  readonly seen: Seen[] = []
  readonly answers = new Map<string, Answer>()
  readonly #waiting: { readonly fits: (seen: Seen) => boolean; readonly resolve: (seen: Seen) => void }[] = []
  config: Record<string, unknown> = {}
  env: Record<string, string | undefined> = { PATH: process.env.PATH, HOME: this.root }
  dynamicTools: readonly unknown[] = []
  settings: ThreadSettings
  readonly host: ThreadHost
  #set: ToolSet | undefined

  constructor(settings: Partial<ThreadSettings> = {}) {
    for (const folder of [this.layout.root, this.cwd]) mkdirSync(folder, { recursive: true })
    this.settings = {
      cwd: this.cwd,
      model: 'gpt-5.5',
      approvalPolicy: 'on-request',
      sandboxPolicy: { type: 'readOnly' },
      collaborationMode: { mode: 'default', settings: { model: 'gpt-5.5' } },
      ...settings,
    } as ThreadSettings
    this.host = {
      layout: this.layout,
      env: this.env,
      version: '0.0.0-test',
      notify: (method: string, params: unknown) => this.#see(method, params),
      ask: (method: string, params: unknown) => this.#ask(method, params),
      readConfig: async () => this.config,
      report: (what: string, error: unknown) => this.#see(`report ${what}`, error),
      track: () => undefined,
    } as unknown as ThreadHost
  }

  /** A server of the fixture. */
  server(more: Record<string, unknown> = {}): Record<string, unknown> {
    return { command: process.execPath, args: [fixture, this.pidFile], ...more }
  }

  async open(family: ToolFamily): Promise<ToolSet> {
    this.#set = await family.open({
      host: this.host,
      threadId: 't-1',
      settings: () => this.settings,
      configOverrides: {},
      dynamicTools: this.dynamicTools,
    })
    return this.#set
  }

  async tools(): Promise<readonly (Tool | DeferredTool)[]> {
    const set = this.#set
    if (set === undefined) throw new Error('nothing is open')
    return [...(await set.tools(this.settings)), ...((await set.deferred?.(this.settings)) ?? [])]
  }

  async call(name: string, input: unknown = {}, signal = new AbortController().signal): Promise<ToolResult> {
    const tool = (await this.tools()).find((known) => known.name === name)
    if (tool === undefined) throw new Error(`no tool ${name}`)
    const call: ToolCall = {
      callId: 'c-1',
      kind: 'function',
      name,
      namespace: tool.namespace,
      input: JSON.stringify(input),
    }
    return tool.run(call, this.#context(signal))
  }

  /** The next that comes from now on, or has come. */
  next(method: string): Promise<Seen> {
    const past = this.seen.find((one) => one.method === method)
    if (past) return Promise.resolve(past)
    return new Promise((resolve) => this.#waiting.push({ fits: (seen) => seen.method === method, resolve }))
  }

  of(method: string): Seen[] {
    return this.seen.filter((one) => one.method === method)
  }

  get lastItem() {
    return this.of('item/completed').at(-1)?.params
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#set?.close()
    rmSync(this.root, { recursive: true, force: true })
  }

  #context(signal: AbortSignal): ToolContext {
    return {
      host: this.host,
      threadId: 't-1',
      turnId: 'u-1',
      settings: this.settings,
      signal,
      items: {
        started: (item) => this.#see('item/started', item),
        completed: async (item) => this.#see('item/completed', item),
      },
      ask: ((method: string, params: unknown, flag: unknown) => this.#ask(method, params, flag)) as ToolContext['ask'],
      notify: (method, params) => this.#see(method, params),
      fileChanged: () => {},
      cancelTurn: () => this.#see('turn cancelled', null),
    }
  }

  async #ask(method: string, params: unknown, flag?: unknown): Promise<unknown> {
    this.#see(method, flag === undefined ? params : { ...(params as object), flag })
    const answer = this.answers.get(method)
    if (answer === undefined) throw new Error(`nobody answers ${method}`)
    return answer(params)
  }

  #see(method: string, params: unknown): void {
    const seen = { method, params }
    this.seen.push(seen)
    for (const waiting of [...this.#waiting]) {
      if (!waiting.fits(seen)) continue
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      waiting.resolve(seen)
    }
  }
}

/** What the model gets, without the time it took. */
export function outputOf({ output }: ToolResult): unknown {
  if (typeof output === 'string') return output.replace(/^Wall time: [\d.]+ seconds\nOutput:\n/, '')
  return output.slice(1).map((part) => (part.type === 'input_text' ? part.text : part))
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { homeLayout } from '@gangway/home/layout'
import type { ServerNotifications, UserInput } from '@gangway/protocol'
import type { ModelServer } from '@gangway/testkit'
import type { AgentThread, ResumeThreadOptions, StartThreadOptions } from '../../src/agent-thread.js'
import { uuidV7 } from '../../src/ids.js'
import { beginThread, takeUpThread } from '../../src/open-thread.js'
import type { ThreadHost } from '../../src/thread-host.js'
import type { ThreadSettings } from '../../src/thread-settings.js'
import type { Tool, ToolFamily } from '../../src/tools/tool.js'

/** A notification as it was told. */
export interface Told {
  readonly method: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into every kind of params
  readonly params: any
}

/** A home and a project in a folder of their own, with a host that writes down what it is told. */
export class ThreadPlace {
  readonly root = mkdtempSync(join(tmpdir(), 'gangway-engine-'))
  readonly home = join(this.root, 'home')
  readonly cwd: string
  readonly told: Told[] = []
  readonly reported: unknown[] = []
  readonly #waiting: { fits: (told: Told) => boolean; resolve: (told: Told) => void }[] = []
  config: Record<string, unknown>
  tools: Tool[] = []
  /** Instead of `tools`: the real ones. */
  families: readonly ToolFamily[] | undefined
  readonly host: ThreadHost

  constructor(
    readonly model: ModelServer,
    provider: Record<string, unknown> = {},
  ) {
    this.cwd = mkdtempSync(join(this.root, 'project-'))
    this.config = {
      model_provider: 'script',
      model_providers: {
        script: {
          name: 'script',
          base_url: model.url,
          wire_api: 'responses',
          request_max_retries: 2,
          stream_max_retries: 2,
          ...provider,
        },
      },
    }
    this.host = {
      layout: homeLayout(this.home),
      env: { SHELL: '/bin/bash' },
      version: '0.0.0-test',
      notify: (method, params) => this.#tell(method, params),
      ask: () => Promise.reject(new Error('nobody is there to be asked')),
      readConfig: async () => this.config,
      report: (_, error) => void this.reported.push(error),
      track: () => undefined,
    }
  }

  settings(more: Partial<ThreadSettings> = {}): ThreadSettings {
    return {
      cwd: this.cwd,
      workspaceRoots: [this.cwd],
      model: 'gpt-5.5',
      modelProvider: 'script',
      approvalPolicy: 'never',
      approvalsReviewer: 'user',
      sandboxPolicy: { type: 'readOnly' },
      collaborationMode: { mode: 'default', settings: { model: 'gpt-5.5' } },
      baseInstructions: null,
      developerInstructions: null,
      ...more,
    }
  }

  start(more: Partial<StartThreadOptions> = {}): Promise<AgentThread> {
    const options: StartThreadOptions = {
      host: this.host,
      threadId: uuidV7(),
      settings: this.settings(),
      configOverrides: {},
      dynamicTools: [],
      isEphemeral: false,
      source: 'vscode',
      threadSource: null,
      originator: 'test',
      forkedFromId: null,
      ...more,
    }
    return beginThread(options, this.families ?? [this.#family()])
  }

  resume(threadId: string, path: string, more: Partial<ResumeThreadOptions> = {}): Promise<AgentThread> {
    const options = {
      host: this.host,
      threadId,
      path,
      configOverrides: {},
      dynamicTools: [],
      originator: 'test',
      settings: {},
      defaults: this.settings(),
      ...more,
    }
    return takeUpThread(options, [this.#family()])
  }

  /** Says something, and waits for the end of the turn. */
  async turn(thread: AgentThread, text: string): Promise<Told> {
    const end = this.next('turn/completed')
    await thread.startTurn({ input: words(text), clientUserMessageId: null, outputSchema: null })
    return end
  }

  /** The next notification of that method that comes from now on. */
  next(method: keyof ServerNotifications, fits: (told: Told) => boolean = () => true): Promise<Told> {
    return new Promise((resolve) => {
      this.#waiting.push({ fits: (told) => told.method === method && fits(told), resolve })
    })
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.cwd, name), text)
  }

  /** Methods in order, deltas left out, items with their type. */
  get methods(): string[] {
    return this.told
      .filter(({ method }) => !/delta$/i.test(method))
      .map(({ method, params }) => (params.item ? `${method} ${params.item.type}` : method))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.model.close()
    rmSync(this.root, { recursive: true, force: true })
  }

  #tell(method: string, params: unknown): void {
    const told = { method, params }
    this.told.push(told)
    for (const waiting of [...this.#waiting]) {
      if (!waiting.fits(told)) continue
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      waiting.resolve(told)
    }
  }

  #family(): ToolFamily {
    return { name: 'test', open: () => ({ tools: () => this.tools, close: async () => undefined }) }
  }
}

/** One piece of text as a person's input. */
export function words(text: string): UserInput[] {
  return [{ type: 'text', text, text_elements: [] }]
}

import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { homeLayout } from '@gangway/home/layout'
import type { ThreadItem } from '@gangway/protocol'
import { commandFamily } from '../../src/tools/exec/command-family.js'
import type { ToolContext, ToolSet, ToolThread } from '../../src/tools/tool.js'

/** One turn that calls tools, with what it told and asked. */
export interface ToolTurn {
  readonly root: string
  readonly cwd: string
  readonly codexHome: string
  readonly set: ToolSet
  readonly context: ToolContext
  readonly told: { method: string; params: Record<string, unknown> }[]
  readonly completed: ThreadItem[]
  readonly started: ThreadItem[]
  readonly files: [path: string, before: string | null, after: string | null][]
  wasCancelled(): boolean
  abort(): void
  /** Calls a tool; the output as text. */
  call(name: string, input: unknown): Promise<string>
  [Symbol.asyncDispose](): Promise<void>
}

/** What differs from a turn that may do everything. */
export interface ToolTurnOptions {
  readonly sandboxPolicy?: ToolContext['settings']['sandboxPolicy']
  readonly approvalPolicy?: ToolContext['settings']['approvalPolicy']
  readonly profileRules?: ToolContext['settings']['profileRules']
  /** Answers questions. */
  readonly decide?: (method: string, params: Record<string, unknown>) => unknown
}

/** Opens the commands of a thread in a new folder, below the home of the person: nothing there may be written by default. */
export async function toolTurn(options: ToolTurnOptions = {}): Promise<ToolTurn> {
  const root = await realpath(await mkdtemp(join(homedir(), '.gangway-test-')))
  const [cwd, codexHome] = [join(root, 'project'), join(root, 'codex-home')]
  await mkdir(cwd)
  await mkdir(codexHome)
  const told: ToolTurn['told'] = []
  const [started, completed]: ThreadItem[][] = [[], []]
  const files: ToolTurn['files'] = []
  const controller = new AbortController()
  let isCancelled = false
  const notify = (method: string, params: unknown) => {
    told.push({ method, params: params as Record<string, unknown> })
  }
  const items = {
    started: (item: ThreadItem) => void started?.push(item),
    completed: async (item: ThreadItem) => void completed?.push(item),
  }
  const settings = {
    cwd,
    workspaceRoots: [cwd],
    sandboxPolicy: options.sandboxPolicy ?? { type: 'dangerFullAccess' },
    approvalPolicy: options.approvalPolicy ?? 'never',
    profileRules: options.profileRules ?? null,
  } as unknown as ToolContext['settings']
  const { TMPDIR: _, ...env } = process.env
  const host = {
    layout: homeLayout(codexHome),
    env: { ...env, SHELL: '/bin/bash' },
    version: '0',
    notify,
    ask: () => Promise.reject(new Error('nobody is there')),
    readConfig: async () => ({}),
    report: (_what: string, error: unknown) => {
      throw error
    },
    track: () => {},
  } as unknown as ToolContext['host']
  const context: ToolContext = {
    host,
    threadId: 'thread',
    turnId: 'turn',
    settings,
    signal: controller.signal,
    items,
    ask: (async (method: string, params: Record<string, unknown>) => {
      told.push({ method, params })
      if (options.decide === undefined) throw new Error('nobody is there')
      return { decision: await options.decide(method, params) }
    }) as unknown as ToolContext['ask'],
    notify: notify as ToolContext['notify'],
    fileChanged: (...change) => void files.push(change),
    cancelTurn: () => {
      isCancelled = true
    },
  }
  const thread = {
    host,
    threadId: 'thread',
    settings: () => settings,
    configOverrides: {},
    dynamicTools: [],
  }
  const set = await commandFamily.open(thread as unknown as ToolThread)
  let calls = 0
  return {
    root,
    cwd,
    codexHome,
    set,
    context,
    told,
    started: started ?? [],
    completed: completed ?? [],
    files,
    wasCancelled: () => isCancelled,
    abort: () => controller.abort(new Error('interrupted')),
    async call(name, input) {
      const tool = (await set.tools(settings)).find((tool) => tool.name === name)
      calls += 1
      const kind = typeof input === 'string' ? 'custom' : 'function'
      const text = typeof input === 'string' ? input : JSON.stringify(input)
      const result = await tool?.run({ callId: `call-${calls}`, kind, name, namespace: null, input: text }, context)
      return String(result?.output)
    },
    async [Symbol.asyncDispose]() {
      await set.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

import { rolloutPath } from '@gangway/home'
import type { Turn } from '@gangway/protocol'
import type { AgentThread, ResumeThreadOptions, StartThreadOptions } from './agent-thread.js'
import { readInstructions } from './context/agents-md.js'
import { contextParts } from './context/context-parts.js'
import { ToldContext } from './context/told-context.js'
import { History } from './history.js'
import { rolloutFinder } from './record/base-file.js'
import { readFacts } from './record/read-facts.js'
import { readHistory } from './record/read-history.js'
import { Recorder } from './record/recorder.js'
import { sessionMeta } from './record/session-meta.js'
import { LiveThread } from './thread.js'
import { previewOf, type ThreadCore } from './thread-core.js'
import type { ToolFamily, ToolSet, ToolThread } from './tools/tool.js'

/** Begins a thread with these tools. Nothing is on disk before the person's first words, unless it begins with a history. */
export async function beginThread(options: StartThreadOptions, families: readonly ToolFamily[]): Promise<AgentThread> {
  const { host, threadId, settings, isEphemeral } = options
  const config = await host.readConfig(settings.cwd)
  const startedAt = new Date()
  const path = isEphemeral ? null : rolloutPath(host.layout, { startedAt, threadId })
  const recorder = new Recorder({ path, historyMode: 'legacy', isThere: false })
  if (path !== null) recorder.line('session_meta', await sessionMeta(options, startedAt))
  const history = options.history ?? []
  if (history.length > 0) recorder.responses(history)
  for (const turn of options.turns ?? []) recorder.turn(turn, threadId)
  if (options.forkedFromId !== null) recorder.begin()
  const instructions = readInstructions(host.layout.root, settings.cwd, config)
  const told = new ToldContext()
  told.recall(history, contextParts(host, settings, config, instructions))
  return LiveThread.open({
    ...options,
    recorder,
    history: new History(history),
    told,
    instructions,
    usage: null,
    preview: previewIn(options.turns ?? []),
    turns: options.turns ?? [],
    beginning: options.forkedFromId === null ? 'startup' : 'fork',
    openTools: (core) => openTools(options, families, core),
  })
}

function previewIn(turns: readonly Turn[]): string {
  const said = turns.flatMap(({ items }) => items).find(({ type }) => type === 'userMessage')
  return said === undefined ? '' : previewOf(said)
}

/** Takes a thread up again. @throws the file system's error when its file cannot be read */
export async function takeUpThread(
  options: ResumeThreadOptions,
  families: readonly ToolFamily[],
): Promise<AgentThread> {
  const { host, threadId, path } = options
  const fileOf = rolloutFinder(host.layout)
  const found = readFacts(path, fileOf)
  const said = { ...options.defaults, ...found.settings, ...options.settings }
  const settings = options.complete?.(said) ?? said
  const config = await host.readConfig(settings.cwd)
  const instructions = readInstructions(host.layout.root, settings.cwd, config)
  const told = new ToldContext()
  const history = new History(async () => {
    const items = await readHistory(path, fileOf)
    told.recall(items, contextParts(host, settings, config, instructions))
    return items
  })
  return LiveThread.open({
    host,
    threadId,
    originator: options.originator,
    isEphemeral: false,
    recorder: new Recorder({ path, historyMode: found.historyMode, isThere: true }),
    history,
    told,
    settings,
    instructions,
    usage: found.usage,
    preview: found.preview,
    turns: [],
    configOverrides: options.configOverrides,
    beginning: 'resume',
    openTools: (core) => openTools(options, families, core),
  })
}

async function openTools(
  {
    host,
    threadId,
    configOverrides,
    dynamicTools,
  }: Pick<StartThreadOptions, 'host' | 'threadId' | 'configOverrides' | 'dynamicTools'>,
  families: readonly ToolFamily[],
  core: ThreadCore,
): Promise<readonly ToolSet[]> {
  const thread: ToolThread = {
    host,
    threadId,
    settings: () => core.settings,
    configOverrides,
    dynamicTools,
  }
  return Promise.all(families.map((family) => family.open(thread)))
}

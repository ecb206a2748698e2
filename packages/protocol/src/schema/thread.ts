import { z } from 'zod'
import { ThreadExtra } from './item-message.js'
import { experimental, i32, i64, named, path } from './named.js'
import { ReasoningEffort } from './setting.js'
import { Turn } from './turn.js'

const SubAgentSource = named(
  'SubAgentSource',
  'Why an agent was started by another one.',
  z.union([
    z.enum(['review', 'compact', 'memory_consolidation']),
    z.object({
      thread_spawn: z.object({
        parent_thread_id: z.string(),
        depth: i32,
        agent_path: z.string().nullish(),
        agent_nickname: z.string().nullish(),
        agent_role: z.string().nullish(),
      }),
    }),
    z.object({ other: z.string() }),
  ]),
)

const SessionSource = named(
  'SessionSource',
  'What kind of program began a thread.',
  z.union([
    z.enum(['cli', 'vscode', 'exec', 'appServer', 'unknown']),
    z.object({ custom: z.string() }),
    z.object({ subAgent: SubAgentSource }),
  ]),
)

const GitInfo = named(
  'GitInfo',
  'Where a project stood.',
  z.object({ sha: z.string().nullish(), branch: z.string().nullish(), originUrl: z.string().nullish() }),
)

const ThreadSection = named(
  'ThreadSection',
  'A section that threads are sorted into.',
  z.object({
    id: z.string(),
    name: z.string(),
    appearance: named(
      'ThreadSectionAppearance',
      'How a section looks.',
      z.object({ icon: z.string().nullish(), color: z.string().nullish() }),
    ).nullish(),
  }),
)

export const ThreadEnvironment = named(
  'ThreadEnvironment',
  'A machine that a loaded thread works on.',
  z.object({ environmentId: z.string(), cwd: path, runtimeWorkspaceRoots: z.array(path) }),
)

/** The form of a thread’s file. */
export const ThreadHistoryMode = named(
  'ThreadHistoryMode',
  'The form of a thread’s file.',
  z.enum(['legacy', 'paginated']),
)

/** What a thread was started for. */
export const ThreadSource = named('ThreadSource', 'What a thread was started for.', z.string())

/** What a thread is doing. */
export const ThreadStatus = named(
  'ThreadStatus',
  'What a thread is doing.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('notLoaded') }),
    z.object({ type: z.literal('idle') }),
    z.object({ type: z.literal('systemError') }),
    z.object({
      type: z.literal('active'),
      activeFlags: z.array(
        named(
          'ThreadActiveFlag',
          'What an active thread waits for.',
          z.enum(['waitingOnApproval', 'waitingOnUserInput']),
        ),
      ),
    }),
  ]),
)

/** One conversation. */
export const Thread = named(
  'Thread',
  'One conversation, with or without its turns.',
  z.object({
    id: z.string(),
    sessionId: z.string().describe('The same for all threads of one tree.'),
    forkedFromId: z.string().nullish(),
    parentThreadId: z.string().nullish().describe('The thread whose agent started this one.'),
    attachedToThreadId: experimental(z.string().nullish()),
    preview: z.string().describe('The first words of the person.'),
    name: z.string().nullish().describe('The name that it was given.'),
    ephemeral: z.boolean().describe('Never on disk.'),
    historyMode: ThreadHistoryMode.optional(),
    section: ThreadSection.nullish(),
    sectionEnteredAt: i64.nullish().describe('Seconds since 1970.'),
    projectId: z.string().nullable(),
    modelProvider: z.string(),
    model: z.string().nullish().describe('The one that was used last.'),
    reasoningEffort: ReasoningEffort.nullish(),
    createdAt: i64.describe('Seconds since 1970.'),
    updatedAt: i64.describe('Seconds since 1970.'),
    recencyAt: i64.nullish().describe('Seconds since 1970; what lists by recency go by.'),
    status: ThreadStatus,
    path: z.string().nullish().describe('The file on disk.'),
    cwd: path,
    cliVersion: z.string().describe('Version of the program that began it.'),
    originator: z.string().nullish().describe('Name of the client that began it.'),
    source: SessionSource,
    threadSource: ThreadSource.nullish(),
    agentNickname: z.string().nullish(),
    agentRole: z.string().nullish(),
    gitInfo: GitInfo.nullish(),
    environments: experimental(z.array(ThreadEnvironment).nullish(), 'Null when not loaded.'),
    extra: experimental(ThreadExtra.nullish()),
    canAcceptDirectInput: experimental(z.boolean().nullish(), 'Null when not loaded.'),
    daybreakEnabled: experimental(z.boolean().nullish(), 'A choice of the client that is kept for it.'),
    turns: z.array(Turn).describe('Only where the request asked for them.'),
  }),
)

/** How far a person has read. */
export const ThreadReadState = named(
  'ThreadReadState',
  'How far a person has read.',
  z.object({
    firstUnread: named(
      'ThreadUnreadPosition',
      'What was not read yet begins here.',
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('threadStart') }),
        z.object({ type: z.literal('turn'), turnId: z.string() }),
      ]),
    )
      .nullish()
      .describe('Null: all is read.'),
    revision: z.string().describe('Another one after every change.'),
  }),
)

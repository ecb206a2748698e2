import { z } from 'zod'
import { experimental, named, u32 } from './named.js'
import { Thread, ThreadReadState } from './thread.js'

/** Forwards or backwards. */
export const SortDirection = named('SortDirection', 'Oldest or newest first.', z.enum(['asc', 'desc']))

const times = ['created_at', 'updated_at', 'recency_at'] as const

const ThreadSourceKind = named(
  'ThreadSourceKind',
  'A kind of program that begins threads.',
  z.enum([
    'cli',
    'vscode',
    'exec',
    'appServer',
    'subAgent',
    'subAgentReview',
    'subAgentCompact',
    'subAgentThreadSpawn',
    'subAgentOther',
    'unknown',
  ]),
)

const cursor = z.string().nullish().describe('Where another page ended.')
const nextCursor = z.string().nullish().describe('For the page after this one; null at the end.')
const backwardsCursor = z.string().nullish().describe('For paging the other way; null when the page is empty.')
const limit = u32.nullish().describe('At most 100; default 25; 0 counts as 1.')
const archived = z.boolean().nullish().describe('Only those that were put away, or (default) only the others.')
const sourceKinds = z.array(ThreadSourceKind).nullish().describe('Default: those in which a person talks.')
const currentAccountOnly = z.boolean().optional().describe('Ignored: threads belong to the home.')
const includeAttachedThreads = z.boolean().optional()

/** Params of `thread/list`. */
export const ThreadListParams = named(
  'ThreadListParams',
  'Which threads, in which order.',
  z.object({
    cursor,
    limit,
    sortKey: named('ThreadSortKey', 'What a list goes by.', z.enum([...times, 'section_position'])).nullish(),
    sortDirection: SortDirection.nullish(),
    modelProviders: z.array(z.string()).nullish().describe('Empty: all.'),
    sourceKinds,
    originators: z.array(z.string()).nullish().describe('Must be empty: hosted servers only.'),
    archived,
    sectionId: z.string().nullish().describe('Null: those in no section.'),
    projectId: experimental(z.string().nullish(), 'Null: those of no project.'),
    cwd: named('ThreadListCwdFilter', 'One folder, or several.', z.union([z.string(), z.array(z.string())])).nullish(),
    useStateDbOnly: z.boolean().optional().describe('Ignored: the index is always true to the files.'),
    searchTerm: z.string().nullish().describe('Part of name or first words; case counts.'),
    parentThreadId: experimental(z.string().nullish(), 'Only threads that this one’s agent started.'),
    ancestorThreadId: experimental(z.string().nullish(), 'Only threads below this one, at any depth.'),
    attachedToThreadId: experimental(z.string().nullish()),
    excludedThreadIds: z.array(z.string()).nullish().describe('At most 100.'),
    currentAccountOnly,
    includeAttachedThreads: experimental(includeAttachedThreads),
  }),
)

/** Result of `thread/list`. */
export const ThreadListResponse = named(
  'ThreadListResponse',
  'A page of threads, without their turns.',
  z.object({
    data: z.array(Thread),
    readStates: experimental(
      z.record(z.string(), ThreadReadState).nullish(),
      'By thread id; those that nobody reads are left out.',
    ),
    nextCursor,
    backwardsCursor,
  }),
)

/** Params of `thread/search`. */
export const ThreadSearchParams = named(
  'ThreadSearchParams',
  'Which threads hold a text, in name or conversation.',
  z.object({
    searchTerm: z.string().describe('Not blank; its case does not count.'),
    cursor,
    limit,
    sortKey: named('ThreadSearchSortKey', 'What a search goes by.', z.enum(times)).nullish(),
    sortDirection: SortDirection.nullish(),
    sourceKinds,
    archived,
    currentAccountOnly,
    includeAttachedThreads,
  }),
)

/** Result of `thread/search`. */
export const ThreadSearchResponse = named(
  'ThreadSearchResponse',
  'A page of threads that hold the text.',
  z.object({
    data: z.array(
      named(
        'ThreadSearchResult',
        'A thread, and the words around the text.',
        z.object({ thread: Thread, snippet: z.string() }),
      ),
    ),
    nextCursor,
    backwardsCursor,
  }),
)

/** Params of `thread/loaded/list`. */
export const ThreadLoadedListParams = named(
  'ThreadLoadedListParams',
  'A page of the threads in memory.',
  z.object({ cursor, limit: u32.nullish().describe('Default: all.') }),
)

/** Result of `thread/loaded/list`. */
export const ThreadLoadedListResponse = named(
  'ThreadLoadedListResponse',
  'Ids of threads in memory.',
  z.object({ data: z.array(z.string()), nextCursor }),
)

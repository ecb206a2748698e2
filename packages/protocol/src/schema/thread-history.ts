import { z } from 'zod'
import { ThreadItem } from './item.js'
import { experimental, i64, named, u32 } from './named.js'
import { Thread, ThreadReadState } from './thread.js'
import { SortDirection } from './thread-list.js'
import { Turn, TurnItemsView } from './turn.js'

const limit = u32.nullish().describe('At most 100; default 25; 0 counts as 1.')
const nextCursor = z.string().nullish().describe('For the page after this one; null at the end.')
const backwardsCursor = z.string().nullish().describe('For paging the other way, from the first of this page on.')

/** Params of `thread/read`. */
export const ThreadReadParams = named(
  'ThreadReadParams',
  'Which thread, and how much of it.',
  z.object({ threadId: z.string(), includeTurns: z.boolean().optional() }),
)

/** Result of `thread/read`. */
export const ThreadReadResponse = named(
  'ThreadReadResponse',
  'A thread. Nothing is loaded.',
  z.object({
    thread: Thread,
    readState: experimental(ThreadReadState.nullish(), 'Null for a thread that nobody reads.'),
  }),
)

/** Params of `thread/turns/list`. */
export const ThreadTurnsListParams = named(
  'ThreadTurnsListParams',
  'Which turns of a thread.',
  z.object({
    threadId: z.string(),
    cursor: z.string().nullish(),
    limit,
    sortDirection: SortDirection.nullish().describe('Default: newest first.'),
    itemsView: TurnItemsView.nullish().describe('Default: summary.'),
  }),
)

/** Result of `thread/turns/list`. */
export const ThreadTurnsListResponse = named(
  'ThreadTurnsListResponse',
  'A page of turns.',
  z.object({ data: z.array(Turn), nextCursor, backwardsCursor }),
)

const ThreadItemsListCursor = named(
  'ThreadItemsListCursor',
  'Where a page of items begins.',
  z.union([
    z.string(),
    named(
      'ThreadItemsListAnchor',
      'Behind (newest first: before) an item of the turn that is asked for.',
      z.object({ type: z.literal('item'), itemId: z.string() }),
    ),
  ]),
)

/** Params of `thread/items/list`. */
export const ThreadItemsListParams = named(
  'ThreadItemsListParams',
  'Which items of a thread, or of one turn.',
  z.object({
    threadId: z.string(),
    turnId: z.string().nullish(),
    cursor: ThreadItemsListCursor.nullish(),
    limit,
    sortDirection: SortDirection.nullish().describe('Default: oldest first.'),
    deferOutput: named(
      'ThreadItemOutputDeferral',
      'Output that is left out, to be fetched by `thread/items/read`.',
      z.object({
        commandExecution: experimental(z.boolean().optional(), 'Of commands that went well.'),
        mcpToolCall: experimental(z.boolean().optional(), 'Plain text of MCP calls that went well.'),
      }),
    )
      .nullish()
      .describe('Only counts when one turn is asked for.'),
  }),
)

const ThreadItemEntry = named(
  'ThreadItemEntry',
  'An item and the turn it belongs to.',
  z.object({
    turnId: z.string(),
    item: ThreadItem,
    outputDeferred: experimental(z.boolean().optional(), 'Its output was left out.'),
    startedAtMs: i64.nullish().describe('Milliseconds since 1970.'),
    completedAtMs: i64.nullish().describe('Milliseconds since 1970.'),
  }),
)

/** Result of `thread/items/list`. */
export const ThreadItemsListResponse = named(
  'ThreadItemsListResponse',
  'A page of items.',
  z.object({ data: z.array(ThreadItemEntry), nextCursor, backwardsCursor }),
)

/** Params of `thread/items/read`. */
export const ThreadItemsReadParams = named(
  'ThreadItemsReadParams',
  'Which items of one turn, whole.',
  z.object({ threadId: z.string(), turnId: z.string(), itemIds: z.array(z.string()).describe('1 to 100.') }),
)

/** Result of `thread/items/read`. */
export const ThreadItemsReadResponse = named(
  'ThreadItemsReadResponse',
  'Those that are there, in the order of the turn.',
  z.object({ data: z.array(ThreadItemEntry) }),
)

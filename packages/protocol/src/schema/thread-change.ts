import { z } from 'zod'
import { experimental, named } from './named.js'
import { Thread, ThreadReadState, ThreadStatus } from './thread.js'

const threadId = z.string()

/** Params of `thread/archive`. */
export const ThreadArchiveParams = named('ThreadArchiveParams', 'Which thread to put away.', z.object({ threadId }))

/** Result of `thread/archive`. */
export const ThreadArchiveResponse = named(
  'ThreadArchiveResponse',
  'Put away, with the threads that its agents started.',
  z.object({}),
)

/** Params of `thread/unarchive`. */
export const ThreadUnarchiveParams = named(
  'ThreadUnarchiveParams',
  'Which thread to take back.',
  z.object({ threadId }),
)

/** Result of `thread/unarchive`. */
export const ThreadUnarchiveResponse = named(
  'ThreadUnarchiveResponse',
  'Taken back, with the threads that its agents started.',
  z.object({ thread: Thread }),
)

/** Params of `thread/delete`. */
export const ThreadDeleteParams = named('ThreadDeleteParams', 'Which thread to remove.', z.object({ threadId }))

/** Result of `thread/delete`. */
export const ThreadDeleteResponse = named(
  'ThreadDeleteResponse',
  'Removed from the disk, with the threads that its agents started.',
  z.object({}),
)

/** Params of `thread/name/set`. */
export const ThreadSetNameParams = named(
  'ThreadSetNameParams',
  'A name for a thread. Blanks around it are dropped.',
  z.object({ threadId, name: z.string() }),
)

/** Result of `thread/name/set`. */
export const ThreadSetNameResponse = named('ThreadSetNameResponse', 'Named.', z.object({}))

const text = z.string().nullish().describe('Absent: as it is. Null: taken away.')

/** Params of `thread/metadata/update`. */
export const ThreadMetadataUpdateParams = named(
  'ThreadMetadataUpdateParams',
  'What to keep about a thread, beside its file.',
  z.object({
    threadId,
    gitInfo: named(
      'ThreadMetadataGitInfoUpdateParams',
      'Where the project stands.',
      z.object({ sha: text, branch: text, originUrl: text }),
    ).nullish(),
    projectId: experimental(z.string().nullish(), 'Empty: of no project.'),
    daybreakEnabled: experimental(z.boolean().nullish()),
  }),
)

/** Result of `thread/metadata/update`. */
export const ThreadMetadataUpdateResponse = named(
  'ThreadMetadataUpdateResponse',
  'The thread as it is now.',
  z.object({ thread: Thread }),
)

/** Params of `thread/readState/update`. */
export const ThreadReadStateUpdateParams = named(
  'ThreadReadStateUpdateParams',
  'Marks a thread as read or unread.',
  z.object({
    threadId,
    operation: named(
      'ThreadReadStateOperation',
      'What a thread is marked as.',
      z.discriminatedUnion('type', [z.object({ type: z.literal('read') }), z.object({ type: z.literal('unread') })]),
    ),
    expectedRevision: z.string().describe('The revision that was shown. Another one is a conflict.'),
  }),
)

/** Result of `thread/readState/update`. */
export const ThreadReadStateUpdateResponse = named(
  'ThreadReadStateUpdateResponse',
  'The mark as it is now.',
  z.object({ readState: ThreadReadState }),
)

/** Params of `thread/archived`. */
export const ThreadArchivedNotification = named(
  'ThreadArchivedNotification',
  'A thread was put away.',
  z.object({ threadId }),
)

/** Params of `thread/unarchived`. */
export const ThreadUnarchivedNotification = named(
  'ThreadUnarchivedNotification',
  'A thread was taken back.',
  z.object({ threadId }),
)

/** Params of `thread/deleted`. */
export const ThreadDeletedNotification = named('ThreadDeletedNotification', 'A thread is gone.', z.object({ threadId }))

/** Params of `thread/name/updated`. */
export const ThreadNameUpdatedNotification = named(
  'ThreadNameUpdatedNotification',
  'A thread has another name.',
  z.object({ threadId, threadName: z.string().nullish() }),
)

/** Params of `thread/readState/changed`. */
export const ThreadReadStateChangedNotification = named(
  'ThreadReadStateChangedNotification',
  'A thread was read, or there is more to read.',
  z.object({ threadId, readState: ThreadReadState }),
)

/** Params of `thread/status/changed`. */
export const ThreadStatusChangedNotification = named(
  'ThreadStatusChangedNotification',
  'A thread does something else.',
  z.object({ threadId, status: ThreadStatus }),
)

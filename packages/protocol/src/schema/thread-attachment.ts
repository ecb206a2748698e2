import { z } from 'zod'
import { i64, named, u32 } from './named.js'

/** Params of `thread/attachment/add`. */
export const ThreadAttachmentAddParams = named(
  'ThreadAttachmentAddParams',
  'Params of `thread/attachment/add`.',
  z.object({ attachmentType: z.string(), identityKey: z.string(), payload: z.unknown(), threadId: z.string() }),
)

const ThreadAttachment = named(
  'ThreadAttachment',
  'Something that a client has tied to a thread.',
  z.object({
    attachmentType: z.string(),
    createdAt: i64.describe('Seconds since 1970.'),
    id: z.string(),
    identityKey: z.string().describe('Tells attachments of one type in a thread apart.'),
    payload: z.unknown().describe('Whatever the client keeps there.'),
  }),
)

const ThreadAttachmentAddOutcome = named(
  'ThreadAttachmentAddOutcome',
  'Whether an attachment is new or was there.',
  z.enum(['created', 'existing']),
)

/** Result of `thread/attachment/add`. */
export const ThreadAttachmentAddResponse = named(
  'ThreadAttachmentAddResponse',
  'Result of `thread/attachment/add`.',
  z.object({ attachment: ThreadAttachment, outcome: ThreadAttachmentAddOutcome }),
)

/** Params of `thread/attachment/list`. */
export const ThreadAttachmentListParams = named(
  'ThreadAttachmentListParams',
  'Params of `thread/attachment/list`.',
  z.object({
    cursor: z.string().nullish().describe('Where to go on; from the answer before.'),
    limit: u32.nullish().describe('Entries on a page; null leaves it to the server.'),
    threadId: z.string(),
  }),
)

/** Result of `thread/attachment/list`. */
export const ThreadAttachmentListResponse = named(
  'ThreadAttachmentListResponse',
  'Result of `thread/attachment/list`.',
  z.object({
    data: z.array(ThreadAttachment),
    nextCursor: z.string().nullish().describe('Where the next page begins; null after the last.'),
  }),
)

/** Params of `thread/attachmentOwner/list`. */
export const ThreadAttachmentOwnerListParams = named(
  'ThreadAttachmentOwnerListParams',
  'Params of `thread/attachmentOwner/list`.',
  z.object({
    archived: z.boolean().nullish().describe('Null: all threads.'),
    attachmentType: z.string(),
    cursor: z.string().nullish().describe('Where to go on; from the answer before.'),
    identityKey: z.string(),
    limit: u32.nullish().describe('Entries on a page; null leaves it to the server.'),
  }),
)

const ThreadAttachmentOwner = named(
  'ThreadAttachmentOwner',
  'A thread that has an attachment.',
  z.object({ archived: z.boolean(), threadId: z.string() }),
)

/** Result of `thread/attachmentOwner/list`. */
export const ThreadAttachmentOwnerListResponse = named(
  'ThreadAttachmentOwnerListResponse',
  'Result of `thread/attachmentOwner/list`.',
  z.object({
    data: z.array(ThreadAttachmentOwner),
    nextCursor: z.string().nullish().describe('Where the next page begins; null after the last.'),
  }),
)

/** Params of `thread/attachment/remove`. */
export const ThreadAttachmentRemoveParams = named(
  'ThreadAttachmentRemoveParams',
  'Params of `thread/attachment/remove`.',
  z.object({ attachmentType: z.string(), identityKey: z.string(), threadId: z.string() }),
)

/** Result of `thread/attachment/remove`. */
export const ThreadAttachmentRemoveResponse = named(
  'ThreadAttachmentRemoveResponse',
  'Result of `thread/attachment/remove`.',
  z.object({}),
)

const ThreadAttachmentOperation = named(
  'ThreadAttachmentOperation',
  'What was done with an attachment.',
  z.enum(['created', 'deleted']),
)

/** Params of `thread/attachment/updated`. */
export const ThreadAttachmentUpdatedNotification = named(
  'ThreadAttachmentUpdatedNotification',
  'Params of `thread/attachment/updated`.',
  z.object({
    attachmentId: z.string(),
    attachmentType: z.string(),
    identityKey: z.string(),
    operation: ThreadAttachmentOperation,
    threadId: z.string(),
  }),
)

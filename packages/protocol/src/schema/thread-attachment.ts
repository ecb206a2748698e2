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
  'Thread attachment.',
  z.object({
    attachmentType: z.string(),
    createdAt: i64,
    id: z.string(),
    identityKey: z.string(),
    payload: z.unknown(),
  }),
)

const ThreadAttachmentAddOutcome = named(
  'ThreadAttachmentAddOutcome',
  'Thread attachment add outcome.',
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
  z.object({ cursor: z.string().nullish(), limit: u32.nullish(), threadId: z.string() }),
)

/** Result of `thread/attachment/list`. */
export const ThreadAttachmentListResponse = named(
  'ThreadAttachmentListResponse',
  'Result of `thread/attachment/list`.',
  z.object({ data: z.array(ThreadAttachment), nextCursor: z.string().nullish() }),
)

/** Params of `thread/attachmentOwner/list`. */
export const ThreadAttachmentOwnerListParams = named(
  'ThreadAttachmentOwnerListParams',
  'Params of `thread/attachmentOwner/list`.',
  z.object({
    archived: z.boolean().nullish(),
    attachmentType: z.string(),
    cursor: z.string().nullish(),
    identityKey: z.string(),
    limit: u32.nullish(),
  }),
)

const ThreadAttachmentOwner = named(
  'ThreadAttachmentOwner',
  'Thread attachment owner.',
  z.object({ archived: z.boolean(), threadId: z.string() }),
)

/** Result of `thread/attachmentOwner/list`. */
export const ThreadAttachmentOwnerListResponse = named(
  'ThreadAttachmentOwnerListResponse',
  'Result of `thread/attachmentOwner/list`.',
  z.object({ data: z.array(ThreadAttachmentOwner), nextCursor: z.string().nullish() }),
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
  'Thread attachment operation.',
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

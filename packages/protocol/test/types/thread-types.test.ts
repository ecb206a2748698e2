import { describe, expectTypeOf, it } from 'vitest'
import type * as threadAttachment from '../../src/schema/thread-attachment.js'
import type * as threadGoal from '../../src/schema/thread-goal.js'
import type * as threadSettings from '../../src/schema/thread-settings.js'
import type * as threadStart from '../../src/schema/thread-start.js'
import type * as threadWork from '../../src/schema/thread-work.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of thread-attachment equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ThreadAttachmentAddParams>>().toEqualTypeOf<
      Of<typeof threadAttachment.ThreadAttachmentAddParams>
    >()
    expectTypeOf<Plain<types.ThreadAttachmentAddResponse>>().toEqualTypeOf<
      Of<typeof threadAttachment.ThreadAttachmentAddResponse>
    >()
    expectTypeOf<Plain<types.ThreadAttachmentListParams>>().toEqualTypeOf<
      Of<typeof threadAttachment.ThreadAttachmentListParams>
    >()
    expectTypeOf<Plain<types.ThreadAttachmentListResponse>>().toEqualTypeOf<
      Of<typeof threadAttachment.ThreadAttachmentListResponse>
    >()
    expectTypeOf<Plain<types.ThreadAttachmentOwnerListParams>>().toEqualTypeOf<
      Of<typeof threadAttachment.ThreadAttachmentOwnerListParams>
    >()
    expectTypeOf<Plain<types.ThreadAttachmentOwnerListResponse>>().toEqualTypeOf<
      Of<typeof threadAttachment.ThreadAttachmentOwnerListResponse>
    >()
    expectTypeOf<Plain<types.ThreadAttachmentRemoveParams>>().toEqualTypeOf<
      Of<typeof threadAttachment.ThreadAttachmentRemoveParams>
    >()
    expectTypeOf<Plain<types.ThreadAttachmentRemoveResponse>>().toEqualTypeOf<
      Of<typeof threadAttachment.ThreadAttachmentRemoveResponse>
    >()
    expectTypeOf<Plain<types.ThreadAttachmentUpdatedNotification>>().toEqualTypeOf<
      Of<typeof threadAttachment.ThreadAttachmentUpdatedNotification>
    >()
  })

  it('of thread-goal equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ThreadGoalSetParams>>().toEqualTypeOf<Of<typeof threadGoal.ThreadGoalSetParams>>()
    expectTypeOf<Plain<types.ThreadGoalSetResponse>>().toEqualTypeOf<Of<typeof threadGoal.ThreadGoalSetResponse>>()
    expectTypeOf<Plain<types.ThreadGoalGetParams>>().toEqualTypeOf<Of<typeof threadGoal.ThreadGoalGetParams>>()
    expectTypeOf<Plain<types.ThreadGoalGetResponse>>().toEqualTypeOf<Of<typeof threadGoal.ThreadGoalGetResponse>>()
    expectTypeOf<Plain<types.ThreadGoalClearParams>>().toEqualTypeOf<Of<typeof threadGoal.ThreadGoalClearParams>>()
    expectTypeOf<Plain<types.ThreadGoalClearResponse>>().toEqualTypeOf<Of<typeof threadGoal.ThreadGoalClearResponse>>()
    expectTypeOf<Plain<types.ThreadGoalUpdatedNotification>>().toEqualTypeOf<
      Of<typeof threadGoal.ThreadGoalUpdatedNotification>
    >()
    expectTypeOf<Plain<types.ThreadGoalClearedNotification>>().toEqualTypeOf<
      Of<typeof threadGoal.ThreadGoalClearedNotification>
    >()
  })

  it('of thread-settings equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ThreadSettingsUpdateParams>>().toEqualTypeOf<
      Of<typeof threadSettings.ThreadSettingsUpdateParams>
    >()
    expectTypeOf<Plain<types.ThreadSettingsUpdateResponse>>().toEqualTypeOf<
      Of<typeof threadSettings.ThreadSettingsUpdateResponse>
    >()
    expectTypeOf<Plain<types.ThreadSettingsUpdatedNotification>>().toEqualTypeOf<
      Of<typeof threadSettings.ThreadSettingsUpdatedNotification>
    >()
  })

  it('of thread-start equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ThreadStartParams>>().toEqualTypeOf<Of<typeof threadStart.ThreadStartParams>>()
    expectTypeOf<Plain<types.ThreadStartResponse>>().toEqualTypeOf<Of<typeof threadStart.ThreadStartResponse>>()
    expectTypeOf<Plain<types.ThreadResumeParams>>().toEqualTypeOf<Of<typeof threadStart.ThreadResumeParams>>()
    expectTypeOf<Plain<types.ThreadResumeResponse>>().toEqualTypeOf<Of<typeof threadStart.ThreadResumeResponse>>()
    expectTypeOf<Plain<types.ThreadForkParams>>().toEqualTypeOf<Of<typeof threadStart.ThreadForkParams>>()
    expectTypeOf<Plain<types.ThreadForkResponse>>().toEqualTypeOf<Of<typeof threadStart.ThreadForkResponse>>()
    expectTypeOf<Plain<types.ThreadUnsubscribeParams>>().toEqualTypeOf<Of<typeof threadStart.ThreadUnsubscribeParams>>()
    expectTypeOf<Plain<types.ThreadUnsubscribeResponse>>().toEqualTypeOf<
      Of<typeof threadStart.ThreadUnsubscribeResponse>
    >()
    expectTypeOf<Plain<types.ThreadRevertParams>>().toEqualTypeOf<Of<typeof threadStart.ThreadRevertParams>>()
    expectTypeOf<Plain<types.ThreadRevertResponse>>().toEqualTypeOf<Of<typeof threadStart.ThreadRevertResponse>>()
    expectTypeOf<Plain<types.ThreadStartedNotification>>().toEqualTypeOf<
      Of<typeof threadStart.ThreadStartedNotification>
    >()
    expectTypeOf<Plain<types.ThreadClosedNotification>>().toEqualTypeOf<
      Of<typeof threadStart.ThreadClosedNotification>
    >()
    expectTypeOf<Plain<types.ThreadRevertedNotification>>().toEqualTypeOf<
      Of<typeof threadStart.ThreadRevertedNotification>
    >()
  })

  it('of thread-work equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ThreadCompactStartParams>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadCompactStartParams>
    >()
    expectTypeOf<Plain<types.ThreadCompactStartResponse>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadCompactStartResponse>
    >()
    expectTypeOf<Plain<types.ThreadShellCommandParams>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadShellCommandParams>
    >()
    expectTypeOf<Plain<types.ThreadShellCommandResponse>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadShellCommandResponse>
    >()
    expectTypeOf<Plain<types.ThreadInjectItemsParams>>().toEqualTypeOf<Of<typeof threadWork.ThreadInjectItemsParams>>()
    expectTypeOf<Plain<types.ThreadInjectItemsResponse>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadInjectItemsResponse>
    >()
    expectTypeOf<Plain<types.ThreadBackgroundTerminalsCleanParams>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadBackgroundTerminalsCleanParams>
    >()
    expectTypeOf<Plain<types.ThreadBackgroundTerminalsCleanResponse>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadBackgroundTerminalsCleanResponse>
    >()
    expectTypeOf<Plain<types.ThreadBackgroundTerminalsListParams>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadBackgroundTerminalsListParams>
    >()
    expectTypeOf<Plain<types.ThreadBackgroundTerminalsListResponse>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadBackgroundTerminalsListResponse>
    >()
    expectTypeOf<Plain<types.ThreadBackgroundTerminalsTerminateParams>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadBackgroundTerminalsTerminateParams>
    >()
    expectTypeOf<Plain<types.ThreadBackgroundTerminalsTerminateResponse>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadBackgroundTerminalsTerminateResponse>
    >()
    expectTypeOf<Plain<types.ThreadTokenUsageUpdatedNotification>>().toEqualTypeOf<
      Of<typeof threadWork.ThreadTokenUsageUpdatedNotification>
    >()
    expectTypeOf<Plain<types.ContextCompactedNotification>>().toEqualTypeOf<
      Of<typeof threadWork.ContextCompactedNotification>
    >()
    expectTypeOf<Plain<types.ReviewStartParams>>().toEqualTypeOf<Of<typeof threadWork.ReviewStartParams>>()
    expectTypeOf<Plain<types.ReviewStartResponse>>().toEqualTypeOf<Of<typeof threadWork.ReviewStartResponse>>()
  })
})

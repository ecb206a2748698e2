import { describe, expectTypeOf, it } from 'vitest'
import type * as threadChange from '../../src/schema/thread-change.js'
import type * as threadHistory from '../../src/schema/thread-history.js'
import type * as threadList from '../../src/schema/thread-list.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of thread-change equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ThreadArchiveParams>>().toEqualTypeOf<Of<typeof threadChange.ThreadArchiveParams>>()
    expectTypeOf<Plain<types.ThreadArchiveResponse>>().toEqualTypeOf<Of<typeof threadChange.ThreadArchiveResponse>>()
    expectTypeOf<Plain<types.ThreadUnarchiveParams>>().toEqualTypeOf<Of<typeof threadChange.ThreadUnarchiveParams>>()
    expectTypeOf<Plain<types.ThreadUnarchiveResponse>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadUnarchiveResponse>
    >()
    expectTypeOf<Plain<types.ThreadDeleteParams>>().toEqualTypeOf<Of<typeof threadChange.ThreadDeleteParams>>()
    expectTypeOf<Plain<types.ThreadDeleteResponse>>().toEqualTypeOf<Of<typeof threadChange.ThreadDeleteResponse>>()
    expectTypeOf<Plain<types.ThreadSetNameParams>>().toEqualTypeOf<Of<typeof threadChange.ThreadSetNameParams>>()
    expectTypeOf<Plain<types.ThreadSetNameResponse>>().toEqualTypeOf<Of<typeof threadChange.ThreadSetNameResponse>>()
    expectTypeOf<Plain<types.ThreadMetadataUpdateParams>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadMetadataUpdateParams>
    >()
    expectTypeOf<Plain<types.ThreadMetadataUpdateResponse>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadMetadataUpdateResponse>
    >()
    expectTypeOf<Plain<types.ThreadReadStateUpdateParams>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadReadStateUpdateParams>
    >()
    expectTypeOf<Plain<types.ThreadReadStateUpdateResponse>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadReadStateUpdateResponse>
    >()
    expectTypeOf<Plain<types.ThreadArchivedNotification>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadArchivedNotification>
    >()
    expectTypeOf<Plain<types.ThreadUnarchivedNotification>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadUnarchivedNotification>
    >()
    expectTypeOf<Plain<types.ThreadDeletedNotification>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadDeletedNotification>
    >()
    expectTypeOf<Plain<types.ThreadNameUpdatedNotification>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadNameUpdatedNotification>
    >()
    expectTypeOf<Plain<types.ThreadReadStateChangedNotification>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadReadStateChangedNotification>
    >()
    expectTypeOf<Plain<types.ThreadStatusChangedNotification>>().toEqualTypeOf<
      Of<typeof threadChange.ThreadStatusChangedNotification>
    >()
  })

  it('of thread-history equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ThreadReadParams>>().toEqualTypeOf<Of<typeof threadHistory.ThreadReadParams>>()
    expectTypeOf<Plain<types.ThreadReadResponse>>().toEqualTypeOf<Of<typeof threadHistory.ThreadReadResponse>>()
    expectTypeOf<Plain<types.ThreadTurnsListParams>>().toEqualTypeOf<Of<typeof threadHistory.ThreadTurnsListParams>>()
    expectTypeOf<Plain<types.ThreadTurnsListResponse>>().toEqualTypeOf<
      Of<typeof threadHistory.ThreadTurnsListResponse>
    >()
    expectTypeOf<Plain<types.ThreadItemsListParams>>().toEqualTypeOf<Of<typeof threadHistory.ThreadItemsListParams>>()
    expectTypeOf<Plain<types.ThreadItemsListResponse>>().toEqualTypeOf<
      Of<typeof threadHistory.ThreadItemsListResponse>
    >()
    expectTypeOf<Plain<types.ThreadItemsReadParams>>().toEqualTypeOf<Of<typeof threadHistory.ThreadItemsReadParams>>()
    expectTypeOf<Plain<types.ThreadItemsReadResponse>>().toEqualTypeOf<
      Of<typeof threadHistory.ThreadItemsReadResponse>
    >()
  })

  it('of thread-list equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ThreadListParams>>().toEqualTypeOf<Of<typeof threadList.ThreadListParams>>()
    expectTypeOf<Plain<types.ThreadListResponse>>().toEqualTypeOf<Of<typeof threadList.ThreadListResponse>>()
    expectTypeOf<Plain<types.ThreadSearchParams>>().toEqualTypeOf<Of<typeof threadList.ThreadSearchParams>>()
    expectTypeOf<Plain<types.ThreadSearchResponse>>().toEqualTypeOf<Of<typeof threadList.ThreadSearchResponse>>()
    expectTypeOf<Plain<types.ThreadLoadedListParams>>().toEqualTypeOf<Of<typeof threadList.ThreadLoadedListParams>>()
    expectTypeOf<Plain<types.ThreadLoadedListResponse>>().toEqualTypeOf<
      Of<typeof threadList.ThreadLoadedListResponse>
    >()
  })
})

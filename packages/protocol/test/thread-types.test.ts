import { describe, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import type * as change from '../src/schema/thread-change.js'
import type * as history from '../src/schema/thread-history.js'
import type * as list from '../src/schema/thread-list.js'
import type * as types from '../src/types.gen.js'

/** Generated types are read-only all the way down, schemas are not: that is the one difference between them. */
type ReadOnly<T> = T extends object ? { readonly [K in keyof T]: ReadOnly<T[K]> } : T
type Of<S extends z.ZodType> = ReadOnly<z.infer<S>>
type Plain<T> = ReadOnly<T>

describe('generated types of threads equal what the schemas infer', () => {
  it('for what is done to threads', () => {
    expectTypeOf<Plain<types.ThreadArchiveParams>>().toEqualTypeOf<Of<typeof change.ThreadArchiveParams>>()
    expectTypeOf<Of<typeof change.ThreadArchiveResponse>>().toExtend<types.ThreadArchiveResponse>()
    expectTypeOf<Plain<types.ThreadUnarchiveParams>>().toEqualTypeOf<Of<typeof change.ThreadUnarchiveParams>>()
    expectTypeOf<Plain<types.ThreadUnarchiveResponse>>().toEqualTypeOf<Of<typeof change.ThreadUnarchiveResponse>>()
    expectTypeOf<Plain<types.ThreadDeleteParams>>().toEqualTypeOf<Of<typeof change.ThreadDeleteParams>>()
    expectTypeOf<Of<typeof change.ThreadDeleteResponse>>().toExtend<types.ThreadDeleteResponse>()
    expectTypeOf<Plain<types.ThreadSetNameParams>>().toEqualTypeOf<Of<typeof change.ThreadSetNameParams>>()
    expectTypeOf<Of<typeof change.ThreadSetNameResponse>>().toExtend<types.ThreadSetNameResponse>()
    expectTypeOf<Plain<types.ThreadMetadataUpdateParams>>().toEqualTypeOf<
      Of<typeof change.ThreadMetadataUpdateParams>
    >()
    expectTypeOf<Plain<types.ThreadMetadataUpdateResponse>>().toEqualTypeOf<
      Of<typeof change.ThreadMetadataUpdateResponse>
    >()
    expectTypeOf<Plain<types.ThreadReadStateUpdateParams>>().toEqualTypeOf<
      Of<typeof change.ThreadReadStateUpdateParams>
    >()
    expectTypeOf<Plain<types.ThreadReadStateUpdateResponse>>().toEqualTypeOf<
      Of<typeof change.ThreadReadStateUpdateResponse>
    >()
    expectTypeOf<Plain<types.ThreadArchivedNotification>>().toEqualTypeOf<
      Of<typeof change.ThreadArchivedNotification>
    >()
    expectTypeOf<Plain<types.ThreadUnarchivedNotification>>().toEqualTypeOf<
      Of<typeof change.ThreadUnarchivedNotification>
    >()
    expectTypeOf<Plain<types.ThreadDeletedNotification>>().toEqualTypeOf<Of<typeof change.ThreadDeletedNotification>>()
    expectTypeOf<Plain<types.ThreadNameUpdatedNotification>>().toEqualTypeOf<
      Of<typeof change.ThreadNameUpdatedNotification>
    >()
    expectTypeOf<Plain<types.ThreadReadStateChangedNotification>>().toEqualTypeOf<
      Of<typeof change.ThreadReadStateChangedNotification>
    >()
    expectTypeOf<Plain<types.ThreadStatusChangedNotification>>().toEqualTypeOf<
      Of<typeof change.ThreadStatusChangedNotification>
    >()
  })

  it('for what is read of threads', () => {
    expectTypeOf<Plain<types.ThreadReadParams>>().toEqualTypeOf<Of<typeof history.ThreadReadParams>>()
    expectTypeOf<Plain<types.ThreadReadResponse>>().toEqualTypeOf<Of<typeof history.ThreadReadResponse>>()
    expectTypeOf<Plain<types.ThreadTurnsListParams>>().toEqualTypeOf<Of<typeof history.ThreadTurnsListParams>>()
    expectTypeOf<Plain<types.ThreadTurnsListResponse>>().toEqualTypeOf<Of<typeof history.ThreadTurnsListResponse>>()
    expectTypeOf<Plain<types.ThreadItemsListParams>>().toEqualTypeOf<Of<typeof history.ThreadItemsListParams>>()
    expectTypeOf<Plain<types.ThreadItemsListResponse>>().toEqualTypeOf<Of<typeof history.ThreadItemsListResponse>>()
    expectTypeOf<Plain<types.ThreadItemsReadParams>>().toEqualTypeOf<Of<typeof history.ThreadItemsReadParams>>()
    expectTypeOf<Plain<types.ThreadItemsReadResponse>>().toEqualTypeOf<Of<typeof history.ThreadItemsReadResponse>>()
  })

  it('for how threads are found', () => {
    expectTypeOf<Plain<types.ThreadListParams>>().toEqualTypeOf<Of<typeof list.ThreadListParams>>()
    expectTypeOf<Plain<types.ThreadListResponse>>().toEqualTypeOf<Of<typeof list.ThreadListResponse>>()
    expectTypeOf<Plain<types.ThreadSearchParams>>().toEqualTypeOf<Of<typeof list.ThreadSearchParams>>()
    expectTypeOf<Plain<types.ThreadSearchResponse>>().toEqualTypeOf<Of<typeof list.ThreadSearchResponse>>()
    expectTypeOf<Plain<types.ThreadLoadedListParams>>().toEqualTypeOf<Of<typeof list.ThreadLoadedListParams>>()
    expectTypeOf<Plain<types.ThreadLoadedListResponse>>().toEqualTypeOf<Of<typeof list.ThreadLoadedListResponse>>()
  })
})

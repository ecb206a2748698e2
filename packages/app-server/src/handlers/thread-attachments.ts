import type { ThreadAttachment } from '@gangway/protocol'
import { AnswerThen, type Handlers } from '../handler.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { agent } from '../threads/engine.js'
import { threadIdOf } from '../threads/thread-id.js'
import type { ThreadStore } from '../threads/thread-store.js'

/** What clients hang on to threads. Kept beside the thread; all come on one page. */
export function threadAttachmentHandlers(registry: ThreadRegistry, threads: () => Promise<ThreadStore>): Handlers {
  const { server } = registry
  return {
    async 'thread/attachment/list'({ threadId }) {
      return { data: attachmentsOf(await threads(), threadIdOf(threadId)), nextCursor: null }
    },

    async 'thread/attachment/add'(params) {
      const threadId = threadIdOf(params.threadId)
      const { attachmentType, identityKey, payload } = params
      const store = await threads()
      const existing = attachmentsOf(store, threadId).find((one) => isSame(one, params))
      if (existing) return { outcome: 'existing', attachment: existing }
      const { uuidV7 } = await agent()
      const createdAt = Math.floor(Date.now() / 1000)
      const attachment: ThreadAttachment = { id: uuidV7(), attachmentType, identityKey, payload, createdAt }
      await store.marks.update(threadId, (mark) => ({
        ...mark,
        attachments: [...(mark.attachments ?? []), { ...attachment }],
      }))
      const told = { threadId, attachmentType, identityKey, attachmentId: attachment.id, operation: 'created' } as const
      return new AnswerThen({ outcome: 'created', attachment }, () =>
        server.broadcast('thread/attachment/updated', told),
      )
    },

    async 'thread/attachment/remove'(params) {
      const threadId = threadIdOf(params.threadId)
      const { attachmentType, identityKey } = params
      const store = await threads()
      const known = attachmentsOf(store, threadId)
      const removed = known.find((one) => isSame(one, params))
      if (!removed) return {}
      const attachments = known.filter((one) => one !== removed).map((one) => ({ ...one }))
      await store.marks.update(threadId, (mark) => ({ ...mark, attachments }))
      const told = { threadId, attachmentType, identityKey, attachmentId: removed.id, operation: 'deleted' } as const
      return new AnswerThen({}, () => server.broadcast('thread/attachment/updated', told))
    },

    async 'thread/attachmentOwner/list'(params) {
      const store = await threads()
      const heads = await store.index.heads()
      const owners = heads.filter(
        ({ id, isArchived }) =>
          isArchived === (params.archived ?? isArchived) &&
          attachmentsOf(store, id).some((attachment) => isSame(attachment, params)),
      )
      const shown = new Map(owners.map(({ id, isArchived }) => [id, { threadId: id, archived: isArchived }]))
      return { data: [...shown.values()], nextCursor: null }
    },
  }
}

function attachmentsOf(store: ThreadStore, threadId: string): ThreadAttachment[] {
  return (store.marks.get(threadId).attachments ?? []) as unknown as ThreadAttachment[]
}

interface Identity {
  readonly attachmentType: string
  readonly identityKey: string
}

function isSame(one: Identity, other: Identity): boolean {
  return one.attachmentType === other.attachmentType && one.identityKey === other.identityKey
}

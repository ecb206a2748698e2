import type { HomeLayout } from '../layout.js'

/** Moves a rollout flat into `archived_sessions`. Gives the new path. @throws ChangeConflict when one of that name is there */
export function archiveThread(_layout: HomeLayout, _path: string): string {
  throw new Error('archiveThread is not built yet')
}

/** Moves an archived rollout back into the folder of its day; its file time becomes now. Gives the new path. */
export function unarchiveThread(_layout: HomeLayout, _path: string): string {
  throw new Error('unarchiveThread is not built yet')
}

/** Removes a rollout. Does nothing when it is gone. */
export function deleteThread(_path: string): void {
  throw new Error('deleteThread is not built yet')
}

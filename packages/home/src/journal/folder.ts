import { join } from 'node:path'
import { HomeError } from '../errors.js'
import type { HomeLayout } from '../layout.js'

/** The folder of one import's journal. Touches no disk. @throws HomeError `JOURNAL` when `importId` is no plain name */
export function journalFolder(layout: HomeLayout, importId: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(importId)) {
    throw new HomeError(
      'JOURNAL',
      `an import id is made of letters, digits, "-" and "_", got ${JSON.stringify(importId)}`,
    )
  }
  return join(layout.journalDir, importId)
}

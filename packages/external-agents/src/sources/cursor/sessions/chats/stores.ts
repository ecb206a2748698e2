import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SessionPlace } from '../../../../session-source.js'
import { asRecord, asText } from '../../../reading/sessions/record.js'

/** A database that holds conversations. */
export type ChatStore =
  /** Of the editor, all its conversations. */
  | { readonly type: 'global'; readonly path: string }
  /** Of the editor, what is about one folder. */
  | { readonly type: 'workspace'; readonly path: string; readonly folder: string | null }
  /** Of the command line, one conversation. */
  | { readonly type: 'cli'; readonly path: string; readonly id: string; readonly workspaceHash: string }

/** Every database of a home that may hold conversations, those of folders first. Reads folders, and opens none of them. */
export function chatStores({ configDir, userHome, env }: SessionPlace): readonly ChatStore[] {
  const found: ChatStore[] = []
  for (const user of userFolders(userHome, env)) {
    const workspaces = join(user, 'workspaceStorage')
    for (const entry of entriesOf(workspaces)) {
      if (!entry.isDirectory()) continue
      const path = join(workspaces, entry.name, 'state.vscdb')
      found.push({ type: 'workspace', path, folder: folderOf(join(workspaces, entry.name, 'workspace.json')) })
    }
    found.push({ type: 'global', path: join(user, 'globalStorage', 'state.vscdb') })
  }
  const homes = [configDir, join(userHome, '.cursor'), join(env.XDG_CONFIG_HOME || join(userHome, '.config'), 'cursor')]
  for (const chats of new Set(homes.map((home) => join(home, 'chats')))) {
    for (const workspace of entriesOf(chats)) {
      for (const chat of workspace.isDirectory() ? entriesOf(join(chats, workspace.name)) : []) {
        if (!chat.isDirectory()) continue
        const path = join(chats, workspace.name, chat.name, 'store.db')
        found.push({ type: 'cli', path, id: chat.name, workspaceHash: workspace.name })
      }
    }
  }
  return found
}

/** Where the editor keeps what it knows of the person, on Linux, macOS and Windows. A home may have been moved between them. */
function userFolders(userHome: string, env: SessionPlace['env']): readonly string[] {
  const bases = [
    env.XDG_CONFIG_HOME || join(userHome, '.config'),
    join(userHome, 'Library', 'Application Support'),
    env.APPDATA || join(userHome, 'AppData', 'Roaming'),
  ]
  return bases.map((base) => join(base, 'Cursor', 'User'))
}

/** The folder that a workspace is about. */
function folderOf(path: string): string | null {
  try {
    const folder = asText(asRecord(JSON.parse(readFileSync(path, 'utf8')))?.folder)
    return folder?.startsWith('file:') ? fileURLToPath(folder) : null
  } catch {
    return null
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

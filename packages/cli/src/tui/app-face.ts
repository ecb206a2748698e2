import type { SessionState } from '../session/session-shape.js'
import type { Conversation } from './conversation.js'
import type { HistoryFile } from './history-file.js'
import type { Panel } from './panels/panel.js'
import type { Theme } from './view/theme.js'
import type { View } from './view/view.js'

/** What the terminal UI is made of. */
export interface AppParts {
  readonly view: View
  readonly theme: Theme
  readonly conversation: Conversation
  readonly history: HistoryFile
  readonly home: string | undefined
  /** What the label is at first. */
  readonly label: string | undefined
  readonly now: () => number
}

/** How a remark is marked. */
export type RemarkKind = 'info' | 'warning' | 'error'

/** What the commands of the composer may do to the screen. */
export interface AppFace {
  readonly parts: AppParts
  readonly state: SessionState
  /** Says something between the items. */
  say(kind: RemarkKind, message: string): void
  /** Says lines that are made anew for every width. */
  sayLines(lines: (width: number) => readonly string[]): void
  /** Shows a list or form in the composer's place; undefined brings the composer back. */
  show(panel: Panel | undefined): void
  /** Another conversation begins: what was remarked about the last is gone. */
  forget(): void
  /** Leaves. */
  quit(): void
}

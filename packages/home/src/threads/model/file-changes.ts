import { type Members, members, text, textOrNull } from './members.js'

/** The wire's `changes` from a path → change table, in the order of the paths. */
export function fileChanges(changes: unknown): unknown[] {
  return Object.entries(members(changes))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, change]) => ({ path, ...fileChange(members(change)) }))
}

function fileChange(change: Members): { kind: unknown; diff: string } {
  switch (change.type) {
    case 'add':
    case 'delete':
      return { kind: { type: change.type }, diff: text(change.content) }
    default: {
      const movePath = textOrNull(change.move_path)
      const diff = text(change.unified_diff)
      const kind = { type: 'update', move_path: movePath }
      return { kind, diff: movePath === null ? diff : `${diff}\n\nMoved to: ${movePath}` }
    }
  }
}

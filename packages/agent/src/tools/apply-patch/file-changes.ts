import type { ThreadItem } from '@gangway/protocol'
import { type FilePlan, isText } from './plan-patch.js'

type FileChange = Extract<ThreadItem, { type: 'fileChange' }>['changes'][number]

/** What clients are shown of a patch. Loads the library that compares lines. */
export async function fileChanges(plans: readonly FilePlan[]): Promise<FileChange[]> {
  const { structuredPatch } = await import('diff')
  return plans.map((plan) => {
    const before = textOf(plan.before)
    const after = textOf(plan.after)
    if (plan.kind === 'add') return { path: plan.path, kind: { type: 'add' as const }, diff: after }
    if (plan.kind === 'delete') return { path: plan.path, kind: { type: 'delete' as const }, diff: before }
    // One line of context, as the reference shows it.
    const { hunks } = structuredPatch('', '', before, after, '', '', { context: 1 })
    const diff = hunks.map((hunk) => {
      const head = `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`
      return `${[head, ...hunk.lines].join('\n')}\n`
    })
    const moved = plan.movePath === null ? '' : `\n\nMoved to: ${plan.movePath}`
    return { path: plan.path, kind: { type: 'update' as const, move_path: plan.movePath }, diff: diff.join('') + moved }
  })
}

const range = (start: number, count: number) => (count === 1 ? `${start}` : `${start},${count}`)

function textOf(bytes: Buffer | null): string {
  return bytes === null ? '' : bytes.toString('utf8')
}

/** The content for the turn's diff; null where the file is not there, or is no text. */
export function diffText(bytes: Buffer | null): string | null {
  return bytes === null || !isText(bytes) ? null : bytes.toString('utf8')
}

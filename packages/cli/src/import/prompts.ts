import { autocompleteMultiselect, isCancel, multiselect, select } from '@clack/prompts'
import { escapeControls } from '../terminal/escape.js'
import { displayWidth, truncate } from '../terminal/width.js'
import { kindOf } from './kind-names.js'
import { countOf, namesOf, withNames } from './selection.js'
import { sessionCounts } from './sessions-view.js'
import { shownPlace, type View } from './view.js'
import type { MigrationItem } from './wire.js'
import { pickSessions } from './wizard/pick-sessions.js'
import type { ForeignSession } from './wizard/session-choice.js'

/**
 * Asks which items to bring over, and which of their single artifacts. Null when the person calls it off.
 *
 * @param arrived conversations that came over already
 */
export async function askForItems(
  items: readonly MigrationItem[],
  arrived: readonly ForeignSession[],
  view: View,
): Promise<readonly MigrationItem[] | null> {
  const indexes = items.map((_, index) => index)
  const picked = await multiselect({
    message: 'What should come aboard?',
    options: items.map((item, value) => {
      const hint = itemHint(item, view)
      return { value, label: itemLabel(item, view), ...(hint === '' ? {} : { hint }) }
    }),
    initialValues: indexes,
    required: true,
    maxItems: visibleRows,
  })
  if (isCancel(picked)) return null
  const chosen = items.filter((_, index) => picked.includes(index))
  if (!chosen.some(hasChoice)) return chosen
  const how = await select({
    message: 'Everything in them?',
    options: [
      { value: 'all', label: 'Yes, all' },
      { value: 'names', label: 'No, let me pick by name' },
    ],
  })
  if (isCancel(how)) return null
  return how === 'all' ? chosen : askForNames(chosen, arrived, view)
}

/** What to do with a plan. */
export type PlanAnswer = 'write' | 'diff' | 'statements' | 'stop'

/** Asks what to do with the plan that was just shown. `stop` also when the person calls it off. */
export async function askAboutPlan(): Promise<PlanAnswer> {
  const answer = await select<PlanAnswer>({
    message: 'Write it?',
    options: [
      { value: 'write', label: 'Yes, write it' },
      { value: 'diff', label: 'Show the diff' },
      { value: 'statements', label: 'Show what becomes of every statement' },
      { value: 'stop', label: 'No, leave everything as it is' },
    ],
  })
  return isCancel(answer) ? 'stop' : answer
}

function hasChoice(item: MigrationItem): boolean {
  return (item.itemType === 'SESSIONS' ? countOf(item) : namesOf(item).length) > 1
}

async function askForNames(
  items: readonly MigrationItem[],
  arrived: readonly ForeignSession[],
  view: View,
): Promise<readonly MigrationItem[] | null> {
  const chosen: MigrationItem[] = []
  for (const item of items) {
    if (item.itemType === 'SESSIONS' && hasChoice(item)) {
      const picked = await pickSessions(item, arrived, view, Date.now())
      if (picked === null) return null
      if (countOf(picked) > 0) chosen.push(picked)
      continue
    }
    const names = namesOf(item)
    if (names.length < 2) {
      chosen.push(item)
      continue
    }
    const question = {
      message: `${itemLabel(item, view)}: which?`,
      options: names.map((value) => ({ value, label: escapeControls(value) })),
      initialValues: [...names],
      required: false,
      maxItems: visibleRows,
    }
    const picked = await (names.length > searchedFrom ? autocompleteMultiselect(question) : multiselect(question))
    if (isCancel(picked)) return null
    if (picked.length > 0) chosen.push(withNames(item, new Set(picked)))
  }
  return chosen
}

/** Rows of a list on the screen at once. */
const visibleRows = 12
/** From this many names on, typing narrows the list. */
const searchedFrom = 40

function itemLabel(item: MigrationItem, view: View): string {
  return `${kindOf(item.itemType).label} (${countOf(item)}) from ${shownPlace(item.cwd, view)}`
}

/** Names, as far as they fit behind the label. */
function itemHint(item: MigrationItem, view: View): string {
  const room = view.columns - displayWidth(itemLabel(item, view)) - frameColumns
  if (item.itemType === 'SESSIONS') return truncate(sessionCounts(item), Math.max(0, room))
  return truncate(namesOf(item).map(escapeControls).join(', '), Math.max(0, room))
}
/** What a line of a list takes beside label and hint: bar, box, brackets and spaces. */
const frameColumns = 9

import { autocompleteMultiselect, isCancel, note, select } from '@clack/prompts'
import { escapeControls } from '../../terminal/escape.js'
import { displayWidth, truncate } from '../../terminal/width.js'
import { agoWords } from '../../threads/time-words.js'
import { counted, shownPath, type View } from '../view.js'
import type { MigrationItem } from '../wire.js'
import {
  bytesWords,
  chosenSessions,
  type ForeignSession,
  projectsOf,
  type SessionFilter,
  sessionSums,
} from './session-choice.js'

/**
 * Asks which conversations to bring over: all, those of some projects, recent ones, or single ones, found by typing.
 *
 * @param arrived those that came over already, to be seen
 * @returns the item with those that were picked, perhaps none; null when the person calls it off
 */
export async function pickSessions(
  item: MigrationItem,
  arrived: readonly ForeignSession[],
  view: View,
  nowMs: number,
): Promise<MigrationItem | null> {
  const all = item.details?.sessions ?? []
  const take = (sessions: readonly ForeignSession[]) => ({
    ...item,
    details: { ...item.details, sessions: [...sessions] },
  })
  let filter: SessionFilter = {}
  for (;;) {
    const left = chosenSessions(all, filter, nowMs)
    const answer = await askHow(all, left, arrived, filter)
    if (isCancel(answer)) return null
    switch (answer) {
      case 'take':
        return take(left)
      case 'none':
        return take([])
      case 'everything':
        filter = {}
        break
      case 'projects': {
        const projects = await askForProjects(all, view, nowMs)
        if (projects === null) return null
        filter = { ...filter, projects }
        break
      }
      case 'recent': {
        const maxAgeDays = await askForAge(all, filter, nowMs)
        if (maxAgeDays === null) return null
        filter = { ...filter, maxAgeDays }
        break
      }
      case 'arrived':
        note(arrivedLines(arrived, view, nowMs).join('\n'), 'These came over already')
        break
      case 'single': {
        const picked = await askForSingle(left, arrived, view, nowMs)
        if (picked === null) return null
        // None is a way back, not an answer: for none at all there is another one.
        if (picked.length > 0) return take(picked)
        break
      }
      default:
        throw new Error(`no such answer: ${String(answer satisfies never)}`)
    }
  }
}

type How = 'take' | 'projects' | 'recent' | 'single' | 'arrived' | 'everything' | 'none'

function askHow(
  all: readonly ForeignSession[],
  left: readonly ForeignSession[],
  arrived: readonly ForeignSession[],
  filter: SessionFilter,
) {
  const isFiltered = left.length < all.length
  const came = arrived.length === 0 ? '' : `; ${arrived.length} came over already`
  const projects = projectsOf(all).length
  const options: { readonly value: How; readonly label: string; readonly hint?: string }[] = [
    {
      value: 'take',
      label: isFiltered ? `These ${left.length} of ${all.length}` : `All ${all.length}`,
      hint: sessionSums(left),
    },
    ...(projects > 1
      ? [{ value: 'projects', label: 'Only those of some projects', hint: counted(projects, 'project') } as const]
      : []),
    { value: 'recent', label: 'Only recent ones' },
    { value: 'single', label: 'Pick one by one', hint: 'type to search' },
    ...(arrived.length > 0 ? [{ value: 'arrived', label: 'Show those that came over already' } as const] : []),
    ...(filter.projects !== undefined || filter.maxAgeDays !== undefined
      ? [{ value: 'everything', label: 'Start anew with all of them' } as const]
      : []),
    { value: 'none', label: 'No conversations' },
  ]
  return select<How>({ message: `Conversations: which? (${sessionSums(left)}${came})`, options })
}

async function askForProjects(
  sessions: readonly ForeignSession[],
  view: View,
  nowMs: number,
): Promise<ReadonlySet<string> | null> {
  const picked = await autocompleteMultiselect({
    message: 'Which projects? (type to search, Tab to mark)',
    options: projectsOf(sessions).map(({ cwd, count, lastMs }) => ({
      value: cwd,
      label: truncate(
        `${shownPath(cwd, view)} (${count}, ${agoWords(lastMs / 1000, nowMs)})`,
        view.columns - frameColumns,
      ),
    })),
    required: true,
    maxItems: visibleRows,
  })
  return isCancel(picked) ? null : new Set(picked)
}

async function askForAge(
  sessions: readonly ForeignSession[],
  filter: SessionFilter,
  nowMs: number,
): Promise<number | null> {
  const answer = await select({
    message: 'How recent?',
    options: [1, 7, 30, 90, 365].map((days) => {
      const count = chosenSessions(sessions, { ...filter, maxAgeDays: days }, nowMs).length
      return { value: days, label: `Of the last ${counted(days, 'day')}`, hint: String(count) }
    }),
  })
  return isCancel(answer) ? null : answer
}

async function askForSingle(
  sessions: readonly ForeignSession[],
  arrived: readonly ForeignSession[],
  view: View,
  nowMs: number,
): Promise<readonly ForeignSession[] | null> {
  const came = new Set(arrived.map(({ path }) => path))
  const shown = chosenSessions([...sessions, ...arrived], {}, nowMs)
  const picked = await autocompleteMultiselect({
    message: 'Which conversations? (type to search titles and projects, Tab to mark, Enter to go on)',
    options: shown.map((session) => ({
      value: session.path,
      label: sessionLabel(session, view, nowMs),
      disabled: came.has(session.path),
    })),
    required: false,
    maxItems: visibleRows,
  })
  return isCancel(picked) ? null : sessions.filter(({ path }) => picked.includes(path))
}

/** Rows of a list on the screen at once. */
const visibleRows = 12
/** What a line of a list takes beside its label: bar, box, brackets and spaces. */
const frameColumns = 9

/** Title, then what tells conversations with the same title apart. */
function sessionLabel(session: ForeignSession, view: View, nowMs: number): string {
  const { title, cwd, endedAtMs, sizeBytes, state, path } = session
  const mark = { grown: 'grown', imported: 'came over', rewritten: 'came over', new: '' }[state ?? 'new']
  const facts = [
    truncate(shownPath(cwd, view), Math.floor(view.columns / 3)),
    endedAtMs == null ? '' : agoWords(endedAtMs / 1000, nowMs),
    sizeBytes == null ? '' : bytesWords(sizeBytes),
    mark,
  ].filter((fact) => fact !== '')
  const behind = ` · ${facts.join(' · ')}`
  const name = escapeControls((title ?? path).replace(/\s+/g, ' ').trim())
  return `${truncate(name, Math.max(12, view.columns - frameColumns - displayWidth(behind)))}${behind}`
}

function arrivedLines(arrived: readonly ForeignSession[], view: View, nowMs: number): readonly string[] {
  const shown = chosenSessions(arrived, {}, nowMs).slice(0, visibleRows)
  const more = arrived.length - shown.length
  return [...shown.map((session) => sessionLabel(session, view, nowMs)), ...(more > 0 ? [`… and ${more} more`] : [])]
}

import type { CommandExecutionApprovalDecision, ThreadItem } from '@gangway/protocol'
import type { Question } from '../../session/session-shape.js'
import { shownCommand } from '../screen/command-lines.js'
import { diffLines, diffOf } from '../screen/diff-lines.js'
import { hanging, safeText, wrapped } from '../view/measure.js'
import type { Theme } from '../view/theme.js'
import type { Key } from '../view/view.js'
import type { Panel } from './panel.js'

/** A question that one key answers. */
export type ApprovalQuestion = Extract<
  Question,
  {
    readonly method:
      | 'item/commandExecution/requestApproval'
      | 'item/fileChange/requestApproval'
      | 'item/permissions/requestApproval'
  }
>

/** What a key answers. */
interface ApprovalKey {
  readonly key: string
  readonly words: string
  readonly result: unknown
}

/** Lines of a diff that are shown with the question. */
const diffRows = 20

/** The keys that answer a question, the likeliest first. */
function approvalKeys(question: ApprovalQuestion): readonly ApprovalKey[] {
  switch (question.method) {
    case 'item/commandExecution/requestApproval': {
      const prefix = question.params.proposedExecpolicyAmendment
      const amendment = { acceptWithExecpolicyAmendment: { execpolicy_amendment: prefix ?? [] } }
      const all: readonly (readonly [string, string, CommandExecutionApprovalDecision])[] = [
        ['y', 'yes, run it', 'accept'],
        ['a', 'yes, and the same command again for this session', 'acceptForSession'],
        ['p', `yes, and always what begins with: ${safeText((prefix ?? []).join(' '))}`, amendment],
        ['n', 'no, and go on without', 'decline'],
        ['escape', 'no, and stop', 'cancel'],
      ]
      return all
        .filter(([key]) => key !== 'p' || (prefix != null && prefix.length > 0))
        .map(([key, words, decision]) => ({ key, words, result: { decision } }))
    }
    case 'item/fileChange/requestApproval':
      return [
        { key: 'y', words: 'yes, change the files', result: { decision: 'accept' } },
        { key: 'a', words: 'yes, and these files again for this session', result: { decision: 'acceptForSession' } },
        { key: 'n', words: 'no, and go on without', result: { decision: 'decline' } },
        { key: 'escape', words: 'no, and stop', result: { decision: 'cancel' } },
      ]
    case 'item/permissions/requestApproval': {
      const { permissions } = question.params
      return [
        { key: 'y', words: 'yes, for this turn', result: { permissions, scope: 'turn' } },
        { key: 'a', words: 'yes, for this session', result: { permissions, scope: 'session' } },
        { key: 'n', words: 'no', result: { permissions: {}, scope: 'turn' } },
      ]
    }
    default:
      return question satisfies never
  }
}

/** What is asked, as lines. @param item the item that it is about, where it is known */
function approvalLines(
  question: ApprovalQuestion,
  item: ThreadItem | undefined,
  width: number,
  theme: Theme,
): readonly string[] {
  const reason = question.params.reason
  const why = reason == null || reason === '' ? [] : wrapped(`Why: ${safeText(reason)}`, width)
  switch (question.method) {
    case 'item/commandExecution/requestApproval': {
      const { command, cwd } = question.params
      return [
        ...wrapped(theme.bold('May this command run?'), width),
        ...hanging('  $ ', safeText(shownCommand(command ?? '(not told)')), width),
        ...(cwd == null ? [] : wrapped(theme.dim(`  in ${safeText(cwd)}`), width)),
        ...why,
      ]
    }
    case 'item/fileChange/requestApproval': {
      const changes = item?.type === 'fileChange' ? item.changes : []
      const lines = changes.flatMap((change) => [
        ...wrapped(`  ${theme.bold(`${change.kind.type} ${safeText(change.path)}`)}`, width),
        ...diffLines(diffOf(change), width, theme),
      ])
      const hidden = lines.length - diffRows
      const more = hidden > 0 ? [theme.dim(`    … ${hidden} more lines`)] : []
      return [
        ...wrapped(theme.bold('May these files be changed?'), width),
        ...lines.slice(0, diffRows),
        ...more,
        ...why,
      ]
    }
    case 'item/permissions/requestApproval':
      return [
        ...wrapped(theme.bold('May it have these permissions?'), width),
        ...hanging('  ', safeText(JSON.stringify(question.params.permissions)), width),
        ...why,
      ]
    default:
      return question satisfies never
  }
}

/** An approval on the screen. */
export function approvalPanel(
  question: ApprovalQuestion,
  item: () => ThreadItem | undefined,
  theme: Theme,
  answer: (result: unknown) => void,
): Panel {
  const keys = approvalKeys(question)
  return {
    lines: (width) => [
      ...approvalLines(question, item(), width, theme),
      ...keys.flatMap(({ key, words }) => hanging(`  ${theme.cyan(key === 'escape' ? 'esc' : key)}  `, words, width)),
    ],
    onKey({ name }: Key) {
      const written = name === 'ctrl+c' ? 'escape' : name?.toLowerCase().replace('shift+', '')
      const chosen = keys.find(({ key }) => key === written)
      if (chosen !== undefined) answer(chosen.result)
    },
  }
}

import { isAbsolute, join } from 'node:path'
import { diffHunks, givenHunks } from '../hunks.js'
import type { Payload } from '../line-sink.js'
import { wellFormed } from '../plain-text.js'
import { firstText, membersOf, type ToolCall, type ToolOutcome, type ToolView } from '../tool-view.js'

interface Replacement {
  readonly before: string
  readonly after: string
  readonly isEverywhere: boolean
}

/**
 * A change of one file, with its diff: the hunks of the log where it has them, else made from the file as it was, else from
 * the words that were replaced, counted from line 1 since the log does not say where they stood.
 */
export const fileEdit: ToolView = {
  kind: 'file change',
  item(call, outcome, { cwd, turnId }) {
    const path = pathOf(call, cwd)
    const isRefused = outcome.status === 'failed' || outcome.status === 'declined'
    const change = {
      changes: path === undefined ? {} : { [path]: changeOf(call, outcome) },
      // No status is how rollouts say that it is under way.
      ...(outcome.status === 'inProgress' ? {} : { status: outcome.status }),
      stdout: '',
      stderr: isRefused ? outcome.text : '',
    }
    const success = outcome.status === 'completed'
    return {
      item: { type: 'FileChange', id: call.id, ...change },
      event: { type: 'patch_apply_end', call_id: call.id, turn_id: turnId, success, ...change },
    }
  },
}

function pathOf({ input }: ToolCall, cwd: string): string | undefined {
  const path = firstText(membersOf(input), 'file_path', 'notebook_path', 'path')
  if (path === undefined) return undefined
  return wellFormed(isAbsolute(path) || /^[A-Za-z]:[\\/]/.test(path) ? path : join(cwd, path))
}

function changeOf(call: ToolCall, { details }: ToolOutcome): Payload {
  const input = membersOf(call.input)
  const result = membersOf(details)
  const given = givenHunks(result.structuredPatch)
  if (given !== undefined) return updated(given)

  const original = textOf(result.originalFile) ?? textOf(result.original_file)
  const written = textOf(input.content)
  if (written !== undefined) return original ? updated(diffHunks(original, written)) : added(written)
  const rewritten = textOf(result.updated_file)
  if (original !== undefined && rewritten !== undefined) return updated(diffHunks(original, rewritten))

  const replacements = replacementsOf(input)
  const [first] = replacements
  if (replacements.length === 1 && first?.before === '' && !original && call.tool !== 'NotebookEdit') {
    return added(first.after)
  }
  const after = original === undefined ? undefined : replaced(original, replacements)
  if (original !== undefined && after !== undefined) return updated(diffHunks(original, after))
  return updated(replacements.map(({ before, after }) => diffHunks(asLines(before), asLines(after))).join(''))
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function updated(unifiedDiff: string): Payload {
  return { type: 'update', unified_diff: unifiedDiff, move_path: null }
}

function added(content: string): Payload {
  return { type: 'add', content: wellFormed(content) }
}

function replacementsOf(input: Payload): Replacement[] {
  const entries = Array.isArray(input.edits) ? input.edits : [input]
  return entries.map((entry: unknown) => {
    const edit = membersOf(entry)
    const before = textOf(edit.old_string) ?? ''
    const after = textOf(edit.new_string) ?? textOf(edit.new_source) ?? ''
    return { before, after, isEverywhere: edit.replace_all === true }
  })
}

/** Undefined when the words are not in the text. */
function replaced(text: string, replacements: readonly Replacement[]): string | undefined {
  let result = text
  for (const { before, after, isEverywhere } of replacements) {
    const at = before === '' ? -1 : result.indexOf(before)
    if (at < 0) return undefined
    result = isEverywhere
      ? result.split(before).join(after)
      : result.slice(0, at) + after + result.slice(at + before.length)
  }
  return result
}

/** Words out of the middle of a file: that no line end follows them means nothing. */
function asLines(words: string): string {
  return words === '' || words.endsWith('\n') ? words : `${words}\n`
}

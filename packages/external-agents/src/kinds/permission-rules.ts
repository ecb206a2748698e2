import type { Change } from '@gangway/home'
import type { TargetView } from '../kind.js'

/** What the target does with a command: run it, ask first, or never run it. */
export type RuleDecision = 'allow' | 'prompt' | 'forbidden'

/** Name of the file below the target's rules folder that holds what was brought over. */
export const RULES_FILE = 'imported.rules'

const HEADER = '# Command rules brought over from another coding agent. The strictest rule that matches wins.\n'

/**
 * One rule line: every command that starts with `words`. Undefined for words that cannot be written down.
 *
 * Source: reference 0.169.0, docs/observations/command-rules.md.
 */
export function ruleLine(words: readonly string[], decision: RuleDecision): string | undefined {
  if (words.length === 0 || words.some((word) => word === '' || /\p{Surrogate}/u.test(word))) return undefined
  return `prefix_rule(pattern = [${words.map(quoted).join(', ')}], decision = "${decision}")`
}

/** The change that brings `lines` into the rules file at `path`, after what is there; none when all are there. */
export function rulesChange(path: string, lines: readonly string[], view: TargetView): Change | undefined {
  const text = view.text(path)
  const there = new Set((text ?? '').split(/\r?\n/).map((line) => line.trim()))
  const missing = [...new Set(lines)].filter((line) => !there.has(line))
  if (missing.length === 0) return undefined
  const added = `${missing.join('\n')}\n`
  const digest = view.digest(path)
  if (text === undefined || digest === undefined) return { type: 'writeFile', path, content: HEADER + added }
  const kept = text === '' || text.endsWith('\n') ? text : `${text}\n`
  return { type: 'writeFile', path, content: kept + added, replaces: digest }
}

/** A string of the rules' language, which escapes as JSON does. */
function quoted(word: string): string {
  return JSON.stringify(word)
}

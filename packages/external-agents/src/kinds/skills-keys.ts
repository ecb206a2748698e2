import type { FrontMatterEntry } from '../artifact.js'
import type { FactFate, FateReason } from '../fact.js'
import { dropped, mapped, needsAction, rewritten } from './fate-list.js'
import { isBlank, isYes, shown } from './front-matter-value.js'

/** Keys that say something about a skill and ask nothing of the agent; they stay in the file. */
const INFORMATION = new Set([
  'name',
  'description',
  'license',
  'version',
  'author',
  'authors',
  'tags',
  'category',
  'homepage',
  'repository',
  'metadata',
  'compatibility',
  'title',
  'keywords',
  'created',
  'updated',
])

/** Keys that limit or guard something, with what the person should do about it. */
const GUARDS: ReadonlyMap<string, string> = new Map([
  ['allowed-tools', 'Say in the text what may be used, or limit it with a sandbox mode, command rules or a subagent.'],
  ['disallowed-tools', 'Say in the text what must not be used, or forbid it with command rules or a sandbox mode.'],
  ['hooks', 'Add the hooks to hooks.json if they should run; they then run for everything, not for this skill only.'],
])

/** The fate of one front matter key of a `SKILL.md`. `reason` is set when the document changed it. */
export function skillKeyFate(line: FrontMatterEntry, reason: FateReason | undefined): FactFate {
  const { key, value, fact } = line
  const guard = GUARDS.get(key.toLowerCase().replaceAll('_', '-'))
  if (guard !== undefined && !isBlank(value)) {
    const message = `${key}: ${shown(value)} stays in the file and is not kept to`
    return needsAction(fact, { code: 'limit-not-kept', message }, guard)
  }
  if (reason) return rewritten(fact, reason, `frontmatter/${key}`)
  if (INFORMATION.has(key) || isDefault(key, value)) return mapped(fact, `frontmatter/${key}`)
  return dropped(fact, { code: 'not-read', message: `${key}: ${shown(value)} stays in the file and has no effect` })
}

/** What the target does anyway. */
function isDefault(key: string, value: unknown): boolean {
  if (isBlank(value)) return true
  if (key === 'disable-model-invocation') return !isYes(value)
  if (key === 'user-invocable') return isYes(value)
  return key === 'model' && value === 'inherit'
}

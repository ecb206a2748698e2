import type { FateReason } from '../fact.js'
import { type FrontMatter, readFrontMatter } from '../frontmatter.js'
import { firstLine } from './first-line.js'
import { explainPlaceholders, findPlaceholders } from './placeholders.js'
import { REWORDED, reword, type Wording } from './reword.js'
import { shortenName } from './safe-name.js'
import { yamlLine } from './yaml-text.js'

/** A `SKILL.md` as the target reads it, and why it is not what it was. */
export interface SkillDocument {
  readonly text: string
  readonly bodyReason?: FateReason
  /** By front matter key. */
  readonly keyReasons: ReadonlyMap<string, FateReason>
}

/** The longest name of a skill that is loaded. Source: reference 0.169.0, `skills/list`. */
const MAX_NAME = 64

/** Keys whose text the target does not read, and which belong to the description. */
const DESCRIPTION_ADDITIONS = ['when_to_use', 'when-to-use', 'whenToUse']

/**
 * Rewrites prose in the body and the description, never the name, and mends what keeps the target from loading the file:
 * no front matter, no description, front matter that is not YAML, a name that is too long.
 */
export function convertSkillDocument(text: string, folderName: string, wording: Wording): SkillDocument {
  const matter = readFrontMatter(text)
  const reasons = new Map<string, FateReason>()
  const body = reword(matter.body, wording)
  const lines = frontMatterLines(text, matter, folderName, wording, reasons)
  const notes = explainPlaceholders({ ...findPlaceholders(matter.body), file: [], template: [] }, "the skill's name")
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const head = lines === undefined ? text.slice(0, matter.bodyOffset) : `${['---', ...lines, '---'].join(eol)}${eol}`
  const tail = notes === '' ? '' : `\n\n## Stand-ins in this text\n\n${notes}\n`.replaceAll('\n', eol)
  const mended = matter.entries.some((entry) => entry.key === 'description' && entry.value) ? undefined : DESCRIBED
  const bodyReason = bodyReasonOf(body.isChanged, notes !== '', mended)
  return {
    text: head.replace(/^\ufeff/, '') + (tail === '' ? body.text : body.text.trimEnd() + tail),
    ...(bodyReason ? { bodyReason } : {}),
    keyReasons: reasons,
  }
}

const DESCRIBED: FateReason = {
  code: 'description-derived',
  message: 'there was no description; the first line of the text serves as one, because a skill without is not loaded',
}

function bodyReasonOf(rewritten: boolean, explained: boolean, mended: FateReason | undefined): FateReason | undefined {
  if (explained) return { code: 'stand-ins-explained', message: 'the text now says what its placeholders stand for' }
  return mended ?? (rewritten ? REWORDED : undefined)
}

/** The lines between the dashes, or undefined when they may stay as they are. */
function frontMatterLines(
  text: string,
  matter: FrontMatter,
  folderName: string,
  wording: Wording,
  reasons: Map<string, FateReason>,
): readonly string[] | undefined {
  const values = new Map(matter.entries.map((entry) => [entry.key, entry.value as unknown]))
  let changed = matter.tolerant
  if (matter.tolerant)
    for (const key of values.keys())
      reasons.set(key, { code: 'quoted', message: `${matter.problem}; written as valid YAML` })

  const name = values.get('name')
  const wantsName = typeof name === 'string' ? name : name === undefined || name === null ? folderName : String(name)
  if ([...wantsName].length > MAX_NAME) {
    values.set('name', shortenName(wantsName, MAX_NAME))
    reasons.set('name', { code: 'name-shortened', message: `a name of more than ${MAX_NAME} characters is not loaded` })
    changed = true
  }

  const described = values.get('description')
  const description = typeof described === 'string' ? described : Array.isArray(described) ? described.join(', ') : ''
  const additions = DESCRIPTION_ADDITIONS.filter((key) => typeof values.get(key) === 'string')
  const whole = [
    description || firstLine(matter.body) || `The skill ${wantsName}`,
    ...additions.map((key) => values.get(key) as string),
  ]
  const rewritten = reword(whole.map((part) => part.trim()).join(' '), wording)
  if (additions.length > 0 || description === '' || typeof described !== 'string' || rewritten.isChanged) {
    values.set('description', rewritten.text)
    if (rewritten.isChanged) reasons.set('description', REWORDED)
    for (const key of additions)
      reasons.set(key, { code: 'joined-to-description', message: `${key} was added to the description` })
    changed = true
  }
  return changed ? emit(text, matter, values) : undefined
}

/** Keys that did not change keep their lines, where the front matter is YAML. */
function emit(text: string, matter: FrontMatter, values: ReadonlyMap<string, unknown>): readonly string[] {
  const written = text.slice(0, matter.bodyOffset).split(/\r?\n/)
  const closing = written.findLastIndex((line) => line.startsWith('---'))
  const starts = matter.entries.map((entry) => entry.line - 1).sort((a, b) => a - b)
  const lines = matter.tolerant ? [] : written.slice(1, starts[0] ?? 1)
  for (const [key, value] of values) {
    const entry = matter.entries.find((candidate) => candidate.key === key)
    const end = entry && (starts.find((start) => start > entry.line - 1) ?? closing)
    const range = matter.tolerant || !entry ? [] : written.slice(entry.line - 1, end)
    if (range.length > 0 && entry?.value === value) lines.push(...range)
    else lines.push(yamlLine(key, value), ...range.filter((line) => line.startsWith('#')))
  }
  return lines
}

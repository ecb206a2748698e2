import { dirname, join } from 'node:path'
import type { WriteFile } from '@gangway/home'
import type { InstructionsArtifact } from '../artifact.js'
import type { FactFate, FateReason } from '../fact.js'
import type { PlannedArtifact, PlanOptions, Target, TargetView } from '../kind.js'
import { isThere, mergeSections } from './agents-md-merge.js'
import { joinSections, MAX_PROJECT_BYTES, makeSections, type Section } from './agents-md-sections.js'
import { allDropped, FateList, needsAction } from './fate-list.js'
import { refuseClosed } from './named-plan.js'

type Planned = readonly (readonly [InstructionsArtifact, PlannedArtifact])[]

/** What becomes of each section: written by the change of its document, there already, or kept out. */
interface Written {
  readonly path: string
  readonly change?: WriteFile
  readonly keptOut: ReadonlyMap<Section, FateReason>
  readonly there: ReadonlySet<Section>
}

/**
 * Plans one document of the target from all that go into it. Each of them lists the same change.
 *
 * @throws ImportFailure when nothing can be made at `path`
 */
export function planDocument(
  path: string,
  documents: readonly InstructionsArtifact[],
  target: Target,
  view: TargetView,
  options: PlanOptions,
): Planned {
  const fates = new FateList()
  const sections = makeSections(documents, path, { words: options.words, target }, fates)
  const withText = sections.filter((section) => section.text.trim() !== '')
  const written = write(path, withText, view, options)
  if (target.place.kind === 'repo' && written.change) warnWhenLarge(written.change, sections, fates)
  return sections.map((section) => [section.document, planSection(section, written, fates)])
}

function write(path: string, sections: readonly Section[], view: TargetView, options: PlanOptions): Written {
  const none = { path, keptOut: new Map(), there: new Set<Section>() }
  if (sections.length === 0) return none
  refuseClosed(dirname(path), view, 'AGENTS_MD')
  const kind = view.kindOf(path)
  if (kind === 'directory' || kind === 'other') {
    const reason = { code: 'target-is-folder', message: `${path} is in the way: it is no file` }
    return { ...none, keptOut: new Map(sections.map((section) => [section, reason])) }
  }
  const existing = kind === 'missing' ? '' : (view.text(path) ?? '')
  const whole = joinSections(sections)
  if (existing.trim() === '') return { ...none, change: { type: 'writeFile', path, content: whole } }
  if (sections.every((section) => isThere(existing, section))) return { ...none, there: new Set(sections) }
  return { ...none, ...resolve(path, existing, whole, sections, view, options) }
}

/** What the person's policy makes of a document that is there and says something else. */
function resolve(
  path: string,
  existing: string,
  whole: string,
  sections: readonly Section[],
  view: TargetView,
  options: PlanOptions,
): Partial<Written> {
  const digest = view.digest(path)
  if (options.onConflict === 'skip' || digest === undefined) {
    const reason = { code: 'target-exists', message: `${path} is there already` }
    return { keptOut: new Map(sections.map((section) => [section, reason])) }
  }
  if (options.onConflict === 'rename') return renamed(path, whole, sections, view)
  if (options.onConflict === 'overwrite')
    return { change: { type: 'writeFile', path, content: whole, replaces: digest } }

  const { text, merged } = mergeSections(existing, sections, path, options.onConflict === 'merge')
  const keptOut = new Map<Section, FateReason>()
  const there = new Set<Section>()
  for (const result of merged) {
    if (result.type === 'kept-out') keptOut.set(result.section, result.reason)
    else if (result.type === 'there') there.add(result.section)
  }
  const changes = merged.some((result) => result.type === 'added')
  return {
    keptOut,
    there,
    ...(changes ? { change: { type: 'writeFile', path, content: text, replaces: digest } } : {}),
  }
}

function renamed(path: string, whole: string, sections: readonly Section[], view: TargetView): Partial<Written> {
  for (let attempt = 1; ; attempt += 1) {
    const other = join(dirname(path), `AGENTS.imported${attempt === 1 ? '' : `-${attempt}`}.md`)
    if (view.kindOf(other) === 'missing')
      return { path: other, change: { type: 'writeFile', path: other, content: whole } }
    if (view.holds(other, { content: whole })) return { path: other, there: new Set(sections) }
  }
}

function planSection(section: Section, written: Written, fates: FateList): PlannedArtifact {
  const { document } = section
  const base = {
    itemType: document.itemType,
    name: null,
    source: document.path,
    target: written.path,
    sourcePath: document.path,
    targetPath: written.path,
    environment: [],
  }
  const reason = written.keptOut.get(section)
  if (reason) return { ...base, outcome: { type: 'skipped', reason }, fates: allDropped(document.facts, reason) }
  const all = fates.of(document.facts)
  const isNothing = !written.change || written.there.has(section) || section.text.trim() === ''
  const settled = written.path.endsWith('AGENTS.md') ? all : all.map(notReadYet)
  return {
    ...base,
    outcome: isNothing ? { type: 'nothing' } : { type: 'change', changes: [written.change] },
    fates: settled,
  }
}

/** A document under another name waits for the person. */
function notReadYet(fate: FactFate): FactFate {
  if (fate.fate === 'dropped' || fate.fate === 'needs-action') return fate
  const reason = { code: 'under-another-name', message: 'written beside AGENTS.md; only AGENTS.md is read' }
  return { fact: fate.fact, fate: 'needs-action', reason, action: 'Move what you want to keep into AGENTS.md.' }
}

function warnWhenLarge(change: WriteFile, sections: readonly Section[], fates: FateList): void {
  const bytes = Buffer.byteLength(change.content)
  if (bytes <= MAX_PROJECT_BYTES) return
  const reason = {
    code: 'over-budget',
    message: `${change.path} has ${bytes} bytes; what is above ${MAX_PROJECT_BYTES} is not read`,
  }
  const action =
    'Shorten the text, move parts into AGENTS.md of sub-folders, or raise project_doc_max_bytes in config.toml.'
  for (const section of sections) fates.add(needsAction(section.document.bodyFact, reason, action))
}

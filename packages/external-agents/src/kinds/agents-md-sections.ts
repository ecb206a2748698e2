import { dirname } from 'node:path'
import type { InstructionsArtifact } from '../artifact.js'
import type { FateReason } from '../fact.js'
import { expandIncludes } from './agents-md-includes.js'
import { dropped, type FateList, mapped, rewritten } from './fate-list.js'
import { REWORDED, reword, type Wording } from './reword.js'
import { inSpan } from './safe-name.js'

/** One document as it will stand in the target's. */
export interface Section {
  readonly document: InstructionsArtifact
  /** With its heading, where it has one. Line ends as in the source. */
  readonly text: string
  /** Without the heading. */
  readonly body: string
}

/** How much of a repository's instructions is read. Source: reference 0.169.0, `project_doc_max_bytes`. */
export const MAX_PROJECT_BYTES = 32 * 1024

/** The sections of one target document, with copied includes where all of it stays below what the target reads. */
export function makeSections(
  documents: readonly InstructionsArtifact[],
  targetPath: string,
  wording: Wording,
  fates: FateList,
): readonly Section[] {
  const make = (inline: boolean) =>
    documents.map((document) => makeSection(document, targetPath, wording, fates, inline))
  const sections = make(true)
  return wording.target.place.kind === 'repo' && sizeOf(sections) > MAX_PROJECT_BYTES ? make(false) : sections
}

/** A whole document of sections. A single one without heading is itself. */
export function joinSections(sections: readonly Section[]): string {
  if (sections.length === 1) return sections[0]!.text
  const text = `${sections.map((section) => section.text.trim()).join('\n\n')}\n`
  return sections[0]?.text.includes('\r\n') ? text.replace(/\r?\n/g, '\r\n') : text
}

/** UTF-8 bytes of the sections joined, nearly. */
function sizeOf(sections: readonly Section[]): number {
  return sections.reduce((sum, section) => sum + Buffer.byteLength(section.text) + 2, 0)
}

function makeSection(
  document: InstructionsArtifact,
  targetPath: string,
  wording: Wording,
  fates: FateList,
  inline: boolean,
): Section {
  const to = { place: wording.target.place, targetPath, targetFolder: dirname(targetPath), inline }
  const worded = reword(expandIncludes(document.text, document.includes, to, fates), wording)
  if (worded.isChanged) fates.add(rewritten(document.bodyFact, REWORDED, targetPath))
  else fates.add(mapped(document.bodyFact, targetPath))
  for (const fact of document.facts) {
    if (!fact.pointer.startsWith('frontmatter/')) continue
    if (document.heeded?.includes(fact)) {
      fates.add(mapped(fact, targetPath))
      continue
    }
    const isPaths = /^frontmatter\/(?:paths|globs)$/.test(fact.pointer) && document.paths.length > 0
    if (isPaths) fates.add(rewritten(fact, SAID, targetPath))
    else
      fates.add(
        dropped(fact, {
          code: 'no-counterpart',
          message: `${fact.pointer.slice(12)} has no counterpart in instructions`,
        }),
      )
  }
  const heading = headingOf(document)
  const body = worded.text
  return {
    document,
    body,
    text: heading === undefined || body.trim() === '' ? body : `${heading}\n\n${body.trimStart()}`,
  }
}

const SAID: FateReason = {
  code: 'in-the-text',
  message: 'the text says which files it is for; it is read for all of them',
}

function headingOf(document: InstructionsArtifact): string | undefined {
  if (document.role === 'second') return `## From \`${inSpan(document.name)}\``
  if (document.role !== 'rule') return undefined
  const heading = `## Rule \`${inSpan(document.name.replace(/^rules\//, ''))}\``
  if (document.paths.length === 0) return heading
  return `${heading}\n\nThis holds only for files that match ${document.paths.map((glob) => `\`${inSpan(glob)}\``).join(', ')}.`
}

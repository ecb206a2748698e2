import { relative, sep } from 'node:path'
import type { Include, Place } from '../artifact.js'
import { dropped, type FateList, mapped, needsAction, rewritten } from './fate-list.js'
import { inSpan } from './safe-name.js'

/** What includes are expanded for. */
export interface ExpandFor {
  readonly place: Place
  /** The document that is written. */
  readonly targetPath: string
  /** Folder of that document. */
  readonly targetFolder: string
  /** Put texts in; else only name the files. */
  readonly inline: boolean
}

/** Text that is worth having in the document, by its name. Data and code are named, and read when needed. */
const INSTRUCTIONS = /(?:^|[\\/])[^.\\/]+$|\.(?:md|mdx|markdown|txt|rst|adoc)$/i

/** Above this a text is named instead of copied: the target reads 32 KiB of instructions in all. */
const MAX_INLINE_CHARACTERS = 16 * 1024

/**
 * Puts in what `@file` includes stand for: a text in place of a line that is only the include, else the file's name there
 * and the text at the end. What cannot be put in stays named. A fate for each include goes to `fates`, when given.
 */
export function expandIncludes(text: string, includes: readonly Include[], to: ExpandFor, fates?: FateList): string {
  const appended: string[] = []
  let result = ''
  let end = 0
  for (const include of includes) {
    const isWholeLine = standsAlone(text, include)
    result += text.slice(end, include.index) + replacement(include, isWholeLine, to, appended, fates)
    end = include.index + include.written.length
  }
  result += text.slice(end)
  return appended.length === 0 ? result : `${result.trimEnd()}\n\n${appended.join('\n\n')}\n`
}

function replacement(
  include: Include,
  isWholeLine: boolean,
  to: ExpandFor,
  appended: string[],
  fates?: FateList,
): string {
  const name = `\`${inSpan(nameFor(include.path, to))}\``
  if (include.path === to.targetPath) {
    fates?.add(
      mapped(include.fact, to.targetPath, {
        code: 'is-the-target',
        message: `${include.written} is the document itself`,
      }),
    )
    return isWholeLine ? '' : name
  }
  if (include.problem === 'loop') {
    fates?.add(
      dropped(include.fact, {
        code: 'include-loop',
        message: `${include.written} is included by what it includes`,
      }),
    )
    return name
  }
  if (include.problem === 'not-found' || include.problem === 'outside-root') {
    const why = include.problem === 'not-found' ? 'is not there' : 'is outside of what may be read'
    const action = `Write what ${include.written} says into ${to.targetPath}, or take the line out.`
    fates?.add(
      needsAction(
        include.fact,
        { code: `include-${include.problem}`, message: `${include.path} ${why}; includes are not resolved later` },
        action,
      ),
    )
    return include.written
  }
  if (
    include.text === undefined ||
    !to.inline ||
    !INSTRUCTIONS.test(include.path) ||
    include.text.length > MAX_INLINE_CHARACTERS
  ) {
    fates?.add(
      rewritten(
        include.fact,
        { code: 'include-named', message: `${include.path} was not copied; the text says to read it` },
        to.targetPath,
      ),
    )
    return isWholeLine ? `Read ${name} before you start.` : `${name} (read it before you start)`
  }
  const below = unresolved(include.includes)
  const left = below.length === 0 ? '' : `; left as written in it: ${below.join(', ')}`
  fates?.add(
    rewritten(
      include.fact,
      { code: 'include-copied', message: `the text of ${include.path} was put in${left}` },
      to.targetPath,
    ),
  )
  const inner = expandIncludes(include.text, include.includes, to).trim()
  if (isWholeLine) return inner
  appended.push(`## From ${name}\n\n${inner}`)
  return name
}

/** Relative to the written document inside its place, so that it holds in every checkout; `~/…` in a home. */
function nameFor(path: string, to: ExpandFor): string {
  const below = relative(to.place.root, path)
  if (below === '..' || below.startsWith(`..${sep}`)) return path
  if (to.place.kind === 'home') return `~/${below.split(sep).join('/')}`
  return relative(to.targetFolder, path).split(sep).join('/')
}

function standsAlone(text: string, include: Include): boolean {
  const start = text.lastIndexOf('\n', include.index - 1) + 1
  const stop = text.indexOf('\n', include.index)
  return text.slice(start, stop < 0 ? undefined : stop).trim() === include.written
}

function unresolved(includes: readonly Include[]): string[] {
  return includes.flatMap((include) =>
    include.problem === 'not-found' || include.problem === 'outside-root'
      ? [include.written]
      : unresolved(include.includes),
  )
}

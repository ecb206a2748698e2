import { PROJECT_FOLDER } from '../artifact.js'
import type { Target } from '../kind.js'

/** A text after its placeholders were looked at. */
export interface Expanded {
  readonly text: string
  /** Variables whose value only the person's environment knows. */
  readonly unknown: readonly string[]
  /** What was written in, for the account; empty when nothing was. */
  readonly writtenIn: readonly string[]
}

const PLACEHOLDER = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g

/** A text that is one placeholder and nothing else. */
const SOLE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}$/

/** Whether there is anything in a text that the source would have filled in. */
export function hasPlaceholder(text: string): boolean {
  return text.includes('${')
}

/** The variable that a text consists of, and its default. */
export function solePlaceholder(
  text: string,
): { readonly name: string; readonly fallback: string | undefined } | undefined {
  const match = SOLE.exec(text)
  return match === null ? undefined : { name: match[1]!, fallback: match[2] }
}

/**
 * Fills in what is known without the environment: `${HOME}`, the folder of a repository, and the stated default of `${NAME:-default}`. The rest, other
 * forms of placeholders included, is listed as unknown.
 */
export function expand(text: string, target: Target): Expanded {
  const unknown: string[] = []
  const writtenIn: string[] = []
  const { kind, root } = target.place
  const isHere = kind === 'repo' && text.includes(PROJECT_FOLDER)
  if (isHere) writtenIn.push('the folder of the project')
  const placed = isHere ? text.replaceAll(PROJECT_FOLDER, () => root) : text
  const expanded = placed.replace(PLACEHOLDER, (written, name: string, fallback: string | undefined) => {
    if (name === 'HOME') {
      writtenIn.push(written)
      return target.place.userHome
    }
    if (fallback !== undefined && !fallback.includes('${')) {
      writtenIn.push(written)
      return fallback
    }
    unknown.push(name)
    return ''
  })
  for (const [written] of expanded.matchAll(/\$\{[^}]*\}?/g))
    unknown.push(written === PROJECT_FOLDER ? 'the folder of the project' : written)
  return { text: expanded, unknown, writtenIn }
}

import { basename, dirname, relative, sep } from 'node:path'
import { isInside } from './contained.js'
import type { Target } from './kind.js'
import { type Replacement, type Rewritten, replaceAll } from './prose.js'
import { proseRanges } from './prose-ranges.js'
import type { KnownPath, SourceWords } from './words.js'

/** A path in prose: what follows blanks, quotes or brackets, and looks like parts with slashes. `@` paths are includes. */
const PATH = /(?<![^\s"'“‘«([{*|,])(?:~\/|\.\/)?\.?[\w-]+(?:\/[\w.@+-]+)*\/?/g

/**
 * Paths of another agent's things in prose, as the places where they stand after the import: `~/.claude/CLAUDE.md`
 * becomes `~/.codex/AGENTS.md`. Only paths that the agent's words name; everything else stays, and code is left alone.
 */
export function mapKnownPaths(
  text: string,
  words: SourceWords,
  target: Pick<Target, 'codexHome' | 'place'>,
): Rewritten {
  if (!words.knownPaths.some(({ written }) => text.includes(written))) return { text, replacements: [] }
  const replacements: Replacement[] = []
  for (const range of proseRanges(text)) {
    for (const found of text.slice(range.start, range.end).matchAll(PATH)) {
      const from = found[0].replace(/[.:]+$/, '')
      const after = text[range.start + found.index + from.length] ?? ''
      const to =
        /[\w\\@%$=:]/.test(after) && !found[0].endsWith(':') ? undefined : mapped(from, words.knownPaths, target)
      if (to !== undefined) replacements.push({ index: range.start + found.index, from, to })
    }
  }
  return { text: replaceAll(text, replacements), replacements }
}

function mapped(
  path: string,
  known: readonly KnownPath[],
  target: Pick<Target, 'codexHome' | 'place'>,
): string | undefined {
  const prefix = path.startsWith('./') ? './' : ''
  const wanted = path.slice(prefix.length)
  const bare = wanted.replace(/\/$/, '')
  const found = known.find(
    ({ written, covers }) => bare === written || (covers === 'folder' && bare.startsWith(`${written}/`)),
  )
  if (!found) return undefined
  const home = written(target.codexHome, target.place.userHome)
  const folder = found.scope === 'home' ? home : '.codex'
  const agents =
    found.scope === 'home' ? written(`${dirname(target.codexHome)}${sep}.agents`, target.place.userHome) : '.agents'
  const rest = wanted.slice(found.written.length)
  return prefix + place(found, { folder, agents, rest })
}

function place(known: KnownPath, { folder, agents, rest }: { folder: string; agents: string; rest: string }): string {
  switch (known.place) {
    case 'instructions':
      return known.scope === 'home' ? `${folder}/AGENTS.md` : 'AGENTS.md'
    case 'settings':
      return `${folder}/config.toml`
    case 'skills':
      return `${agents}/skills${rest}`
    case 'commands':
      return `${agents}/skills${/^\/.+\.md$/i.test(rest) ? `/${commandSkill(rest)}` : ''}`
    case 'subagents':
      return `${folder}/agents${/\.md$/i.test(rest) ? `/${basename(rest).replace(/\.md$/i, '.toml')}` : ''}`
    case 'hooks':
      return `${folder}/hooks${rest}`
    default:
      return known.place satisfies never
  }
}

/** The skill that a command becomes. Source: reference 0.169.0, `source-command-` and the slug of its path. */
function commandSkill(rest: string): string {
  const slug = rest
    .replace(/\.md$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `source-command-${slug || 'migrated'}`
}

/** With `~` for the person's home, and `/` between parts. */
function written(path: string, userHome: string): string {
  const shown = isInside(path, userHome) ? `~/${relative(userHome, path)}` : path
  return shown.split(sep).join('/')
}

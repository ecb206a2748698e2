import { join, relative, sep } from 'node:path'
import type { CommandPiece } from '../artifact.js'
import type { Target, TargetView } from '../kind.js'

/** Where a hook's command finds the project and the copied files, as words of a shell. */
export interface HookPlaces {
  /** A file below the target's hooks folder, as one word. */
  hookFile(relativePath: string): string
  /** The project's folder: as one word, or inside double quotes. */
  projectFolder(insideQuotes: boolean): string
}

const TOP = 'git rev-parse --show-toplevel'

/**
 * The places of a target. Hooks run in the folder of the conversation, which may be below the root, so a repository is found
 * by git: the commands hold in any checkout. Hooks of a home find its files by their whole path.
 * Source: reference 0.169.0, docs/observations/hooks.md.
 */
export function hookPlaces(target: Target, view: TargetView): HookPlaces {
  const { place } = target
  if (place.kind === 'home') {
    return {
      hookFile: (path) => singleQuoted(join(target.hooksDir, path)),
      projectFolder: (inside) => word(`$(${TOP} 2>/dev/null || pwd)`, inside),
    }
  }
  if (view.kindOf(join(place.root, '.git')) === 'missing') {
    return {
      hookFile: (path) => singleQuoted(join(target.hooksDir, path)),
      projectFolder: (inside) => word(doubleQuotable(place.root), inside),
    }
  }
  const hooks = relative(place.root, target.hooksDir).split(sep).join('/')
  return {
    hookFile: (path) => `"$(${TOP})/${doubleQuotable(`${hooks}/${path}`)}"`,
    projectFolder: (inside) => word(`$(${TOP})`, inside),
  }
}

/** A command line with its pieces put in their new places. */
export function commandLine(pieces: readonly CommandPiece[], places: HookPlaces): string {
  return pieces
    .map((piece) => {
      switch (piece.type) {
        case 'text':
          return piece.written
        case 'hookFile':
          return places.hookFile(piece.relativePath)
        case 'projectFolder':
          return places.projectFolder(piece.quoted)
        default:
          return piece satisfies never
      }
    })
    .join('')
}

/** `text` as one shell word that means exactly itself. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function word(inside: string, isInsideQuotes: boolean): string {
  return isInsideQuotes ? inside : `"${inside}"`
}

function doubleQuotable(text: string): string {
  return text.replace(/["\\$`]/g, '\\$&')
}

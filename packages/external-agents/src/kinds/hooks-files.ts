import { join } from 'node:path'
import type { Change } from '@gangway/home'
import type { HookArtifact, HookFile } from '../artifact.js'
import type { FactFate } from '../fact.js'
import type { PlanOptions, Target, TargetView } from '../kind.js'
import { dropped, mapped, needsAction } from './fate-list.js'

/** The copies of the files that an event's handlers call, and what becomes of their facts. What is there and differs stays. */
export function planHookFiles(
  artifact: HookArtifact,
  target: Target,
  view: TargetView,
  options: PlanOptions,
): { readonly changes: readonly Change[]; readonly fates: readonly FactFate[] } {
  const changes: Change[] = []
  const fates: FactFate[] = []
  for (const file of artifact.files) {
    const path = join(target.hooksDir, file.relativePath)
    const { content } = file
    if (content === undefined) {
      if (file.fact !== undefined) fates.push(notCopied(file, path))
      continue
    }
    const there = view.kindOf(path)
    const isSame = there === 'file' && view.holds(path, { content })
    if (there === 'missing') changes.push(copyOf(file, path, content))
    else if (!isSame && there === 'file' && options.onConflict === 'overwrite') {
      const digest = view.digest(path)
      changes.push({ ...copyOf(file, path, content), ...(digest === undefined ? {} : { replaces: digest }) })
    }
    const stays = there !== 'missing' && !isSame && options.onConflict !== 'overwrite'
    if (file.fact !== undefined) fates.push(stays ? keptOther(file, path) : fateOf(file, path))
  }
  for (const { relativePath, fact } of artifact.unused) {
    fates.push(dropped(fact, { code: 'not-referenced', message: `no hook calls ${relativePath}` }))
  }
  return { changes, fates }
}

function copyOf(file: HookFile, path: string, content: Uint8Array): Extract<Change, { type: 'writeFile' }> {
  return { type: 'writeFile', path, content, mode: file.mode & 0o777 }
}

function notCopied(file: HookFile, path: string): FactFate {
  const reason = { code: 'not-copied', message: `${file.path} cannot be read, or is too large to be copied` }
  return needsAction(file.fact!, reason, `copy it to ${path}`)
}

function keptOther(file: HookFile, path: string): FactFate {
  const reason = {
    code: 'target-exists',
    message: `${path} is there already, and is different; the hook calls that one`,
  }
  return needsAction(file.fact!, reason, `compare it with ${file.path}, and copy that over it if it is the right one`)
}

function fateOf(file: HookFile, path: string): FactFate {
  if (file.foreignVariables.length === 0) return mapped(file.fact!, path)
  const list = file.foreignVariables.join(', ')
  const reason = {
    code: 'variables-not-set',
    message: `${file.relativePath} reads ${list}, which the target does not set`,
  }
  return needsAction(
    file.fact!,
    reason,
    `change ${path}: a hook of the target gets its input as JSON on standard input`,
  )
}

import { resolve } from 'node:path'
import { ToolArgumentError } from '../arguments.js'

/**
 * The patch of a script that does nothing but apply it, maybe after going to another folder. Source: reference 0.169.0.
 *
 * @returns undefined for any other script
 * @throws ToolArgumentError for a patch that stands alone, as if it were a command
 */
export function patchInScript(
  script: string,
  cwd: string,
): { readonly text: string; readonly cwd: string } | undefined {
  if (script.trimStart().startsWith('*** Begin Patch')) {
    throw new PatchAlone()
  }
  const form =
    /^\s*(?:cd\s+(?<folder>'[^']*'|"[^"$`]*"|[^\s;&|'"$`]+)\s*&&\s*)?(?:apply_patch|applypatch)\s*<<\s*(?<quote>['"]?)(?<word>\w+)\k<quote>[ \t]*\n(?<text>[\s\S]*?)\n\k<word>\s*$/
  const groups = form.exec(script)?.groups
  if (groups === undefined) return undefined
  const folder = groups['folder']?.replace(/^(['"])(.*)\1$/, '$2') ?? '.'
  return { text: groups['text'] ?? '', cwd: resolve(cwd, folder) }
}

class PatchAlone extends ToolArgumentError {
  override readonly message =
    'apply_patch verification failed: patch detected without explicit call to apply_patch. Rerun as ["apply_patch", "<patch>"]'

  constructor() {
    super('')
  }
}

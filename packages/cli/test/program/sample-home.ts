import { join } from 'node:path'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.js'

/** A home folder with a small Claude Code set-up in it, and the environment of a program that lives there. */
export interface SampleHome extends AsyncDisposable {
  readonly folder: TemporaryFolder
  readonly env: { readonly [name: string]: string }
  readonly codexHome: string
}

/** Two skills, a command, a setting with a secret, and instructions. */
export async function sampleHome(extra: { readonly [path: string]: string } = {}): Promise<SampleHome> {
  const folder = await temporaryFolder()
  await folder.write({
    '.claude/settings.json': JSON.stringify({
      env: { EDITOR: 'vi', API_TOKEN: 'ghp_0123456789abcdefghijklmnopqrstuvwxyzAB' },
    }),
    '.claude/CLAUDE.md': 'Claude answers in short sentences.\n',
    '.claude/skills/alpha/SKILL.md': '---\nname: alpha\ndescription: First\n---\nDo alpha.\n',
    '.claude/skills/beta/SKILL.md': '---\nname: beta\ndescription: Second\n---\nDo beta.\n',
    '.claude/commands/fix.md': '---\ndescription: Fix it\n---\nFix $ARGUMENTS.\n',
    ...extra,
  })
  const codexHome = join(folder.path, '.codex')
  return {
    folder,
    env: { HOME: folder.path, CODEX_HOME: codexHome },
    codexHome,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

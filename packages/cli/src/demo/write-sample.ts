import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { homeFiles } from './sample/home-files.js'
import { repositoryFiles } from './sample/repository-files.js'
import type { SampleFile } from './sample/sample-file.js'

/** Where the sample was written. Absolute paths. */
export interface SampleFolders {
  /** The made-up person's home folder, with Claude Code's things in it. */
  readonly home: string
  /** The made-up repository. */
  readonly repository: string
  /** The Codex home to import into. It is there, and empty. */
  readonly codexHome: string
}

/** Writes the sample below `root`, which exists and is empty. */
export async function writeSample(root: string): Promise<SampleFolders> {
  const home = join(root, 'home')
  const repository = join(home, 'projects', 'harbour')
  const codexHome = join(home, '.codex')
  for (const file of homeFiles) await writeFileOf(home, file)
  for (const file of repositoryFiles) await writeFileOf(repository, file)
  await mkdir(codexHome, { recursive: true })
  return { home, repository, codexHome }
}

async function writeFileOf(root: string, file: SampleFile): Promise<void> {
  const path = join(root, file.path)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, file.content, {
    encoding: file.encoding ?? 'utf8',
    mode: file.executable === true ? 0o755 : 0o644,
  })
}

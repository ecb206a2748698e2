import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

/** A folder of its own that is gone at the end of the scope: `await using folder = await temporaryFolder()`. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
  /** Writes files below it; keys are paths with `/`. */
  write(files: { readonly [path: string]: string }): Promise<void>
  /** Every file below it with its text, keys sorted, paths with `/`. */
  read(): Promise<{ readonly [path: string]: string }>
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'gangway-cli-')))
  return {
    path,
    async write(files) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(path, name)), { recursive: true })
        await writeFile(join(path, name), text)
      }
    },
    async read() {
      const entries = await readdir(path, { recursive: true, withFileTypes: true })
      const names = entries.filter((one) => one.isFile()).map((one) => relative(path, join(one.parentPath, one.name)))
      return Object.fromEntries(
        await Promise.all(names.sort().map(async (name) => [name, await readFile(join(path, name), 'utf8')] as const)),
      )
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

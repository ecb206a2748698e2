import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A file of a fixture: text, bytes, an object written as JSON, a link, a program, or null for an empty folder. */
export type Entry =
  | string
  | Uint8Array
  | null
  | { readonly json: unknown }
  | { readonly link: string }
  | { readonly program: string }

/** Paths below `home/`, `repo/` and `codex/`. `$HOME`, `$REPO` and `$CODEX` in texts are replaced by the real folders. */
export type Fixture = { readonly [path: string]: Entry }

/** Where one run of a fixture stands. */
export interface Site {
  readonly root: string
  readonly home: string
  readonly repo: string
  readonly codexHome: string
  /** Puts `$HOME`, `$REPO` and `$CODEX` back, so that two sites can be compared. */
  normalise(text: string): string
  remove(): void
}

/** Writes a fixture into a fresh temporary folder. */
export function lay(fixture: Fixture): Site {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'gangway-conformance-')))
  const home = path.join(root, 'home')
  const repo = path.join(root, 'repo')
  const codexHome = path.join(home, '.codex')
  const places: readonly [string, string][] = [
    ['$CODEX', codexHome],
    ['$HOME', home],
    ['$REPO', repo],
  ]
  for (const [, folder] of places) mkdirSync(folder, { recursive: true })
  const fill = (text: string) => places.reduce((filled, [word, folder]) => filled.replaceAll(word, folder), text)
  for (const [name, entry] of Object.entries(fixture)) put(target(name, { home, repo, codex: codexHome }), entry, fill)
  return {
    root,
    home,
    repo,
    codexHome,
    normalise: (text) =>
      places.reduce((plain, [word, folder]) => plain.replaceAll(folder, word), text).replaceAll(root, '$ROOT'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

function target(name: string, folders: { readonly [key: string]: string }): string {
  const [first = '', ...rest] = name.split('/')
  const folder = folders[first]
  if (folder === undefined) throw new Error(`a fixture path starts with home/, repo/ or codex/: ${name}`)
  return path.join(folder, ...rest)
}

function put(file: string, entry: Entry, fill: (text: string) => string): void {
  mkdirSync(entry === null ? file : path.dirname(file), { recursive: true })
  if (entry === null) return
  if (typeof entry === 'string') writeFileSync(file, fill(entry))
  else if (entry instanceof Uint8Array) writeFileSync(file, entry)
  else if ('json' in entry) writeFileSync(file, `${fill(JSON.stringify(entry.json, null, 2))}\n`)
  else if ('link' in entry) symlinkSync(fill(entry.link), file)
  else {
    writeFileSync(file, fill(entry.program))
    chmodSync(file, 0o755)
  }
}

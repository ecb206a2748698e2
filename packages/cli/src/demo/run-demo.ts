import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ExitCode, UsageError } from '../exit-codes.js'
import { factLines } from '../import/account-view.js'
import { diffLines } from '../import/diff-view.js'
import { endLines } from '../import/end-view.js'
import { type ImportSurface, performImport } from '../import/perform-import.js'
import { planLines, section } from '../import/plan-view.js'
import { stepLine } from '../import/progress-view.js'
import { exitCodeOf } from '../import/run-import.js'
import { countOf } from '../import/selection.js'
import { counted, shownPath, type View, viewOf } from '../import/view.js'
import { openImportSession } from '../session/import-session.js'
import { escapeControls } from '../terminal/escape.js'
import { onInterrupt } from '../terminal/interrupt.js'
import type { Terminal } from '../terminal/terminal.js'
import { pad } from '../terminal/width.js'
import { type SampleFolders, writeSample } from './write-sample.js'

/** What `gangway demo` was asked for. */
export interface DemoOptions {
  /** Folder to work in; it must be empty when it is there. Undefined: a new temporary one. */
  readonly dir: string | undefined
  /** Show the whole diff and every statement. */
  readonly full: boolean
  /** Leave the folders there. */
  readonly keep: boolean
}

/**
 * Writes a sample, imports it with the same code as `gangway import`, and says where everything is. Touches nothing but
 * its own folder, and no network.
 *
 * @returns 0 when the sample was imported as far as it can be: that its broken file is reported as failed is part of it
 * @throws UsageError when the folder is not empty
 */
export async function runDemo(options: DemoOptions, terminal: Terminal): Promise<ExitCode> {
  const root = await demoFolder(options.dir, terminal)
  const folders = await writeSample(root)
  const view = { ...viewOf(terminal), userHome: folders.home }
  const interrupt = onInterrupt(terminal)
  try {
    terminal.print([
      view.style.bold('A sample Claude Code home and repository, written for this demonstration'),
      `  home        ${escapeControls(folders.home)} ${view.style.dim('(~ in what follows)')}`,
      `  repository  ${shownPath(folders.repository, view)}`,
      `  Codex home  ${shownPath(folders.codexHome, view)}`,
    ])
    const end = await importSample(folders, demoSurface(options, terminal, view), interrupt.signal)
    terminal.print(endLines(end, folders.codexHome, view))
    const imported = end.results?.some((result) => result.successCount > 0)
    if (options.keep) terminal.print(foldersLines(folders, view))
    if (end.status === 'interrupted') return ExitCode.interrupted
    return imported ? ExitCode.done : exitCodeOf(end) || ExitCode.failed
  } finally {
    interrupt.release()
    if (!options.keep) await rm(root, { recursive: true, force: true })
  }
}

async function demoFolder(dir: string | undefined, terminal: Terminal): Promise<string> {
  if (dir === undefined) return realpath(await mkdtemp(join(tmpdir(), 'gangway-demo-')))
  const path = resolve(terminal.cwd, dir)
  await mkdir(path, { recursive: true })
  if ((await readdir(path)).length > 0) throw new UsageError(`demo: --dir ${dir} is not empty`)
  return realpath(path)
}

async function importSample(folders: SampleFolders, surface: ImportSurface, signal: AbortSignal) {
  const env = { PATH: process.env.PATH, HOME: folders.home, USERPROFILE: folders.home }
  await using session = await openImportSession({ codexHome: folders.codexHome, env })
  const request = {
    scope: { includeHome: true, cwds: [folders.repository], migrationSource: 'claude-code' },
    kinds: undefined,
    plan: { onConflict: 'default', copySecrets: false },
    expectedDigest: undefined,
  } as const
  return await performImport(session, request, surface, signal)
}

/** Diff lines of each file that the abridged demonstration shows. */
const abridgedLines = 12

function demoSurface(options: DemoOptions, terminal: Terminal, view: View): ImportSurface {
  const limit = options.full ? {} : { linesPerFile: abridgedLines }
  return {
    found(items) {
      const total = items.reduce((sum, item) => sum + countOf(item), 0)
      terminal.print(['', `Found ${counted(total, 'thing')} in ${counted(items.length, 'item')}.`, ''])
    },
    pick: async (items) => items,
    planned(preview) {
      const facts = options.full ? factLines(preview.account.facts, view, { all: true, withFile: true }) : []
      terminal.print([
        ...planLines(preview, view),
        ...section(
          options.full ? 'Diff' : 'Diff, abridged (--full shows all of it)',
          diffLines(preview.files, view, limit),
          view,
        ),
        ...section('What becomes of every statement', facts, view),
        '',
        view.style.bold('Importing'),
      ])
    },
    approve: async () => 'write',
    progressed(result, step, steps) {
      terminal.print([stepLine(result, step, steps, view)])
    },
    sessionsProgressed() {},
  }
}

function foldersLines(folders: SampleFolders, view: View): readonly string[] {
  const { home, repository, codexHome } = folders
  const rows = [
    ['what was there', join(home, '.claude')],
    ['', repository],
    ['what arrived', codexHome],
    ['', join(home, '.agents', 'skills')],
    ['', join(repository, '.codex')],
    ['', join(repository, '.agents', 'skills')],
  ] as const
  return section(
    'Have a look',
    rows.map(([label, path]) => `  ${pad(label, 16)}${escapeControls(path)}`),
    view,
  )
}

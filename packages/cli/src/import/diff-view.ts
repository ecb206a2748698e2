import { escapeControls, escapeControlsButTabs } from '../terminal/escape.js'
import type { Style } from '../terminal/style.js'
import { counted, shownPath, type View } from './view.js'
import type { PreviewFile } from './wire.js'

/** How much of a diff to show. */
export interface DiffViewOptions {
  /** Lines shown of each file at most; the rest is counted. */
  readonly linesPerFile?: number
}

/** The unified diff of every file of a plan, coloured, each under a heading that says what happens to the file. */
export function diffLines(files: readonly PreviewFile[], view: View, options: DiffViewOptions = {}): readonly string[] {
  return files.flatMap((file, index) => [...(index === 0 ? [] : ['']), ...fileLines(file, view, options)])
}

function fileLines(file: PreviewFile, view: View, options: DiffViewOptions): readonly string[] {
  const { style } = view
  const heading = `${style.bold(shownPath(file.path, view))} ${style.dim(statusWords[file.status])}`
  if (file.binary) return [heading, style.dim('  (not text: no diff)')]
  const lines = file.diff.split('\n').filter((line, index, all) => !(line === '' && index === all.length - 1))
  // The heading already names the file: the diff's own header, up to the first hunk, is left out.
  const body = lines.slice(
    Math.max(
      0,
      lines.findIndex((line) => line.startsWith('@@')),
    ),
  )
  const limit = options.linesPerFile ?? Number.POSITIVE_INFINITY
  const shown = body.slice(0, limit).map((line) => paintLine(line, style))
  const hidden = body.length - shown.length
  return [heading, ...shown, ...(hidden > 0 ? [style.dim(`  … ${counted(hidden, 'more line')}`)] : [])]
}

const statusWords: { readonly [status in PreviewFile['status']]: string } = {
  create: '(new file)',
  modify: '(changed)',
  replace: '(replaced)',
}

function paintLine(line: string, style: Style): string {
  const text = escapeControlsButTabs(line)
  if (text.startsWith('@@')) return style.cyan(escapeControls(line))
  if (text.startsWith('+')) return style.green(text)
  if (text.startsWith('-')) return style.red(text)
  return text
}

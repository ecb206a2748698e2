import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One import or re-export found in a source file. */
export interface SourceImport {
  /** Folder name below `packages/`. */
  readonly package: string
  /** Path below the package's `src`, `/` between parts. */
  readonly file: string
  readonly specifier: string
}

/** Every static and dynamic import in `packages/<name>/src` of all packages below `root`. Reads the disk. */
export function readSourceImports(root: string): SourceImport[] {
  return readdirSync(path.join(root, 'packages')).flatMap((name) => {
    const src = path.join(root, 'packages', name, 'src')
    return sourceFiles(src).flatMap((file) => {
      const text = readFileSync(path.join(src, file), 'utf8')
      return specifiersIn(text).map((specifier) => ({ package: name, file, specifier }))
    })
  })
}

/** Module specifiers in TypeScript text: `from '…'`, bare `import '…'`, and `import('…')`. Comments are left out. */
export function specifiersIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const forms = [/\bfrom\s*'([^']+)'/g, /\bfrom\s*"([^"]+)"/g, /\bimport\s*'([^']+)'/g, /\bimport\(\s*'([^']+)'\s*\)/g]
  return forms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1]!))
}

function sourceFiles(src: string): string[] {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(src, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort()
}

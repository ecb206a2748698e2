import path from 'node:path'
import type { SourceImport } from './source-imports.js'

/**
 * Import circles between files of one package, each as `a.ts → b.ts → a.ts`.
 *
 * Type-only imports count too: a circle of types is a circle in a reader's head.
 */
export function findCircles(imports: readonly SourceImport[]): string[] {
  const graph = fileGraph(imports)
  const circles: string[] = []
  const done = new Set<string>()
  for (const file of graph.keys()) visit(file, [], graph, done, circles)
  return circles
}

function visit(
  file: string,
  trail: string[],
  graph: Map<string, string[]>,
  done: Set<string>,
  circles: string[],
): void {
  const at = trail.indexOf(file)
  if (at >= 0) {
    circles.push([...trail.slice(at), file].join(' → '))
    return
  }
  if (done.has(file)) return
  for (const next of graph.get(file) ?? []) visit(next, [...trail, file], graph, done, circles)
  done.add(file)
}

function fileGraph(imports: readonly SourceImport[]): Map<string, string[]> {
  const graph = new Map<string, string[]>()
  for (const one of imports) {
    if (!one.specifier.startsWith('.')) continue
    const from = `${one.package}/${one.file}`
    const to = path.posix.join(path.posix.dirname(from), one.specifier).replace(/\.js$/, '.ts')
    graph.set(from, [...(graph.get(from) ?? []), to])
  }
  return graph
}

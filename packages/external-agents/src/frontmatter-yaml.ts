import type { Node } from 'yaml'

/** A value of front matter: text, nothing, a list or a table (without a prototype). */
export type FrontMatterValue =
  | string
  | null
  | readonly FrontMatterValue[]
  | { readonly [key: string]: FrontMatterValue }

/** What a reader of a block gives: lines count from 1 within the block. */
export interface ReadBlock {
  readonly entries: readonly { readonly key: string; readonly value: FrontMatterValue; readonly line: number }[]
  readonly problem?: string
}

/** How often aliases may repeat what they stand for. Front matter that needs more is a bomb. */
const MAX_ALIASES = 20

/** How deep tables and lists may nest. */
const MAX_DEPTH = 20

type Yaml = typeof import('./yaml-library.js')

let yaml: Yaml | undefined
let wanted = false

/** Loads the YAML library, for front matter that the line reader cannot take. May be called again. */
export async function loadYaml(): Promise<void> {
  yaml ??= await import('./yaml-library.js')
  wanted = false
}

/** Something was read tolerantly since, only because the YAML library was not loaded yet. */
export function yamlIsWanted(): boolean {
  return wanted
}

/** The block as YAML says it, or undefined when it is not YAML (or the library is not there yet). */
export function parseYamlBlock(block: string): ReadBlock | undefined {
  if (!yaml) {
    wanted = true
    return undefined
  }
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(block, { lineCounter: lines, logLevel: 'silent', merge: false, version: '1.2' })
  const map = document.contents
  if (document.errors.length > 0 || !yaml.isMap(map)) return undefined
  try {
    const reader = new ValueReader(yaml, (node) => (yaml!.isAlias(node) ? node.resolve(document) : node))
    return {
      entries: map.items.map((pair) => ({
        key: keyText(pair.key),
        value: reader.read(pair.value as Node | null, 0),
        line: lines.linePos((pair.key as Node | null)?.range?.[0] ?? 0).line,
      })),
    }
  } catch (error) {
    if (error instanceof NotReadable) return undefined
    throw error
  }
}

class NotReadable extends Error {}

class ValueReader {
  #aliases = 0

  constructor(
    readonly yaml: Yaml,
    readonly follow: (node: Node) => Node | undefined,
  ) {}

  /** Scalars as written where they are plain, so that `1.0` stays `1.0`. */
  read(node: Node | null | undefined, depth: number): FrontMatterValue {
    if (depth > MAX_DEPTH) throw new NotReadable('too deep')
    if (!node) return null
    if (this.yaml.isAlias(node)) {
      this.#aliases += 1
      if (this.#aliases > MAX_ALIASES) throw new NotReadable('too many aliases')
      const target = this.follow(node)
      if (!target) throw new NotReadable('an alias of nothing')
      return this.read(target, depth + 1)
    }
    if (this.yaml.isScalar(node)) return scalarText(node.value, node.source)
    if (this.yaml.isSeq(node)) return node.items.map((item) => this.read(item as Node | null, depth + 1))
    if (!this.yaml.isMap(node)) return null
    const table: { [key: string]: FrontMatterValue } = Object.create(null)
    for (const pair of node.items) table[keyText(pair.key)] = this.read(pair.value as Node | null, depth + 1)
    return table
  }
}

function scalarText(value: unknown, source: string | undefined): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : (source ?? String(value))
}

function keyText(key: unknown): string {
  const value = key !== null && typeof key === 'object' && 'value' in key ? key.value : key
  return String(value ?? '')
}

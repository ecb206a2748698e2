import { definitions } from '../bundle/definitions.gen.js'
import { jsonFiles } from '../bundle/json-files.js'
import { type BundleOptions, bundleOf } from '../bundle/messages.js'
import { typescriptFiles } from '../bundle/typescript-files.js'

export type { BundleOptions } from '../bundle/messages.js'

/**
 * The protocol as JSON Schema, draft 7: file name, such as `v2/ConfigReadParams.json`, to text.
 *
 * Holds the messages that are served. Loads no schema library and touches no disk.
 */
export function jsonSchemaBundle(options: BundleOptions = {}): Readonly<Record<string, string>> {
  return jsonFiles(bundleOf(definitions, options))
}

/** The protocol as TypeScript: file name, such as `v2/ConfigReadParams.ts`, to text. Holds the messages that are served. */
export function typescriptBundle(options: BundleOptions = {}): Readonly<Record<string, string>> {
  return typescriptFiles(bundleOf(definitions, options))
}

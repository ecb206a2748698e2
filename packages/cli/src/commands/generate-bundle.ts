import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import * as schema from '@gangway/protocol/schema'
import type { SchemaKind } from './app-server-arguments.js'

/** Which bundle of the protocol to write, and where. */
export interface GenerateRequest {
  readonly what: SchemaKind
  /** Folder, made when missing; files in it with the same names are replaced. */
  readonly out: string
  readonly experimental: boolean
}

/**
 * Writes the protocol's JSON Schema or TypeScript bundle.
 *
 * @returns how many files were written
 */
export async function generateBundle(request: GenerateRequest): Promise<number> {
  const options = { experimental: request.experimental }
  const files: { readonly [fileName: string]: string } =
    request.what === 'ts' ? schema.typescriptBundle(options) : schema.jsonSchemaBundle(options)
  for (const [fileName, text] of Object.entries(files)) {
    const path = join(resolve(request.out), fileName)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
  return Object.keys(files).length
}

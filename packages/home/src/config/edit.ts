import { isAbsolute, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { lockPathOf } from '../changes/apply.js'
import type { Table } from '../changes/change.js'
import { mergePatch, newTable, patchBetween } from '../data/table.js'
import { HomeError } from '../errors.js'
import { digestOf, readIfThere } from '../files/digest.js'
import { withLock } from '../files/lock.js'
import { throughLinks, writeFileAtomic } from '../files/write-atomic.js'
import type { HomeLayout } from '../layout.js'
import { editToml } from '../toml/edit.js'
import { ConfigWriteError, unreadableLayer } from './config-errors.js'
import { jsonForm, versionOf } from './json-form.js'
import { parseKeyPath } from './key-path.js'
import type { ConfigLayerMetadata } from './layer.js'
import { type LayerFile, layerOf } from './layer-file.js'
import { type ConfigEdit, editedConfig, valueAt } from './make-edits.js'
import { findFault } from './validate.js'

export interface WriteConfigOptions {
  readonly layout: HomeLayout
  readonly edits: readonly ConfigEdit[]
  /** Default: the user's config.toml, which is the only file that may be written. */
  readonly filePath?: string | null
  readonly expectedVersion?: string | null
  /** What `-c` said: a key that it sets stays overridden. */
  readonly overrides?: Table
}

/** What `config/value/write` and `config/batchWrite` answer. */
export interface ConfigWriteResult {
  readonly status: 'ok' | 'okOverridden'
  readonly version: string
  readonly filePath: string
  readonly overriddenMetadata: OverriddenMetadata | null
}

export interface OverriddenMetadata {
  readonly message: string
  readonly overridingLayer: ConfigLayerMetadata
  readonly effectiveValue: unknown
}

/** A configuration that we make is for its owner's eyes: it may come to hold secrets. Source: reference 0.169.0. */
const newFileMode = 0o600

/**
 * Writes to config.toml, all edits or none, keeping comments and layout. Takes the file's lock.
 *
 * @throws ConfigWriteError when refused; ConfigReadError when the file does not parse
 */
export async function writeConfig(options: WriteConfigOptions): Promise<ConfigWriteResult> {
  const { layout, filePath } = options
  const edits = options.edits.map((edit) => ({ ...edit, path: parseKeyPath(edit.keyPath) }))
  if (filePath && (!isAbsolute(filePath) || resolve(filePath) !== layout.configToml)) throw readOnly()
  const target = throughLinks(layout.configToml)
  return await withLock(lockPathOf(layout.locksDir, target), () => {
    const bytes = readIfThere(target)
    const before = parse(bytes?.toString('utf8'), layout.configToml)
    if (options.expectedVersion && options.expectedVersion !== before.version) throw versionConflict()
    const after = editedConfig(before.exact, edits)
    const fault = findFault(after)
    if (fault) throw new ConfigWriteError('configValidationError', `Invalid configuration: ${fault}`)
    const text = editOrRefuse(before, after, layout.configToml)
    if (bytes === undefined || text !== before.text) {
      const mode = bytes ? {} : { mode: newFileMode }
      writeFileAtomic(target, text, { expected: bytes ? digestOf(bytes) : null, durable: true, ...mode })
    }
    return resultOf(parse(text, layout.configToml).exact, edits, options)
  })
}

function parse(text: string | undefined, file: string): LayerFile {
  try {
    return layerOf(text, file)
  } catch (error) {
    throw unreadableLayer(error, false)
  }
}

function editOrRefuse(before: LayerFile, after: Table, file: string): string {
  try {
    return editToml(before.text ?? '', patchBetween(before.exact, after), file)
  } catch (error) {
    if (!(error instanceof HomeError)) throw error
    throw new ConfigWriteError('configValidationError', error.message, { cause: error })
  }
}

type ParsedEdit = ConfigEdit & { readonly path: readonly string[] }

function resultOf(
  after: Table,
  edits: readonly ParsedEdit[],
  { layout, overrides }: WriteConfigOptions,
): ConfigWriteResult {
  const overriddenMetadata = overrides ? overriding(after, edits, overrides) : null
  return {
    status: overriddenMetadata ? 'okOverridden' : 'ok',
    version: versionOf(after),
    filePath: layout.configToml,
    overriddenMetadata,
  }
}

/** The first edit whose value is not the one in force. */
function overriding(after: Table, edits: readonly ParsedEdit[], overrides: Table): OverriddenMetadata | null {
  const inForce = mergePatch(after, overrides) as Table
  for (const { path } of edits) {
    const effective = valueAt(inForce, path)
    if (isDeepStrictEqual(effective, valueAt(after, path))) continue
    return {
      message: 'Overridden by session flags',
      overridingLayer: { name: { type: 'sessionFlags' }, version: versionOf(overrides) },
      effectiveValue: jsonForm(Object.assign(newTable(), { value: effective })).value ?? null,
    }
  }
  return null
}

function readOnly(): ConfigWriteError {
  return new ConfigWriteError('configLayerReadonly', 'Only writes to the user config are allowed')
}

function versionConflict(): ConfigWriteError {
  return new ConfigWriteError(
    'configVersionConflict',
    'Configuration was modified since last read. Fetch latest version and retry.',
  )
}

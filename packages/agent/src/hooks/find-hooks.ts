import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConfigLayer } from '@gangway/home/editing'
import type { HomeLayout } from '@gangway/home/layout'
import type { FoundHooks } from './configured-hook.js'
import { type NamedHook, readGroups } from './read-groups.js'

type Members = { readonly [member: string]: unknown }

/** Where hooks are looked for. */
export interface HookPlaces {
  readonly layout: HomeLayout
  /** Absolute. Project layers between it and its repository's root count where they are trusted. */
  readonly cwd: string
  /** Dotted keys over the configuration. */
  readonly overrides: Readonly<Record<string, unknown>>
}

/**
 * The hooks of the home and of trusted projects: of `hooks.json` and of `hooks` in the configuration beside it.
 *
 * Reads the disk. A file that cannot be read is told, and the others count. Whether a hook is trusted is said by
 * `hooks.state` of the person's own configuration alone, never by a project's.
 *
 * @throws ConfigReadError when the configuration itself cannot be read
 */
export async function findHooks({ layout, cwd, overrides }: HookPlaces): Promise<FoundHooks> {
  const { nestOverrides, readConfigLayers } = await import('@gangway/home/editing')
  const { layers } = readConfigLayers({ layout, cwd, overrides: nestOverrides(overrides) })
  const warnings: string[] = []
  const errors: { path: string; message: string }[] = []
  const named: NamedHook[] = []
  for (const layer of layers.filter(({ disabledReason }) => disabledReason === undefined).toReversed()) {
    const { configFile, hooksFile, source } = placeOf(layer, layout)
    const fromFile = hooksFile === null ? undefined : await readHooksFile(hooksFile, errors)
    if (hooksFile !== null && fromFile) named.push(...readGroups(fromFile, { sourcePath: hooksFile, source }, warnings))
    const fromConfig = tableOf(layer.config.hooks)
    const ofConfig = readGroups(fromConfig, { sourcePath: configFile, source }, warnings)
    if (fromFile && ofConfig.length > 0) {
      warnings.push(
        `loading hooks from both ${hooksFile} and ${configFile}; prefer a single representation for this layer`,
      )
    }
    named.push(...ofConfig)
  }
  const states = statesOf(layers)
  const hooks = named.map((hook, displayOrder) => ({ ...hook, displayOrder, ...standingOf(hook, states) }))
  return { hooks, warnings, errors }
}

function placeOf({ name }: ConfigLayer, layout: HomeLayout) {
  switch (name.type) {
    case 'system':
      return { configFile: name.file, hooksFile: null, source: 'system' as const }
    case 'user':
      return { configFile: name.file, hooksFile: layout.hooksJson, source: 'user' as const }
    case 'project': {
      const folder = name.dotCodexFolder
      return {
        configFile: join(folder, 'config.toml'),
        hooksFile: join(folder, 'hooks.json'),
        source: 'project' as const,
      }
    }
    case 'sessionFlags':
      return { configFile: '<session-flags>/config.toml', hooksFile: null, source: 'sessionFlags' as const }
    default:
      return name satisfies never
  }
}

async function readHooksFile(path: string, errors: { path: string; message: string }[]): Promise<Members | undefined> {
  try {
    const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
    if (text.trim() === '') return undefined
    const file: unknown = JSON.parse(text)
    if (typeof file !== 'object' || file === null || Array.isArray(file)) throw new Error('it holds no object')
    const unknown = Object.keys(file).find((key) => key !== 'hooks' && key !== 'description')
    if (unknown !== undefined) throw new Error(`unknown field \`${unknown}\`, expected \`hooks\` or \`description\``)
    return tableOf((file as Members).hooks)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const message = error instanceof Error ? error.message : String(error)
    errors.push({ path, message: `failed to parse hooks config ${path}: ${message}` })
    return undefined
  }
}

function statesOf(layers: readonly ConfigLayer[]): Members {
  const own = layers.filter(({ name }) => name.type !== 'project').toReversed()
  return Object.assign({}, ...own.map(({ config }) => tableOf(tableOf(config.hooks).state))) as Members
}

function standingOf(hook: NamedHook, states: Members) {
  const state = tableOf(states[hook.key])
  const trusted = state.trusted_hash
  const trustStatus =
    trusted === hook.currentHash
      ? ('trusted' as const)
      : typeof trusted === 'string'
        ? ('modified' as const)
        : ('untrusted' as const)
  return { enabled: state.enabled !== false, trustStatus }
}

function tableOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {}
}

import { type HomeLayout, homeLayout } from '@gangway/home'
import {
  gitUrl,
  installPluginChanges,
  type Marketplace,
  type MarketplaceSource,
  type PluginConfig,
  PluginError,
  pluginConfigOf,
  pluginFolder,
  readMarketplace,
  readPlugin,
  registerMarketplace,
} from '@gangway/home/plugins'
import type { PluginArtifact } from '../artifact.js'
import type { ImportProblem } from '../fact.js'
import type { Kind, PlannedArtifact, Target, TargetView } from '../kind.js'
import { pluginProblem, problemOf } from '../problems.js'
import { planChanges, planSkipped } from './named-plan.js'
import { pluginCommandSkills } from './plugins-commands.js'
import { pluginFates } from './plugins-fates.js'

/**
 * Plugins: their marketplace is registered, their files are copied, and they are switched on. Those in folders are planned;
 * those in repositories come after the answer. Nothing of a plugin runs. Source: reference 0.169.0.
 */
export const pluginsKind: Kind<PluginArtifact> = {
  itemType: 'PLUGINS',

  describe: (sourceWords) => `Migrate enabled plugins from ${sourceWords}`,

  offer(artifacts, target, view) {
    if (target.place.kind === 'repo') return []
    const config = pluginConfigOf(view.toml(target.configToml))
    const names = new MarketplaceNames(view, config)
    return artifacts
      .filter((artifact) => !artifact.notTaken && names.isReachable(artifact))
      .map((artifact) => names.idOf(artifact))
      .filter((id) => !config.plugins.has(id))
  },

  plan(artifacts, target, view) {
    const config = pluginConfigOf(view.toml(target.configToml))
    const names = new MarketplaceNames(view, config)
    return artifacts.map((artifact) => planPlugin(artifact, { target, view, config, names }))
  },
}

interface Planning {
  readonly target: Target
  readonly view: TargetView
  readonly config: PluginConfig
  readonly names: MarketplaceNames
}

/** What marketplaces call themselves, looked up once. */
class MarketplaceNames {
  readonly #read = new Map<string, Marketplace | Error>()

  constructor(
    readonly view: TargetView,
    readonly config: PluginConfig,
  ) {}

  /** Whether there is something to try. */
  isReachable({ from }: PluginArtifact): boolean {
    if (!from) return false
    return from.type === 'folder' ? this.view.kindOf(from.path) === 'directory' : gitUrl(from.url) !== undefined
  }

  /** `plugin@marketplace`, by the name that the marketplace has itself where that is known. */
  idOf({ plugin, marketplace, from }: PluginArtifact): string {
    if (from?.type === 'folder') {
      const read = this.marketplace(from.path)
      return `${plugin}@${read instanceof Error ? marketplace : read.name}`
    }
    const known = [...this.config.marketplaces].find(([, source]) => source.type === 'git' && source.url === from?.url)
    return `${plugin}@${known?.[0] ?? marketplace}`
  }

  /** The marketplace in a folder, or why there is none. */
  marketplace(path: string): Marketplace | Error {
    const known = this.#read.get(path) ?? readOrError(path)
    this.#read.set(path, known)
    // Noted, so that detect sees when it changes.
    if (!(known instanceof Error)) this.view.text(known.path)
    return known
  }
}

function planPlugin(artifact: PluginArtifact, planning: Planning): PlannedArtifact {
  const { target, config, names } = planning
  const id = artifact.notTaken ? artifact.name : names.idOf(artifact)
  const layout = homeLayout(target.codexHome)
  const to = { name: id, path: pathOf(layout, id) }
  const named = (planned: PlannedArtifact): PlannedArtifact => ({ ...planned, source: artifact.name })
  if (artifact.notTaken) return planSkipped(artifact, to, artifact.notTaken)
  const { from } = artifact
  if (!from || !names.isReachable(artifact)) return named(unreachable(artifact, to))
  const fates = pluginFates(artifact, target.configToml, from.type === 'repository')
  if (config.plugins.has(id)) return named(planChanges(artifact, to, [], fates))
  if (from.type === 'repository') return named(later(artifact, to, from, fates))
  try {
    const marketplace = names.marketplace(from.path)
    if (marketplace instanceof Error) throw marketplace
    const offered = marketplace.plugins.find(({ name }) => name === artifact.plugin)
    if (!offered) {
      const message = `plugin \`${artifact.plugin}\` was not found in marketplace \`${marketplace.name}\``
      return named(failed(artifact, to, pluginProblem('plugin_not_found', message, artifact.name)))
    }
    if (offered.origin.type !== 'local') return named(later(artifact, to, from, fates))
    const source: MarketplaceSource = { type: 'local', path: from.path }
    assertSameSource(config, marketplace.name, source)
    const changes = installChanges(artifact.plugin, marketplace.name, offered.origin.path, layout, planning.view)
    const register = config.marketplaces.has(marketplace.name)
      ? []
      : [registerMarketplace(layout, marketplace.name, source)]
    return named(planChanges(artifact, to, [...register, ...changes], fates))
  } catch (error) {
    return named(failed(artifact, to, pluginFailure(error, artifact.name)))
  }
}

/** The changes that install a plugin from a folder. Reads the disk. @throws PluginError */
export function installChanges(
  plugin: string,
  marketplace: string,
  folder: string,
  layout: HomeLayout,
  view: Pick<TargetView, 'kindOf'>,
): ReturnType<typeof installPluginChanges> {
  const read = readPlugin(plugin, folder)
  const files = [...read.tree.files, ...pluginCommandSkills(folder, read)]
  const replace = view.kindOf(pluginFolder(layout, marketplace, plugin)) !== 'missing'
  const tree = { files, folders: read.tree.folders }
  return installPluginChanges(layout, { marketplace, plugin, version: read.version, tree, replace })
}

/** @throws PluginError when the name means another marketplace already. Source: reference 0.169.0, its message */
export function assertSameSource({ marketplaces }: PluginConfig, name: string, source: MarketplaceSource): void {
  const known = marketplaces.get(name)
  if (!known || isSame(known, source)) return
  throw new PluginError(
    'conflict',
    `marketplace '${name}' is already added from a different source; remove it before adding this source`,
  )
}

/** A failure of one plugin. Which kind of thing went wrong is told by ours. */
export function pluginFailure(error: unknown, id: string): ImportProblem {
  if (error instanceof PluginError) return pluginProblem(error.fault.replaceAll('-', '_'), error.message, id)
  const { subErrorType, message } = problemOf('PLUGINS', error)
  return pluginProblem(subErrorType, message, id)
}

function isSame(a: MarketplaceSource, b: MarketplaceSource): boolean {
  if (a.type === 'local') return b.type === 'local' && a.path === b.path
  return a.type === 'git' && b.type === 'git' && a.url === b.url && a.ref === b.ref
}

function readOrError(path: string): Marketplace | Error {
  try {
    return readMarketplace(path)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

interface At {
  readonly name: string
  readonly path: string
}

function unreachable(artifact: PluginArtifact, to: At): PlannedArtifact {
  const { marketplace, name, from } = artifact
  const message = `external agent plugin marketplace source was not found: ${marketplace}`
  const where =
    from && (from.type === 'folder' ? `${from.path} is no folder` : `${from.url} is not of https, http or ssh`)
  const reason = { code: 'no-marketplace-source', message: where ? `${message} (${where})` : message }
  const planned = planSkipped(artifact, to, reason)
  const whenChosen = pluginProblem('marketplace_not_found', message, name)
  return { ...planned, outcome: { type: 'skipped', reason, whenChosen } }
}

function later(
  artifact: PluginArtifact,
  to: At,
  from: NonNullable<PluginArtifact['from']>,
  fates: PlannedArtifact['fates'],
): PlannedArtifact {
  const { plugin, marketplace } = artifact
  return { ...planChanges(artifact, to, [], fates), outcome: { type: 'later', fetch: { plugin, marketplace, from } } }
}

function failed(artifact: PluginArtifact, to: At, problem: ImportProblem): PlannedArtifact {
  const { message, subErrorType } = problem
  const planned = planSkipped(artifact, to, { code: subErrorType.replaceAll('_', '-'), message })
  return { ...planned, outcome: { type: 'failed', problem } }
}

function pathOf(layout: HomeLayout, id: string): string {
  const at = id.lastIndexOf('@')
  return at > 0 ? pluginFolder(layout, id.slice(at + 1), id.slice(0, at)) : layout.configToml
}

import { lstatSync } from 'node:fs'
import type { Change, HomeLayout } from '@gangway/home'
import {
  type FetchOptions,
  fetchRepository,
  marketplaceRecordOf,
  type OpenedPlugin,
  openPlugin,
  readFetchedMarketplace,
  readPluginConfig,
} from '@gangway/home/plugin-store'
import {
  fetchedMarketplace,
  gitSource,
  keepMarketplace,
  type Marketplace,
  type MarketplaceSource,
  marketplaceLimits,
  pluginFolder,
  readMarketplace,
  readTree,
  registerMarketplace,
} from '@gangway/home/plugins'
import { applyPlan } from './apply.js'
import type { MarketplacePlace } from './artifact.js'
import { loadYaml, yamlIsWanted } from './frontmatter.js'
import type { ImportPlan, PlannedItem } from './import-plan.js'
import type { LaterFetch, PlannedArtifact } from './kind.js'
import { assertSameSource, installChanges, pluginFailure } from './kinds/plugins.js'
import { pluginProblem } from './problems.js'
import type { StepResult } from './wire.js'

/** What fetching plugins needs to know. */
export interface RemoteContext extends FetchOptions {
  readonly layout: HomeLayout
  /** Runs what writes when nothing else of this server writes to the home. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
}

interface Wanted {
  readonly artifact: PlannedArtifact
  readonly fetch: LaterFetch
}

/** The plugins of one marketplace, for one item of the request. */
interface Group {
  readonly item: PlannedItem
  readonly from: MarketplacePlace
  readonly wanted: readonly Wanted[]
}

/**
 * The plugins of an import that are in repositories: fetched one marketplace after the other, each plugin a success or a
 * failure of its own. What is written is part of the import, and undone with it.
 */
export class RemotePlugins {
  /** Undefined when there are none. */
  static of(plan: ImportPlan, context: RemoteContext): RemotePlugins | undefined {
    const groups = plan.items.flatMap(groupsOf)
    return groups.length > 0 ? new RemotePlugins(groups, context) : undefined
  }

  private constructor(
    readonly groups: readonly Group[],
    readonly context: RemoteContext,
  ) {}

  /**
   * Fetches and installs all of them, with one step for each marketplace. When `signal` stops it, the rest is reported as not
   * done. Writes to disk, starts `git`, runs nothing that was fetched. Never throws for one plugin.
   */
  async run(importId: string, signal: AbortSignal, onStep: (step: StepResult) => void): Promise<void> {
    for (const group of this.groups) {
      const step = await this.#bring(group, importId, signal)
      onStep(step)
    }
  }

  async #bring(group: Group, importId: string, signal: AbortSignal): Promise<StepResult> {
    const failedAll = (error: unknown) => group.wanted.map((one) => failed(one, error, signal))
    try {
      signal.throwIfAborted()
      return await this.#withMarketplace(group.from, signal, (found) => this.#install(group, found, importId, signal))
    } catch (error) {
      return this.#write(group, failedAll(error), importId, signal)
    }
  }

  /** Gives `use` a marketplace, fetched if it is not at hand, and clears up after it. */
  async #withMarketplace<T>(
    from: MarketplacePlace,
    signal: AbortSignal,
    use: (found: FoundMarketplace) => Promise<T>,
  ): Promise<T> {
    const { layout } = this.context
    if (from.type === 'folder') {
      const source: MarketplaceSource = { type: 'local', path: from.path }
      return await use({ marketplace: readMarketplace(from.path), source, keep: undefined })
    }
    const source = gitSource(from.url, from.ref)
    const atHand = [...readPluginConfig(layout).marketplaces].find(
      ([name, known]) =>
        known.type === 'git' &&
        known.url === source.url &&
        known.ref === source.ref &&
        isThere(fetchedMarketplace(layout, name)),
    )
    if (atHand) {
      return await use({ marketplace: readMarketplace(fetchedMarketplace(layout, atHand[0])), source, keep: undefined })
    }
    const fetched = await fetchRepository(layout, source, { ...this.context, signal })
    try {
      const marketplace = readFetchedMarketplace(fetched, source)
      const { name } = marketplace
      const record = marketplaceRecordOf(source, fetched.revision)
      const replace = isThere(fetchedMarketplace(layout, name))
      const keep = keepMarketplace(layout, name, readTree(fetched.folder, marketplaceLimits), record, replace)
      return await use({ marketplace, source, keep })
    } finally {
      fetched.remove()
    }
  }

  async #install(group: Group, found: FoundMarketplace, importId: string, signal: AbortSignal): Promise<StepResult> {
    const opened: OpenedPlugin[] = []
    try {
      const planned: PlannedArtifact[] = []
      for (const one of group.wanted) planned.push(await this.#planOne(one, found, signal, opened))
      return await this.#write(group, planned, importId, signal)
    } finally {
      for (const { close } of opened) close()
    }
  }

  async #planOne(
    one: Wanted,
    found: FoundMarketplace,
    signal: AbortSignal,
    opened: OpenedPlugin[],
  ): Promise<PlannedArtifact> {
    try {
      const { layout } = this.context
      assertSameSource(readPluginConfig(layout), found.marketplace.name, found.source)
      const offered = found.marketplace.plugins.find(({ name }) => name === one.fetch.plugin)
      if (!offered) {
        const message = `plugin \`${one.fetch.plugin}\` was not found in marketplace \`${found.marketplace.name}\``
        return withProblem(one, pluginProblem('plugin_not_found', message, one.artifact.source))
      }
      const plugin = await openPlugin(layout, offered, { ...this.context, signal })
      opened.push(plugin)
      return await this.#planned(one, found, plugin.folder)
    } catch (error) {
      return failed(one, error, signal)
    }
  }

  async #planned({ artifact, fetch }: Wanted, found: FoundMarketplace, folder: string): Promise<PlannedArtifact> {
    const { layout } = this.context
    const { name } = found.marketplace
    const view = { kindOf: (path: string) => (isThere(path) ? ('directory' as const) : ('missing' as const)) }
    const plan = () => installChanges(fetch.plugin, name, folder, layout, view)
    let install = plan()
    if (yamlIsWanted()) {
      await loadYaml()
      install = plan()
    }
    const isRegistered = readPluginConfig(layout).marketplaces.has(name)
    const register: Change[] = isRegistered ? [] : [registerMarketplace(layout, name, found.source)]
    const changes = [...(found.keep ? [found.keep] : []), ...register, ...install]
    const id = `${fetch.plugin}@${name}`
    const targetPath = pluginFolder(layout, name, fetch.plugin)
    return { ...artifact, name: id, target: id, targetPath, outcome: { type: 'change', changes } }
  }

  #write(
    { item }: Group,
    artifacts: readonly PlannedArtifact[],
    importId: string,
    signal: AbortSignal,
  ): Promise<StepResult> {
    const { layout, inTurn } = this.context
    const part: PlannedItem = { ...item, artifacts, notSelected: [], facts: [], problems: [] }
    return inTurn(async () => {
      const [step] = await applyPlan({ items: [part], warnings: [] }, { layout, importId, goesOn: true, signal })
      return step!
    })
  }
}

interface FoundMarketplace {
  readonly marketplace: Marketplace
  readonly source: MarketplaceSource
  /** What puts a fetched one where the home keeps it. */
  readonly keep: Change | undefined
}

function groupsOf(item: PlannedItem): Group[] {
  const groups = new Map<string, { from: MarketplacePlace; wanted: Wanted[] }>()
  for (const artifact of item.impossible ? [] : item.artifacts) {
    if (artifact.outcome.type !== 'later') continue
    const { fetch } = artifact.outcome
    const key = JSON.stringify(fetch.from)
    const group = groups.get(key) ?? { from: fetch.from, wanted: [] }
    group.wanted.push({ artifact, fetch })
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => ({ item, ...group }))
}

function failed(one: Wanted, error: unknown, signal: AbortSignal): PlannedArtifact {
  const id = one.artifact.source
  if (!signal.aborted) return withProblem(one, pluginFailure(error, id))
  return withProblem(one, pluginProblem('cancelled', `the import was stopped before ${id} was installed`, id))
}

function withProblem({ artifact }: Wanted, found: ReturnType<typeof pluginProblem>): PlannedArtifact {
  return { ...artifact, outcome: { type: 'failed', problem: found } }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

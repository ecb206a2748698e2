import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { RpcError, rpcCodes } from '@gangway/protocol'
import type { DetectedSessions } from './kinds/sessions/detect-sessions.js'
import type { SessionImports, SessionImportsOptions } from './kinds/sessions/session-imports.js'
import type { PlaceContext } from './place.js'
import { sources } from './registry.js'
import type { SessionConnector } from './session-source.js'
import type { Source } from './source.js'
import type { DetectParams, ImportProgress, MigrationItem, PreviewResult, StepResult } from './wire.js'

/** The conversations of one import. */
export interface ConversationsPart {
  /**
   * Brings them over, after those of imports before. When `signal` stops it, it ends at once and tells what was left.
   * Writes to disk. Never throws.
   */
  run(signal: AbortSignal, onStep: (step: StepResult, progress: ImportProgress['sessions']) => void): Promise<void>
}

/**
 * The conversations of every agent, as far as imports of one Codex home are about them. What reads and writes them is
 * loaded with the first request that needs it.
 */
export class Conversations {
  readonly #agents = new Map<string, Promise<SessionImports | undefined>>()
  /** Ends when the conversations that were asked for last have. Never rejects. */
  #last: Promise<void> = Promise.resolve()

  constructor(readonly options: SessionImportsOptions) {}

  /** What could be brought over. Never fails for what is on disk. @throws RpcError -32600 for a bad cursor or limit */
  async detect(
    params: DetectParams,
    context: PlaceContext,
    signal: AbortSignal,
  ): Promise<DetectedSessions | undefined> {
    if (!hasConversations(context)) return NOTHING
    const agent = await this.#of(context.source)
    try {
      return await agent?.detect(context, { ...params, marks: params.sessionMarks, signal })
    } catch (error) {
      if (error instanceof RangeError) throw new RpcError(rpcCodes.invalidRequest, `Invalid request: ${error.message}`)
      if (signal.aborted) throw error
      const message = `conversations cannot be looked for: ${error instanceof Error ? error.message : String(error)}`
      return { ...NOTHING, warnings: [{ path: null, message, line: null, column: null }] }
    }
  }

  /** `preview` with what would become of each conversation. */
  async preview(
    preview: PreviewResult,
    asked: readonly MigrationItem[],
    context: PlaceContext,
  ): Promise<PreviewResult> {
    if (!asked.some(isOfConversations)) return preview
    const agent = await this.#of(context.source)
    if (!agent) return preview
    const items = [...preview.items]
    for (const [index, item] of asked.entries()) {
      const shown = items[index]
      if (shown && isOfConversations(item))
        items[index] = { ...shown, artifacts: [...(await agent.preview(item, context))] }
    }
    return { ...preview, items }
  }

  /** Services that the conversations of the first agent have worked with. @throws what reading the ledger throws */
  async connectors(): Promise<readonly SessionConnector[]> {
    const [source] = sources
    const agent = source && (await this.#of(source))
    return agent?.connectors() ?? []
  }

  /** Takes the conversations of a request for one import: another one leaves them alone from now on. */
  async take(
    asked: readonly MigrationItem[],
    importId: string,
    context: PlaceContext,
  ): Promise<ConversationsPart | undefined> {
    const items = asked.filter(isOfConversations)
    const agent = items.length > 0 ? await this.#of(context.source) : undefined
    if (!agent) return undefined
    const takenByOthers = agent.take(items, importId, context)
    return {
      run: (signal, onStep) => {
        const before = this.#last
        const work = async () => {
          await Promise.race([before, aborted(signal)])
          await agent.import({ items, importId, takenByOthers, signal, onStep }, context)
        }
        const done = work()
        this.#last = Promise.allSettled([before, done]).then(() => {})
        return done
      },
    }
  }

  #of(source: Source): Promise<SessionImports | undefined> {
    const known = this.#agents.get(source.id)
    if (known) return known
    const loading = load(source, this.options)
    this.#agents.set(source.id, loading)
    return loading
  }
}

const NOTHING: DetectedSessions = { item: undefined, connectors: [], warnings: [], nextCursor: null }

function hasConversations({ source, userHome, env, cwd }: PlaceContext): boolean {
  if (source.sessionsFolder === undefined) return source.sessions !== undefined
  return existsSync(join(resolve(cwd, source.configDir('home', userHome, env)), source.sessionsFolder))
}

function isOfConversations({ itemType }: MigrationItem): boolean {
  return itemType === 'SESSIONS'
}

async function load(source: Source, options: SessionImportsOptions): Promise<SessionImports | undefined> {
  const sessions = await source.sessions?.()
  if (!sessions) return undefined
  const { SessionImports } = await import('./kinds/sessions/session-imports.js')
  return new SessionImports(sessions, source.id, options)
}

/** Resolves when `signal` has aborted. */
function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

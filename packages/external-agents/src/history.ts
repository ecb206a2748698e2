import { randomUUID } from 'node:crypto'
import { appendJsonLine, type HomeLayout, readJsonLines } from '@gangway/home'
import { RpcError, rpcCodes } from '@gangway/protocol'
import { isTable } from './merge-patch.js'
import type { HistoriesResult, ImportCompleted, ImportHistory, RecordHistoryParams } from './wire.js'

/** Adds an import that has ended. Writes to disk. */
export async function appendHistory(
  layout: HomeLayout,
  { importId, itemTypeResults }: Pick<ImportCompleted, 'importId' | 'itemTypeResults'>,
  providerId: string | null,
): Promise<void> {
  const entry: ImportHistory = {
    importId,
    providerId,
    completedAtMs: Date.now(),
    successes: itemTypeResults.flatMap(({ successes }) => successes),
    failures: itemTypeResults.flatMap(({ failures }) => failures),
  }
  await appendJsonLine(layout.importsHistory, entry)
}

/**
 * Every import of the home, newest first; of the same moment, by id. Lines that a crash cut short are left out; of an id
 * that stands twice the last line counts. Reads the disk.
 */
export function readHistories(layout: HomeLayout): HistoriesResult {
  const entries = new Map<string, ImportHistory>()
  for (const line of readJsonLines(layout.importsHistory)) if (isEntry(line)) entries.set(line.importId, line)
  const data = [...entries.values()].sort(
    (a, b) => b.completedAtMs - a.completedAtMs || (a.importId < b.importId ? -1 : 1),
  )
  return { data, connectors: [] }
}

/** Adds an import that somebody else made. Writes to disk. @throws RpcError -32600 naming the field that is wrong */
export async function recordHistory(layout: HomeLayout, params: RecordHistoryParams): Promise<{ importId: string }> {
  assertConsistent(params)
  const importId = randomUUID()
  const itemTypeResults = params.itemTypeResults.map(({ itemType, successes, failures }) => ({
    itemType,
    successes: successes.map((success) => ({ cwd: null, source: null, target: null, title: null, ...success })),
    failures: failures.map((failure) => ({ errorType: null, subErrorType: null, cwd: null, source: null, ...failure })),
  }))
  await appendHistory(layout, { importId, itemTypeResults }, params.providerId)
  return { importId }
}

function assertConsistent({ providerId, itemTypeResults }: RecordHistoryParams): void {
  if (providerId.trim() === '') throw refused('providerId must not be empty')
  const seen = new Set<string>()
  for (const [index, { itemType, successes, failures }] of itemTypeResults.entries()) {
    const group = `itemTypeResults[${index}]`
    if (seen.has(itemType)) throw refused(`${group}.itemType ${itemType} is there twice`)
    seen.add(itemType)
    for (const [list, records] of Object.entries({ successes, failures })) {
      const stranger = records.findIndex((record) => record.itemType !== itemType)
      if (stranger < 0) continue
      const found = records[stranger]!.itemType
      throw refused(`${group}.${list}[${stranger}].itemType is ${found}, expected ${itemType}`)
    }
  }
}

function refused(message: string): RpcError {
  return new RpcError(rpcCodes.invalidRequest, `Invalid request: ${message}`)
}

function isEntry(line: unknown): line is ImportHistory {
  return (
    isTable(line) &&
    typeof line.importId === 'string' &&
    typeof line.completedAtMs === 'number' &&
    Array.isArray(line.successes) &&
    Array.isArray(line.failures)
  )
}

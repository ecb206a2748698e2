import type { StoredTurn } from '@gangway/home'
import type { Turn } from '@gangway/protocol'

/** A thread's turns, a few at a time. */
export interface TurnSource {
  readonly turnIds: readonly string[]
  /** The turns from place `from` up to, not including, `to`, oldest first. */
  turns(
    from: number,
    to: number,
    options?: { readonly isLive?: boolean; readonly signal?: AbortSignal },
  ): Promise<StoredTurn[]>
}

/** Turns that are in memory. */
export function turnsInMemory(turns: readonly Turn[]): TurnSource {
  return {
    turnIds: turns.map(({ id }) => id),
    turns: async (from, to) => turns.slice(Math.max(0, from), Math.max(0, to)).map(asStored),
  }
}

/** Turns of a file, with the one under way as its engine has it: that is ahead of the file. */
export function withActiveTurn(stored: TurnSource, active: Turn | null): TurnSource {
  if (active === null) return stored
  const place = stored.turnIds.indexOf(active.id)
  const turnIds = place === -1 ? [...stored.turnIds, active.id] : stored.turnIds
  return {
    turnIds,
    async turns(from, to, options) {
      const read = await stored.turns(from, Math.min(to, stored.turnIds.length), { ...options, isLive: true })
      const turns = read.map((turn) => (turn.id === active.id ? asStored(active) : turn))
      const last = turnIds.length - 1
      return place === -1 && from <= last && to > last ? [...turns, asStored(active)] : turns
    },
  }
}

/** Turns of a whole file, with the one under way. */
export function withActive(stored: readonly StoredTurn[], active: Turn | null): StoredTurn[] {
  if (active === null) return [...stored]
  const others = stored.filter(({ id }) => id !== active.id)
  return [...others, asStored(active)]
}

/** Everything that an engine knows of turns in memory. */
export function turnsOfAgent({ turns, activeTurn }: { turns: readonly Turn[]; activeTurn: Turn | null }): Turn[] {
  const past = turns.filter(({ id }) => id !== activeTurn?.id)
  return (activeTurn ? [...past, activeTurn] : past).map((turn) => ({ ...turn, itemsView: 'full' }))
}

/** The home spells turns as the wire does. */
function asStored(turn: Turn): StoredTurn {
  return { ...turn, itemsView: 'full' } as unknown as StoredTurn
}

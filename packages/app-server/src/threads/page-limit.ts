const defaultLimit = 25
const maxLimit = 100

/** How many entries a page holds. Source: reference 0.169.0, for threads, turns and items. */
export function pageLimit(limit: number | null | undefined): number {
  return Math.min(Math.max(limit ?? defaultLimit, 1), maxLimit)
}

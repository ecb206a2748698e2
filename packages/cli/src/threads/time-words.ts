/** How long ago a time was, in at most ten columns: `now`, `5m ago`, `3h ago`, `2d ago`, else the day. Local time. */
export function agoWords(seconds: number, nowMs: number): string {
  const past = Math.floor(nowMs / 1000) - seconds
  if (past < 60) return past < -60 ? dayOf(seconds) : 'now'
  if (past < 3_600) return `${Math.floor(past / 60)}m ago`
  if (past < 86_400) return `${Math.floor(past / 3_600)}h ago`
  if (past < 7 * 86_400) return `${Math.floor(past / 86_400)}d ago`
  return dayOf(seconds)
}

/** A time to the minute, in universal time: `2026-01-31 17:05 UTC`. */
export function minuteOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function dayOf(seconds: number): string {
  const date = new Date(seconds * 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

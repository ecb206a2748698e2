/** `850 ms`, `12 s`, `3 min 5 s`. */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `950`, `12.3k`, `1.2M`. */
export function countWords(count: number): string {
  if (count < 1000) return String(count)
  return count < 1_000_000 ? `${(count / 1000).toFixed(1)}k` : `${(count / 1_000_000).toFixed(1)}M`
}

/** How long ago a time in seconds since 1970 was: `just now`, `5 min ago`, `3 h ago`, `2 days ago`, or its day. */
export function agoWords(seconds: number, nowMs: number): string {
  const minutes = Math.floor((nowMs / 1000 - seconds) / 60)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`
  const days = Math.floor(minutes / (24 * 60))
  if (days < 14) return days === 1 ? 'yesterday' : `${days} days ago`
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

/** A path below `home` with `~`. */
export function shortPath(path: string, home: string | undefined): string {
  return home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path
}

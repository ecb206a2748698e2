export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** `median (min-max)`, rounded for reading. */
export function spread(values) {
  const round = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))
  return `${round(median(values))} (${round(Math.min(...values))}-${round(Math.max(...values))})`
}

/** Median of reference divided by ours, pair by pair: over 1 means that we are faster, or smaller. */
export function ratio(theirs, ours) {
  return median(theirs.map((value, index) => value / ours[index])).toFixed(2)
}

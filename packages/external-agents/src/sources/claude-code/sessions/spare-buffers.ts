/** Bytes of a buffer for reading: large enough that calls cost nothing, small enough to stay in the processor's cache. */
export const BUFFER_BYTES = 256 * 1024

/** Buffers that are kept for the next reading: as many as one reading uses. */
const MOST_SPARE = 2

const spare: Buffer[] = []

/** A buffer of {@link BUFFER_BYTES} for as long as one reading takes. Its content is whatever it is. */
export function borrowBuffer(): Buffer {
  return spare.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES)
}

/** Gives a borrowed buffer back; it may not be used after that. */
export function returnBuffer(buffer: Buffer): void {
  if (spare.length < MOST_SPARE && !spare.includes(buffer)) spare.push(buffer)
}

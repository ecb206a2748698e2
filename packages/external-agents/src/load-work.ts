/** What comes after detect, which detect need not wait for. */
export type Work = Awaited<ReturnType<typeof loadWork>>

/** Loads it. */
export async function loadWork() {
  const work = await import('./import-work.js')
  return { ...work, digests: new work.FileDigests() }
}

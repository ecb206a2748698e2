/** What comes after detect, which detect need not wait for. */
export type Work = Awaited<ReturnType<typeof loadWork>>

/** Loads it. */
export async function loadWork() {
  const work = await import('./import-work.js')
  return {
    applyPlan: work.applyPlan,
    listJournals: work.listJournals,
    planDigest: work.planDigest,
    planImport: work.planImport,
    previewPlan: work.previewPlan,
    recoverJournals: work.recoverJournals,
    RemotePlugins: work.RemotePlugins,
    undoImport: work.undoImport,
    verifyImport: work.verifyImport,
    digests: new work.FileDigests(),
  }
}

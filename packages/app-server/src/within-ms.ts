/**
 * Waits for `work`, at most `timeoutMs`. `work` itself goes on, and its failure is the caller's when it comes in time.
 *
 * @returns whether it was done in time
 */
export async function withinMs(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, false)
  })
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer))
}

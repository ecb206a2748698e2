/** A promise that resolves after so many milliseconds, and what takes its timer back. */
export function lateAfter(ms: number): { readonly late: Promise<void>; readonly cancel: () => void } {
  let cancel = (): void => {}
  const late = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    cancel = () => clearTimeout(timer)
  })
  return { late, cancel }
}

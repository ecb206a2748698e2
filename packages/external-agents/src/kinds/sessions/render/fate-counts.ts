import { type RenderFate, type RenderReasonCode, type RenderReport, renderReasons } from './render-report.js'

/** Counts what became of each class of things. */
export class FateCounts {
  readonly #counts = new Map<string, number>()

  mapped(what: string): void {
    this.#add(what, 'mapped', '')
  }

  rewritten(what: string, code: RenderReasonCode): void {
    this.#add(what, 'rewritten', code)
  }

  dropped(what: string, code: RenderReasonCode): void {
    this.#add(what, 'dropped', code)
  }

  report(): RenderReport {
    return [...this.#counts].map(([key, count]) => {
      const [fate, code] = key.split(' ', 2) as [RenderFate, RenderReasonCode | '']
      const what = key.slice(fate.length + code.length + 2)
      return { what, fate, reason: code === '' ? null : { code, message: renderReasons[code] }, count }
    })
  }

  clear(): void {
    this.#counts.clear()
  }

  #add(what: string, fate: RenderFate, code: RenderReasonCode | ''): void {
    const key = `${fate} ${code} ${what}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }
}

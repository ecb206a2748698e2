import type { SessionReadReport } from '../../session.js'
import type { SessionFactCount } from '../../wire.js'
import type { RenderReport } from './render/index.js'

/** Records that are in the thread, in whatever form. */
const shown = new Set(['shown', 'note', 'before'])

const leftOut: { readonly [code: string]: string } = {
  meta: 'written by the program for the model, not part of the conversation',
  empty: 'there is nothing in it',
  duplicate: 'the log holds it twice',
  'other-branch': 'the conversation was taken back to before it',
  sidechain: 'the work of a helper agent, which has a thread of its own where it has a log of its own',
  garbage: 'it is no JSON',
  'too-large': 'a line that is too long to be held',
}

const repaired: { readonly [code: string]: string } = {
  'invalid-utf8': 'bytes that are no text became replacement characters',
  'byte-order-mark': 'a byte order mark was left out',
  'lone-surrogate': 'half characters became replacement characters',
  'missing-time': 'what has no time of its own has that of what stands before it',
  'missing-cwd': 'no record names a folder: the one that the log’s folder is named for, or the home',
  'missing-folder': 'the folder is gone; the thread still names it',
  'torn-line': 'the last line is cut short',
  'garbage-line': 'a line that is no JSON was passed over',
  'too-large': 'a line that is too long was passed over',
}

/** Counts what became of everything in the sessions of one import. */
export class SessionFacts {
  readonly #counts = new Map<string, SessionFactCount>()

  /** Adds one session. */
  add(read: SessionReadReport, rendered: RenderReport): void {
    for (const { what, fate, reason, count } of rendered) this.#add(what, fate, reason, count)
    for (const [code, count] of Object.entries(read.counts)) {
      if (shown.has(code)) continue
      const [kind] = code.split(':')
      const message = leftOut[code] ?? 'the program’s own bookkeeping'
      this.#add(`record:${code}`, 'dropped', { code: kind!, message }, count)
    }
    for (const { code, count } of read.repairs) {
      this.#add(`repair:${code}`, 'rewritten', { code, message: repaired[code] ?? code }, count)
    }
  }

  /** Sorted by what it is about. */
  list(): readonly SessionFactCount[] {
    return [...this.#counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
  }

  #add(what: string, fate: SessionFactCount['fate'], reason: SessionFactCount['reason'], count: number): void {
    if (count === 0) return
    const key = `${what} ${fate} ${reason?.code ?? ''}`
    const known = this.#counts.get(key)
    this.#counts.set(key, { what, fate, reason, count: count + (known?.count ?? 0) })
  }
}

/** Something that stands on the screen. */
export interface Section {
  /**
   * Its lines at this width, none of them wider. Asked at every paint: what has not changed is to be given back as it
   * was, and not made anew.
   */
  lines(width: number): readonly string[]
}

/** A key, or text that was pasted. */
export interface Key {
  /** `enter`, `escape`, `ctrl+c`, `shift+tab`, `y`, …; undefined for what has no name. */
  readonly name: string | undefined
  /** What the key would type; empty for a key that types nothing. Several lines when it was pasted. */
  readonly text: string
}

/** A word that completes what is being typed. */
export interface Completion {
  readonly value: string
  readonly label: string
  readonly description?: string
}

/** What completes the composer's words. */
export interface Completer {
  /** Commands: words behind `/` at the start. */
  readonly commands: readonly Completion[]
  /** Files whose path fits `query`, the best first. `signal` ends the wait. */
  files(query: string, signal: AbortSignal): Promise<readonly Completion[]>
}

/** The field that a person writes in. */
export interface Composer {
  readonly text: string
  setText(text: string): void
  /** Puts one more text on top of those that Up brings back. */
  remember(text: string): void
  /** Whether it is on the screen and takes keys. */
  setShown(shown: boolean): void
  setCompleter(completer: Completer): void
  /** Called with the whole text, pasted parts in full, when it is sent; the field is empty then. */
  onSubmit: (text: string) => void
}

/** The screen. The only door to the terminal: nothing else of the terminal UI writes to it or reads from it. */
export interface View {
  readonly columns: number
  readonly rows: number
  readonly composer: Composer
  /** Asked about every key first; true: it was for the one who was asked, and the composer never sees it. */
  onKey: (key: Key) => boolean
  /** @param above what stands above the composer @param below what stands below it */
  start(above: readonly Section[], below: readonly Section[]): void
  /** Paints soon: calls that come close together are one paint. */
  paint(): void
  /** Paints as soon as possible: for the answer to a key. */
  paintNow(): void
  /** Forgets what is on the screen and paints everything. */
  repaint(): void
  /** Leaves the terminal as it was found, with the cursor below what was shown. May be called twice. */
  stop(): void
}

import {
  type Component,
  decodeKittyPrintable,
  isKeyRelease,
  type Terminal as PiTerminal,
  ProcessTerminal,
  parseKey,
  TUI,
} from '@earendil-works/pi-tui'
import { PiComposer } from './pi-composer.js'
import type { Theme } from './theme.js'
import type { Key, Section, View } from './view.js'

/** Milliseconds between two paints that nobody's key asked for: thirty pictures a second read as motion. */
const frameMs = 33

// The library waits up to 16 ms before it paints; here that is decided by `paint` and `paintNow`.
Reflect.set(TUI, 'MIN_RENDER_INTERVAL_MS', 1)

/** What the view needs of a terminal. The process's own, or that of a test. */
export type ViewTerminal = PiTerminal

/** The terminal of this process. */
export function ownTerminal(): ViewTerminal {
  return new ProcessTerminal()
}

/** A view on a terminal. Nothing is written before `start`. */
export function createView(terminal: ViewTerminal, theme: Theme): View {
  return new PiView(terminal, theme)
}

class PiView implements View {
  readonly composer: PiComposer
  onKey: (key: Key) => boolean = () => false
  readonly #terminal: ViewTerminal
  readonly #tui: TUI
  #timer: NodeJS.Timeout | undefined
  #paintedAt = 0
  #isRunning = false

  constructor(terminal: ViewTerminal, theme: Theme) {
    this.#terminal = terminal
    this.#tui = new TUI(terminal, true)
    this.composer = new PiComposer(this.#tui, theme, () => this.paintNow())
  }

  get columns(): number {
    return this.#terminal.columns
  }

  get rows(): number {
    return this.#terminal.rows
  }

  start(above: readonly Section[], below: readonly Section[]): void {
    this.#isRunning = true
    for (const section of above) this.#tui.addChild(asComponent(section))
    this.#tui.addChild(this.composer.component)
    for (const section of below) this.#tui.addChild(asComponent(section))
    this.#tui.addInputListener((data) => {
      if (isKeyRelease(data)) return { consume: true }
      const taken = this.onKey(keyOf(data))
      this.paintNow()
      return taken ? { consume: true } : undefined
    })
    this.composer.setShown(true)
    this.#tui.start()
  }

  paint(): void {
    if (this.#timer !== undefined || !this.#isRunning) return
    const wait = Math.max(0, frameMs - (performance.now() - this.#paintedAt))
    this.#timer = setTimeout(() => this.paintNow(), wait)
  }

  paintNow(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#isRunning) return
    this.#paintedAt = performance.now()
    this.#tui.requestRender()
  }

  repaint(): void {
    if (this.#isRunning) this.#tui.requestRender(true)
  }

  stop(): void {
    if (!this.#isRunning) return
    this.#isRunning = false
    clearTimeout(this.#timer)
    this.#tui.stop()
  }
}

function asComponent(section: Section): Component {
  return { render: (width) => section.lines(width) as string[], invalidate() {} }
}

/** What a terminal puts around pasted text. */
const pasteStart = '\u001b[200~'
const pasteEnd = '\u001b[201~'

function keyOf(data: string): Key {
  if (data.startsWith(pasteStart) && data.endsWith(pasteEnd)) {
    return { name: undefined, text: data.slice(pasteStart.length, -pasteEnd.length) }
  }
  const name = parseKey(data)
  const types = decodeKittyPrintable(data) ?? (isTyped(data) ? data : '')
  return { name: name ?? (types === '' ? undefined : types), text: types }
}

function isTyped(data: string): boolean {
  const first = data.codePointAt(0) ?? 0
  return first >= 32 && first !== 127
}

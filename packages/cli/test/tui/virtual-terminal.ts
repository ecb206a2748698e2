import { setTimeout as delay } from 'node:timers/promises'
import headless from '@xterm/headless'
import type { ViewTerminal } from '../../src/tui/view/pi-view.js'

/** A terminal in memory: keys go in, and what a person would see comes out. */
export class VirtualTerminal implements ViewTerminal {
  readonly kittyProtocolActive = false
  /** Everything that was written to it. */
  written: string[] = []
  isStarted = false
  readonly #screen: InstanceType<typeof headless.Terminal>
  #onInput: (data: string) => void = () => {}
  #onResize: () => void = () => {}

  constructor(columns = 80, rows = 24) {
    this.#screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true })
  }

  get columns(): number {
    return this.#screen.cols
  }

  get rows(): number {
    return this.#screen.rows
  }

  start(onInput: (data: string) => void, onResize: () => void): void {
    this.isStarted = true
    this.#onInput = onInput
    this.#onResize = onResize
  }

  stop(): void {
    this.isStarted = false
  }

  async drainInput(): Promise<void> {}

  write(data: string): void {
    this.written.push(data)
    this.#screen.write(data)
  }

  moveBy(lines: number): void {
    if (lines !== 0) this.write(`\u001b[${Math.abs(lines)}${lines > 0 ? 'B' : 'A'}`)
  }

  hideCursor(): void {
    this.write('\u001b[?25l')
  }

  showCursor(): void {
    this.write('\u001b[?25h')
  }

  clearLine(): void {
    this.write('\u001b[K')
  }

  clearFromCursor(): void {
    this.write('\u001b[J')
  }

  clearScreen(): void {
    this.write('\u001b[2J\u001b[H')
  }

  setTitle(): void {}

  setProgress(): void {}

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows)
    this.#onResize()
  }

  /** Presses keys, one after the other: characters, or sequences such as `\r`. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.#onInput(key)
  }

  /** Types words, a key each. */
  type(text: string): void {
    this.press(...text)
  }

  /** The lines that are on the screen, without the spaces at their ends. */
  async lines(): Promise<readonly string[]> {
    await new Promise<void>((resolve) => {
      this.#screen.write('', resolve)
    })
    const buffer = this.#screen.buffer.active
    return Array.from(
      { length: this.rows },
      (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '',
    )
  }

  async text(): Promise<string> {
    return (await this.lines()).join('\n').trimEnd()
  }

  /** Resolves with the screen once it shows `wanted`. @throws with the screen when it does not within 4 s */
  async shows(wanted: string | RegExp): Promise<string> {
    return this.#until(wanted, true)
  }

  /** Resolves once the screen does not show `unwanted` any more. */
  async hides(unwanted: string | RegExp): Promise<string> {
    return this.#until(unwanted, false)
  }

  async #until(wanted: string | RegExp, isThere: boolean): Promise<string> {
    const deadline = performance.now() + 4_000
    for (;;) {
      const text = await this.text()
      if ((typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) === isThere) return text
      if (performance.now() > deadline)
        throw new Error(`${String(wanted)} ${isThere ? 'never came' : 'stayed'}:\n${text}`)
      await delay(5)
    }
  }
}

/** Keys by name. */
export const keys = {
  enter: '\r',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  tab: '\t',
  shiftEnter: '\u001b[13;2u',
  altEnter: '\u001b\r',
  backspace: '\u007f',
  ctrlC: '\u0003',
  ctrlD: '\u0004',
  ctrlO: '\u000f',
  pageDown: '\u001b[6~',
  paste: (text: string) => `\u001b[200~${text}\u001b[201~`,
} as const

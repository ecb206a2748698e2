import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

export interface TerminalOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly columns?: number
  readonly rows?: number
}

let opened = 0

/** A program in a terminal of its own, driven by keys and read by what its screen shows. Needs tmux. */
export class Terminal {
  readonly #socket = `gangway-${process.pid}-${opened++}`

  constructor(command: readonly string[], { cwd, env, columns = 130, rows = 45 }: TerminalOptions) {
    const words = ['env', '-i', ...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...command]
    const line = `${words.map(quoted).join(' ')}; echo "EXIT=$?"; sleep 600`
    const size = ['-x', String(columns), '-y', String(rows)]
    this.#tmux(['-f', '/dev/null', 'new-session', '-d', '-s', 'main', ...size, '-c', cwd, 'bash', '-c', line])
  }

  /** Presses keys by their tmux names, e.g. `Enter`, `Escape`. */
  press(...keys: readonly string[]): void {
    this.#tmux(['send-keys', '-t', 'main', ...keys])
  }

  /** Types words as they are. */
  type(text: string): void {
    this.#tmux(['send-keys', '-t', 'main', '-l', text])
  }

  /** Types a line and sends it, once the program has shown it. */
  async say(text: string): Promise<void> {
    this.type(text)
    await this.shows(text.replace(/^!/, '').slice(0, 30))
    // A burst of keys counts as pasted text, whose Enter is a new line.
    await delay(400)
    this.press('Enter')
  }

  screen(): string {
    return this.#tmux(['capture-pane', '-p', '-t', 'main']).replace(/\n+$/, '')
  }

  /** Everything since the start, what has scrolled away included. */
  history(): string {
    return this.#tmux(['capture-pane', '-p', '-S', '-', '-t', 'main'])
  }

  /** Waits until the screen shows it. @throws Error with the screen when it never does */
  async shows(wanted: string | RegExp, timeoutMs = 20_000): Promise<void> {
    const isThere = () => (typeof wanted === 'string' ? this.screen().includes(wanted) : wanted.test(this.screen()))
    const until = Date.now() + timeoutMs
    while (!isThere()) {
      if (Date.now() > until) throw new Error(`the screen never showed ${String(wanted)}:\n${this.screen()}`)
      await delay(80)
    }
  }

  /** Ends the program and the terminal. */
  [Symbol.dispose](): void {
    try {
      this.#tmux(['kill-server'])
    } catch {
      // It has ended by itself.
    }
  }

  #tmux(words: readonly string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

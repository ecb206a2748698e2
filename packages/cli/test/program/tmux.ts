import { execFile, execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { assertBundled, launcher } from './run-program.js'

/** Whether a pseudo-terminal can be had here. */
export const hasTmux = (() => {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** The built program in a terminal, by default of 100 columns and 45 rows. */
export interface TerminalRun extends AsyncDisposable {
  /** Resolves with the screen as soon as it shows `text`. @throws with the screen when it does not within 15 s */
  shows(text: string | RegExp): Promise<string>
  /** Types tmux key names: `Enter`, `Down`, `Space`, `C-c`, or text. */
  type(...keys: readonly string[]): Promise<void>
  /** Everything so far, lines that have scrolled away too. */
  everything(): Promise<string>
  /** The screen with its colour codes. */
  coloured(): Promise<string>
  resize(columns: number, rows: number): Promise<void>
  /** The process that runs in it. */
  processId(): Promise<number>
}

/** Starts the program in a terminal of its own. When it has ended, the screen shows `exit code N`. */
export async function runInTerminal(
  args: readonly string[],
  options: {
    readonly cwd: string
    readonly env: { readonly [name: string]: string }
    readonly columns?: number
    readonly rows?: number
    /** Runs in the shell after the program, before `exit code N` is shown. */
    readonly after?: string
  },
): Promise<TerminalRun> {
  assertBundled()
  const server = `gangway-test-${randomUUID()}`
  const tmux = async (...words: readonly string[]) =>
    (await promisify(execFile)('tmux', ['-L', server, '-f', '/dev/null', ...words])).stdout
  const env = Object.entries({ PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...options.env })
  const words = ['env', '-i', ...env.map(([name, value]) => `${name}=${value}`), 'TERM=screen-256color']
  const command = [...words, process.execPath, launcher, ...args].map(quoted).join(' ')
  // Ctrl-C goes to the shell, too, which must live to tell the exit code.
  const script = `trap : INT; ${command}; code=$?; ${options.after ?? ':'}; echo "exit code $code"; exec sleep 60`
  const size = ['-x', String(options.columns ?? 100), '-y', String(options.rows ?? 45)]
  await tmux('-u', 'new-session', '-d', '-s', 'main', ...size, '-c', options.cwd, `sh -c ${quoted(script)}`)
  const screen = () => tmux('capture-pane', '-p', '-t', 'main')
  return {
    async shows(text) {
      const deadline = Date.now() + 15_000
      for (;;) {
        const shown = await screen()
        if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) return shown
        if (Date.now() > deadline) throw new Error(`the terminal never showed ${String(text)}, but:\n${shown}`)
        await delay(30)
      }
    },
    async type(...keys) {
      await tmux('send-keys', '-t', 'main', ...keys)
    },
    everything: () => tmux('capture-pane', '-p', '-S', '-', '-t', 'main'),
    coloured: () => tmux('capture-pane', '-e', '-p', '-t', 'main'),
    async resize(columns, rows) {
      await tmux('resize-window', '-t', 'main', '-x', String(columns), '-y', String(rows))
    },
    async processId() {
      const shell = (await tmux('display-message', '-p', '-t', 'main', '#{pane_pid}')).trim()
      return Number((await promisify(execFile)('pgrep', ['-P', shell])).stdout.trim())
    },
    async [Symbol.asyncDispose]() {
      await tmux('kill-server').catch(() => {})
    },
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

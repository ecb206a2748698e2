import type { FateCounts } from './fate-counts.js'
import type { LineSink } from './line-sink.js'
import { cutText, wellFormed } from './plain-text.js'
import type { RenderLimits } from './render-options.js'
import { userResponse } from './response-items.js'
import { fileUrl } from './tool-view.js'
import type { TurnFrame } from './turn-frame.js'

/** What shell commands of the person are rendered with. */
interface ShellOptions {
  readonly threadId: string
  readonly cwd: string
  readonly limits: RenderLimits
}

/**
 * Commands that the person ran in a shell from within the conversation: the model was told of them, so they come over. The
 * log keeps command and output as notices that follow each other; the command waits for its output.
 *
 * Source: reference 0.169.0, docs/observations/imported-threads.md
 */
export class PersonShell {
  #waiting: { readonly command: string; readonly atMs: number; readonly output: string[] } | null = null
  #count = 0

  constructor(
    readonly options: ShellOptions,
    readonly sink: LineSink,
    readonly frame: TurnFrame,
    readonly fates: FateCounts,
  ) {}

  /** @returns whether the notice is of a command of the person */
  take(code: string, text: string): boolean {
    if (code === 'shell-command') {
      this.show()
      this.#waiting = { command: wellFormed(text), atMs: this.sink.clock.nowMs, output: [] }
    } else if (code === 'shell-output') {
      this.#waiting ??= { command: '', atMs: this.sink.clock.nowMs, output: [] }
      this.#waiting.output.push(wellFormed(text))
    } else return false
    this.fates.mapped(`note:${code}`)
    return true
  }

  /** Nothing more comes of the command that waits. */
  show(): void {
    if (!this.#waiting) return
    const { command, atMs, output } = this.#waiting
    this.#waiting = null
    const { threadId, cwd, limits } = this.options
    const { text, leftOut } = cutText(output.join('\n'), limits.maxToolOutputChars)
    if (leftOut > 0) this.fates.rewritten('note:shell-output', 'output-cut')
    const id = `shell-${atMs}-${++this.#count}`
    const turnId = this.frame.idFor(id)
    const told = `<command>\n${command}\n</command>\n<result>\n${text}\n</result>`
    userResponse(this.sink, `<user_shell_command>\n${told}\n</user_shell_command>`, [])
    this.sink.event({
      type: 'item_completed',
      thread_id: threadId,
      turn_id: turnId,
      item: {
        type: 'CommandExecution',
        id,
        command: ['bash', '-lc', command],
        cwd: fileUrl(cwd),
        parsed_cmd: [{ type: 'unknown', cmd: command }],
        source: 'user_shell',
        status: 'completed',
        aggregated_output: text,
        exit_code: null,
        duration: null,
      },
      started_at_ms: atMs,
      completed_at_ms: this.sink.clock.nowMs,
    })
  }
}

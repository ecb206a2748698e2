import { createStyle, wantsColour } from '../terminal/style.js'
import type { Terminal } from '../terminal/terminal.js'
import type { ExecRequest } from './exec-request.js'
import type { ExecView } from './exec-view.js'
import { HumanView } from './human-view.js'
import { JsonlView } from './jsonl-view.js'
import type { PromptInput } from './read-prompt.js'

/** The streams of a run. Tests pass their own. */
export interface ExecStreams {
  readonly input: PromptInput
  readonly output: { readonly isTerminal: boolean; write(text: string): void }
  readonly error: { readonly isTerminal: boolean; write(text: string): void }
}

/** The view that `--json` and `--color` ask for. */
export function chooseView({ json, color }: ExecRequest, { env }: Terminal, { output, error }: ExecStreams): ExecView {
  if (json) return new JsonlView((line) => output.write(`${line}\n`))
  const isColoured = color === 'always' || (color === 'auto' && wantsColour(env, error.isTerminal))
  return new HumanView({
    answer: (text) => output.write(text),
    line: (text) => error.write(`${text}\n`),
    style: createStyle(isColoured),
    isOneScreen: output.isTerminal && error.isTerminal,
  })
}

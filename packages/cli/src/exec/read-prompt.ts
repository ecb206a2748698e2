/** Where a prompt may come from besides the command line. */
export interface PromptInput {
  readonly isTerminal: boolean
  /** All of it, once it has ended. */
  read(): Promise<Uint8Array>
  /** Says what is being waited for. */
  tell(line: string): void
}

/** There is nothing to say to the agent: printed as it is, exit code 1. */
export class NoPromptError extends Error {
  override readonly name = 'NoPromptError'
}

/**
 * What to say to the agent. Written words are it; with `-`, or none, standard input is. With `appends`, what is piped in
 * goes behind the written words, in a block of its own.
 *
 * @throws NoPromptError when there are no words at all. Source: reference 0.169.0, docs/observations/exec.md
 */
export async function readPrompt(
  written: string | undefined,
  input: PromptInput,
  { appends }: { readonly appends: boolean },
): Promise<string> {
  if (written !== undefined && written !== '-') {
    if (!appends || input.isTerminal) return written
    input.tell('Reading additional input from stdin...')
    const piped = textOf(await input.read())
    return piped.trim() === '' ? written : `${written}\n\n<stdin>\n${piped}${piped.endsWith('\n') ? '' : '\n'}</stdin>`
  }
  if (written === undefined) {
    if (input.isTerminal)
      throw new NoPromptError('No prompt provided. Either specify one as an argument or pipe the prompt into stdin.')
    input.tell('Reading prompt from stdin...')
  }
  const text = textOf(await input.read())
  if (text.trim() === '') throw new NoPromptError('No prompt provided via stdin.')
  return text
}

/** @throws NoPromptError for what is no text */
function textOf(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new NoPromptError(`Standard input is not valid ${encoding.toUpperCase()} text.`, { cause })
  }
}

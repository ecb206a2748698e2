import { bytesOfBase64 } from '../files/base64.js'
import { invalidParams, invalidRequest } from '../refusals.js'
import type { ClientProcess } from './client-processes.js'
import { checkSize } from './start.js'

/** What a client writes to a process. */
interface Input {
  readonly deltaBase64?: string | null | undefined
  readonly closeStdin?: boolean | undefined
}

/** Writes it, and closes the input where it is asked to. Source: reference 0.169.0, every refusal. */
export async function writeInput(method: string, { running, takesInput }: ClientProcess, input: Input): Promise<void> {
  const { deltaBase64, closeStdin } = input
  if ((deltaBase64 === null || deltaBase64 === undefined) && closeStdin !== true) {
    throw invalidParams(`${method} requires deltaBase64 or closeStdin`)
  }
  if (!takesInput) throw invalidRequest('stdin streaming is not enabled for this process')
  const bytes = bytesOf(deltaBase64 ?? '')
  if (bytes.length > 0) await running.write(bytes)
  if (closeStdin === true) running.closeStdin()
}

/** Gives its terminal another size. Source: reference 0.169.0, every refusal. */
export function resizeTerminal(
  method: string,
  { running, hasTerminal }: ClientProcess,
  size: { readonly cols: number; readonly rows: number },
): void {
  checkSize(method, size)
  if (!hasTerminal) throw invalidRequest('failed to resize PTY: process is not attached to a PTY')
  running.resize(size)
}

function bytesOf(text: string): Buffer {
  try {
    return bytesOfBase64(text)
  } catch (error) {
    throw invalidParams(`invalid deltaBase64: ${(error as Error).message}`)
  }
}

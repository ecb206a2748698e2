import { randomBytes } from 'node:crypto'
import type { CappedOutput } from '../../process/capped-output.js'

/** What a model is told of a command at one moment. */
export interface OutputReport {
  readonly wallTimeMs: number
  /** Null while it runs. */
  readonly exitCode: number | null
  /** By which it is written to while it runs. */
  readonly sessionId: number
  /** What it wrote since the last report. */
  readonly output: CappedOutput
  readonly maxTokens: number
}

/** As model servers count roughly. */
const bytesPerToken = 4

/** The text for the model. Source: reference 0.169.0. */
export function outputText(report: OutputReport): string {
  const { wallTimeMs, exitCode, sessionId, output, maxTokens } = report
  const tokens = Math.ceil((output.size + output.droppedBytes) / bytesPerToken)
  return [
    `Chunk ID: ${randomBytes(3).toString('hex')}`,
    `Wall time: ${(wallTimeMs / 1_000).toFixed(4)} seconds`,
    exitCode === null ? `Process running with session ID ${sessionId}` : `Process exited with code ${exitCode}`,
    `Original token count: ${tokens}`,
    'Output:',
    truncated(output, tokens, maxTokens),
  ].join('\n')
}

function truncated(output: CappedOutput, tokens: number, maxTokens: number): string {
  if (tokens <= maxTokens && output.droppedBytes === 0) return output.text()
  const [head, tail] = output.parts()
  const bytes = Buffer.from(head + tail)
  const half = Math.floor((Math.min(maxTokens, tokens) * bytesPerToken) / 2)
  const first = whole(bytes.subarray(0, half))
  const last = whole(bytes.subarray(Math.max(half, bytes.length - half)))
  const lines = head.split('\n').length + tail.split('\n').length - 2
  const count = output.droppedBytes === 0 ? lines : `more than ${lines}`
  return [
    `Warning: truncated output (original token count: ${tokens})`,
    `Total output lines: ${count}`,
    '',
    `${first}…${Math.max(0, tokens - maxTokens)} tokens truncated…${last}`,
  ].join('\n')
}

/** Without the halves of characters at both ends. */
const whole = (bytes: Buffer) => bytes.toString('utf8').replace(/^\uFFFD+|\uFFFD+$/g, '')

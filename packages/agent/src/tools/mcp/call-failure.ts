/** A failed call, in the reference's words. Source: reference 0.169.0 */
export function callFailure(error: unknown, server: string, tool: string, timeoutMs: number): Error {
  return new Error(
    `tool call error: tool call failed for \`${server}/${tool}\`\n\nCaused by:\n    ${causeOf(error, timeoutMs)}`,
    { cause: error },
  )
}

function causeOf(error: unknown, timeoutMs: number): string {
  const code = (error as { readonly code?: unknown } | null)?.code
  if (code === 'REQUEST_TIMEOUT') return `timed out awaiting tools/call after ${timeoutMs / 1_000}s`
  if (code === 'CONNECTION_CLOSED' || code === 'NOT_CONNECTED') return 'Transport closed'
  const message = error instanceof Error ? error.message : String(error)
  return typeof code === 'number' ? `Mcp error: ${code}: ${message}` : message
}

import { spawn } from 'node:child_process'

/** A program to be started. */
export interface ServerProgram {
  readonly command: string
  readonly args: readonly string[]
  readonly env: { readonly [name: string]: string | undefined }
  readonly cwd: string
}

/** Milliseconds that a server gets for its first answer. Some fetch themselves from a registry first. */
const answerMs = 10_000
/** Milliseconds between asking a group of processes to end and ending it. */
const graceMs = 500
const maxAnswerBytes = 1024 * 1024

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'gangway-verify', version: '0.1.0' } },
}

/** Starts a server, waits for its answer to `initialize`, and ends it with all that it started. Gives why it did not answer, if so. */
export async function startsOverStdio(program: ServerProgram, signal?: AbortSignal): Promise<string | undefined> {
  const { command, args, env, cwd } = program
  const child = spawn(command, [...args], { env, cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  const timer = new AbortController()
  const ends = [timer.signal, ...(signal ? [signal] : [])]
  const guard = setTimeout(() => timer.abort(), answerMs)
  let complaint = ''
  child.stderr.on('data', (bytes: Buffer) => {
    complaint = (complaint + bytes.toString()).slice(-2_000)
  })
  try {
    return await new Promise((resolve) => {
      let text = ''
      child.stdin.on('error', () => {})
      child.on('error', (error) => resolve(error.message))
      child.on('exit', (code, by) => resolve(`it ended at once (${by ?? `exit code ${code}`})${said(complaint)}`))
      child.stdout.on('data', (bytes: Buffer) => {
        text += bytes.toString()
        if (text.split('\n').some(isAnswer)) resolve(undefined)
        else if (text.length > maxAnswerBytes) resolve('it says something else than an MCP server')
      })
      for (const end of ends) {
        end.addEventListener('abort', () => resolve(`it gave no answer in ${answerMs / 1000} s${said(complaint)}`), {
          once: true,
        })
      }
      child.stdin.write(`${JSON.stringify(initialize)}\n`)
    })
  } finally {
    clearTimeout(guard)
    await endGroup(child.pid)
    child.stdin.destroy()
    child.stdout.destroy()
    child.stderr.destroy()
  }
}

/** Whether a server over HTTP answers to `initialize`: `yes`, `sign-in`, or why not. */
export async function answersHttp(
  url: string,
  headers: { readonly [name: string]: string },
  signal?: AbortSignal,
): Promise<string> {
  const timeout = AbortSignal.timeout(answerMs)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(initialize),
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    })
    await response.body?.cancel()
    if (response.ok) return 'yes'
    return response.status === 401 || response.status === 403
      ? 'sign-in'
      : `${url} answers with status ${response.status}`
  } catch (error) {
    if (timeout.aborted) return `${url} gave no answer in ${answerMs / 1000} s`
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return `${url} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`
  }
}

function isAnswer(line: string): boolean {
  try {
    const answer: unknown = JSON.parse(line)
    return typeof answer === 'object' && answer !== null && 'id' in answer && answer.id === 1 && 'result' in answer
  } catch {
    return false
  }
}

function said(complaint: string): string {
  const last = complaint.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
  return last === '' ? '' : `: ${last}`
}

/** Ends a process and all that it has started. */
async function endGroup(pid: number | undefined): Promise<void> {
  if (pid === undefined || !signalGroup(pid, 'SIGTERM')) return
  const until = performance.now() + graceMs
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (!signalGroup(pid, 0)) return
  }
  signalGroup(pid, 'SIGKILL')
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    return false
  }
}

import { spawn } from 'node:child_process'
import { PluginError } from './plugin-error.js'

export interface GitOptions {
  /** What git sees of the environment, but for what would make it ask, or work elsewhere. */
  readonly env: { readonly [name: string]: string | undefined }
  /** Ends the program, and what it has started. In milliseconds. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Looked at now and then; what it throws ends the program. */
  readonly check?: () => void
}

/** Nothing that a repository brings is run, nobody is asked, and only these protocols are spoken. */
const settings = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.autocrlf=false',
  'core.askPass=',
  'credential.interactive=false',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.allow=never',
  'protocol.http.allow=always',
  'protocol.https.allow=always',
  'protocol.ssh.allow=always',
].flatMap((setting) => ['-c', setting])

/** What could lead git to another repository, or to run something. */
const unwanted =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_.*|COMMON_DIR|NAMESPACE|EXTERNAL_DIFF|EDITOR|SEQUENCE_EDITOR|PAGER|TEMPLATE_DIR|TRACE.*|CONFIG_PARAMETERS|PROXY_COMMAND)$/

/** How much of what a program says is kept. */
const maxOutput = 64 * 1024

/** How often to look whether it may go on, in milliseconds. */
const checkEveryMs = 250

/**
 * Runs `git` and gives what it wrote to its standard output. Starts a program, in a group of its own, which is ended with it.
 *
 * @throws PluginError `git` or `time-out`; the reason of `signal`; what `check` throws
 */
export function runGit(args: readonly string[], options: GitOptions): Promise<string> {
  const { timeoutMs, signal, check } = options
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...settings, ...args], {
      env: environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    const output = collect(child.stdout)
    const errors = collect(child.stderr)
    let reason: unknown
    const end = (why: unknown) => {
      reason ??= why
      killGroup(child.pid)
    }
    const timer = setTimeout(() => end(timedOut(args, timeoutMs)), timeoutMs)
    const watch = check && setInterval(() => attempt(check, end), checkEveryMs)
    const onAbort = () => end(signal?.reason)
    signal?.addEventListener('abort', onAbort, { once: true })
    const settle = (act: () => void) => {
      clearTimeout(timer)
      clearInterval(watch)
      signal?.removeEventListener('abort', onAbort)
      act()
    }
    child.once('error', (cause) => settle(() => reject(notStarted(cause))))
    child.once('close', (code) =>
      settle(() => {
        if (reason !== undefined) reject(reason)
        else if (code === 0) resolve(output())
        else reject(failed(args, code, errors()))
      }),
    )
  })
}

function environment(env: GitOptions['env']): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !unwanted.test(name))
  return {
    ...Object.fromEntries(kept),
    GIT_ALLOW_PROTOCOL: 'http:https:ssh',
    GIT_ASKPASS: '',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_SSH_COMMAND: env.GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes -o ConnectTimeout=15',
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    LC_ALL: 'C',
  }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    if (length >= maxOutput) return
    chunks.push(chunk.subarray(0, maxOutput - length))
    length += chunk.length
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

function attempt(act: () => void, fail: (error: unknown) => void): void {
  try {
    act()
  } catch (error) {
    fail(error)
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

function timedOut(args: readonly string[], timeoutMs: number): PluginError {
  return new PluginError('time-out', `git ${verbOf(args)} took longer than ${timeoutMs / 1000} s`)
}

function notStarted(cause: NodeJS.ErrnoException): PluginError {
  const message = cause.code === 'ENOENT' ? 'git is not installed' : `git cannot be started: ${cause.message}`
  return new PluginError('git', message, { cause })
}

/** One line that says why; the rest is kept apart, for it holds paths of ours. */
function failed(args: readonly string[], code: number | null, details: string): PluginError {
  const lines = details.split(/\r?\n/).map((line) => line.trim())
  const telling = lines.find((line) => line.startsWith('fatal: ')) ?? lines.findLast((line) => line !== '') ?? ''
  const why = withoutPasswords(telling.replace(/^(?:fatal|error): /, ''))
  const status = code === null ? 'was ended' : `failed with exit status ${code}`
  return new PluginError('git', `git ${verbOf(args)} ${status}${why === '' ? '' : `: ${why.slice(0, 300)}`}`, {
    details: withoutPasswords(details),
  })
}

function withoutPasswords(text: string): string {
  return text.replace(/(\w+:\/\/)[^/@\s]*@/g, '$1')
}

function verbOf(args: readonly string[]): string {
  return args.find((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-C') ?? ''
}

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { StartThreadOptions } from '../agent-thread.js'

type Payload = { readonly [member: string]: unknown }

/** The payload of a thread's first line. Asks git where the folder is one of its. */
export async function sessionMeta(options: StartThreadOptions, startedAt: Date): Promise<Payload> {
  const { threadId, settings, originator, source, threadSource, forkedFromId, host } = options
  const git = await gitOf(settings.cwd)
  return {
    id: threadId,
    session_id: threadId,
    timestamp: startedAt.toISOString(),
    cwd: settings.cwd,
    runtime_workspace_roots: settings.workspaceRoots,
    originator,
    cli_version: host.version,
    source,
    ...(threadSource === null ? {} : { thread_source: threadSource }),
    model_provider: settings.modelProvider,
    ...(settings.baseInstructions === null ? {} : { base_instructions: { text: settings.baseInstructions } }),
    history_mode: 'legacy',
    ...(forkedFromId === null ? {} : { forked_from_id: forkedFromId }),
    ...(git === undefined ? {} : { git }),
  }
}

const run = promisify(execFile)
/** Longer than git ever takes for these; a hanging file system is not waited for. */
const timeoutMs = 1_000

async function gitOf(cwd: string): Promise<Payload | undefined> {
  const ask = async (...words: string[]) => {
    const { stdout } = await run('git', ['-C', cwd, ...words], { timeout: timeoutMs, windowsHide: true })
    return stdout.trim()
  }
  const [hash, branch, url] = await Promise.all([
    ask('rev-parse', 'HEAD').catch(() => ''),
    ask('symbolic-ref', '--short', 'HEAD').catch(() => ''),
    ask('remote', 'get-url', 'origin').catch(() => ''),
  ])
  if (hash === '' && branch === '') return undefined
  return {
    ...(hash === '' ? {} : { commit_hash: hash }),
    ...(branch === '' ? {} : { branch }),
    ...(url === '' ? {} : { repository_url: url }),
  }
}

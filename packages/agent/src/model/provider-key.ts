import { execFile } from 'node:child_process'
import { RpcError, rpcCodes } from '@gangway/protocol'
import { isTable, type ProviderTable, textOf } from './provider-table.js'

/** Where a key that one signed in with is kept. */
export interface SignIn {
  /** The key, read anew each time; undefined when nobody has signed in with one. May read the disk. */
  apiKey(): string | undefined | Promise<string | undefined>
}

/** How long a command that prints a key may take, and how long its key is good for. Source: reference 0.169.0. */
const commandTimeoutMs = 5_000
const commandKeyMs = 300_000

/** How the key of this provider is found; see `ModelProvider.apiKey`. */
export function keySource(
  id: string,
  table: ProviderTable,
  env: { readonly [name: string]: string | undefined },
  auth: SignIn,
): () => Promise<string | undefined> {
  const variable = textOf(table.env_key)
  const written = textOf(table.experimental_bearer_token)
  if (isTable(table.auth)) return keyOfCommand(id, table.auth, env)
  return async () => {
    if (variable !== undefined)
      return textOf(env[variable]) ?? missingVariable(variable, textOf(table.env_key_instructions))
    if (written !== undefined) return written
    if (table.requires_openai_auth !== true) return undefined
    const key = textOf(env.CODEX_API_KEY) ?? textOf(await auth.apiKey()) ?? textOf(env.OPENAI_API_KEY)
    if (key !== undefined) return key
    throw refusal(
      `No key for model provider \`${id}\`: set OPENAI_API_KEY, or sign in with a key (account/login/start)`,
    )
  }
}

// Source: reference 0.169.0, words of the refusal.
function missingVariable(variable: string, instructions: string | undefined): never {
  throw refusal(`Missing environment variable: \`${variable}\`.${instructions === undefined ? '' : ` ${instructions}`}`)
}

/** The key is what the command prints; it is asked again when its key has grown old. */
function keyOfCommand(
  id: string,
  table: Readonly<Record<string, unknown>>,
  env: { readonly [name: string]: string | undefined },
): () => Promise<string> {
  const command = textOf(table.command)
  const args = Array.isArray(table.args) ? table.args.map(String) : []
  const refreshMs = typeof table.refresh_interval_ms === 'number' ? table.refresh_interval_ms : commandKeyMs
  let known: { readonly key: string; readonly untilMs: number } | undefined
  let asking: Promise<string> | undefined

  async function ask(): Promise<string> {
    if (command === undefined) throw refusal(`Model provider \`${id}\`: model_providers.${id}.auth.command is not set`)
    const timeout = typeof table.timeout_ms === 'number' ? table.timeout_ms : commandTimeoutMs
    const printed = await run(command, args, { timeout, env, cwd: textOf(table.cwd) }).catch((error: Error) => {
      throw refusal(`Model provider \`${id}\`: its auth command \`${command}\` failed: ${reasonOf(error)}`, error)
    })
    const key = textOf(printed)
    if (key === undefined) throw refusal(`Model provider \`${id}\`: its auth command \`${command}\` printed no key`)
    known = { key, untilMs: Date.now() + refreshMs }
    return key
  }

  return async () => {
    if (known !== undefined && Date.now() < known.untilMs) return known.key
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }
}

function run(
  command: string,
  args: readonly string[],
  options: {
    readonly timeout: number
    readonly env: { readonly [name: string]: string | undefined }
    readonly cwd: string | undefined
  },
): Promise<string> {
  const { cwd, ...rest } = options
  return new Promise((resolve, reject) => {
    execFile(command, [...args], { ...rest, ...(cwd !== undefined && { cwd }) }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    )
  })
}

/** What went wrong, without what the command printed: that may be half a key. */
function reasonOf(error: Error & { readonly killed?: boolean; readonly code?: unknown }): string {
  if (error.killed === true) return 'it took too long'
  return typeof error.code === 'number' ? `exit code ${error.code}` : String(error.code ?? error.name)
}

function refusal(message: string, cause?: unknown): RpcError {
  return new RpcError(rpcCodes.invalidRequest, message, undefined, cause === undefined ? undefined : { cause })
}

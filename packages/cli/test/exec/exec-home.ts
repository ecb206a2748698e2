import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ModelServer, type ModelServerOptions, startModelServer } from '@gangway/testkit'
import { type ProgramOptions, type ProgramRun, runProgram } from '../program/run-program.js'
import { type TemporaryFolder, temporaryFolder } from '../program/temporary-folder.js'

/** A Codex home whose model is scripted, a repository to work in, and the program over both. */
export interface ExecHome extends AsyncDisposable {
  readonly folder: TemporaryFolder
  readonly model: ModelServer
  readonly repository: string
  readonly env: { readonly [name: string]: string }
  /** Runs `gangway exec` in the repository, with nothing on standard input unless it is given. */
  exec(args: readonly string[], options?: ProgramOptions): Promise<ProgramRun>
}

/** A configuration whose model is at `url`. */
export function configFor(url: string, retries = 0): string {
  return [
    'model = "gpt-5.5"',
    'model_provider = "mock"',
    '[model_providers.mock]',
    'name = "Mock"',
    `base_url = "${url}"`,
    'wire_api = "responses"',
    'requires_openai_auth = false',
    'request_max_retries = 0',
    `stream_max_retries = ${retries}`,
    '',
  ].join('\n')
}

/** @param options.retries of a broken stream. Default 0 */
export async function execHome(options: ModelServerOptions & { readonly retries?: number } = {}): Promise<ExecHome> {
  const folder = await temporaryFolder()
  const model = await startModelServer(options)
  const repository = join(folder.path, 'repository')
  await mkdir(join(folder.path, 'user'))
  await folder.write({ 'home/config.toml': configFor(model.url, options.retries) })
  execFileSync('git', ['init', '-q', '-b', 'main', repository])
  const env = { HOME: join(folder.path, 'user'), CODEX_HOME: join(folder.path, 'home') }
  return {
    folder,
    model,
    repository,
    env,
    exec: (args, how = {}) => runProgram(['exec', ...args], { cwd: repository, env, ...how }),
    async [Symbol.asyncDispose]() {
      await model.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** The events that `--json` printed. */
export function eventsOf({ stdout }: ProgramRun): readonly { readonly [member: string]: unknown }[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly [member: string]: unknown })
}

/** The id of the thread that a run worked in. */
export function threadOf(run: ProgramRun): string {
  return String(eventsOf(run)[0]?.thread_id)
}

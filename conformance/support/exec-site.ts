import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Json } from './peer.js'
import type { Program } from './programs.js'
import type { SaidModel } from './said-model.js'

/** How a run ended, with what is different each time made the same. */
export interface ExecRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Standard output as JSON lines; empty where it is none. */
  readonly events: readonly Json[]
}

/** A home and a repository of one program's own. */
export interface ExecSite {
  readonly repository: string
  run(args: readonly string[], options?: { readonly input?: string; readonly cwd?: string }): Promise<ExecRun>
  /** A file of the repository; undefined when there is none. */
  read(name: string): string | undefined
  remove(): void
}

/** Lays a home whose model is `model`, and a repository with two files. */
export function execSite({ command }: Program, model: SaidModel): ExecSite {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'gangway-exec-')))
  const repository = path.join(root, 'repository')
  for (const name of ['user', 'home', 'repository']) mkdirSync(path.join(root, name))
  writeFileSync(path.join(root, 'home', 'config.toml'), config(model.url))
  writeFileSync(path.join(repository, 'a.txt'), 'one\n')
  writeFileSync(path.join(repository, 'b.txt'), 'gone\n')
  writeFileSync(path.join(repository, 'schema.json'), '{"type":"object","properties":{"a":{"type":"string"}}}')
  execFileSync('git', ['init', '-q', '-b', 'main', repository])
  const same = (text: string) =>
    text
      .replaceAll(root, 'ROOT')
      .replaceAll(model.url, 'URL')
      .replace(/^WARNING: proceeding, even though we could not create PATH aliases.*\n/m, '')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'THREAD')
  return {
    repository,
    read(name) {
      const file = path.join(repository, name)
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined
    },
    async run(args, { input = '', cwd = repository } = {}) {
      const [program = '', ...first] = command
      const child = spawn(program, [...first, 'exec', ...args], {
        cwd,
        env: { PATH: process.env.PATH, HOME: path.join(root, 'user'), CODEX_HOME: path.join(root, 'home') },
      })
      const out = { stdout: '', stderr: '' }
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out.stdout += text))
      child.stderr.setEncoding('utf8').on('data', (text: string) => (out.stderr += text))
      child.stdin.on('error', () => {})
      child.stdin.end(input)
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
      const stdout = same(out.stdout)
      return { code, stdout, stderr: same(out.stderr), events: eventsOf(stdout) }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

function eventsOf(stdout: string): readonly Json[] {
  try {
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => comparable(JSON.parse(line) as Json))
  } catch {
    return []
  }
}

/** The reference prints two `id`s for a search, of which a parser takes the second; `turn_usage` is ours alone. */
function comparable({ turn_usage: _, ...event }: Json): Json {
  const item = event.item as Json | undefined
  if (item?.type !== 'web_search') return event
  const { id, ...rest } = item
  return { ...event, item: rest }
}

function config(url: string): string {
  return `model = "gpt-5.5"
model_provider = "said"
[tools.update_plan]
enabled = true
[model_providers.said]
name = "Said"
base_url = "${url}"
wire_api = "responses"
requires_openai_auth = false
request_max_retries = 0
stream_max_retries = 1
supports_websockets = false
`
}

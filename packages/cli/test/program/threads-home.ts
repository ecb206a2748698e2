import { runProgram } from './run-program.js'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.js'

/** One conversation of another agent: what was asked, and what was answered. */
export interface SampleTalk {
  readonly name: string
  readonly asked: string
  readonly answered: string
  readonly atMs: number
  readonly cwd?: string
}

/** A home folder with threads in its Codex home: conversations that were brought over. */
export interface ThreadsHome extends AsyncDisposable {
  readonly folder: TemporaryFolder
  readonly env: { readonly [name: string]: string }
  /** Runs the program there. */
  run(...args: readonly string[]): ReturnType<typeof runProgram>
  /** Runs it with `--json` and reads its document. */
  json(...args: readonly string[]): Promise<{ readonly code: number | null; readonly document: never }>
}

/** The lines of a conversation's file, as Claude Code writes them. */
export function talkLines({ name, asked, answered, atMs, cwd = '/projects/harbour' }: SampleTalk): string {
  const line = (index: number, role: string, content: unknown) =>
    JSON.stringify({
      type: role,
      uuid: `${name}-${index}`,
      parentUuid: index === 0 ? null : `${name}-${index - 1}`,
      sessionId: name,
      timestamp: new Date(atMs + index * 1000).toISOString(),
      cwd,
      message: { role, content },
    })
  return `${line(0, 'user', asked)}\n${line(1, 'assistant', [{ type: 'text', text: answered }])}\n`
}

/** Two talks, a day apart, in different folders. */
export const harbourTalks: readonly SampleTalk[] = [
  { name: 'one', asked: 'Paint the harbour wall', answered: 'The wall is **white** now.', atMs: Date.UTC(2026, 0, 5) },
  {
    name: 'two',
    asked: 'Count the boats',
    answered: 'There are 17 boats.',
    atMs: Date.UTC(2026, 0, 6),
    cwd: '/projects/boats',
  },
]

export async function threadsHome(talks: readonly SampleTalk[] = harbourTalks): Promise<ThreadsHome> {
  const folder = await temporaryFolder()
  await folder.write(
    Object.fromEntries(talks.map((talk) => [`.claude/projects/-work/${talk.name}.jsonl`, talkLines(talk)])),
  )
  const env = { HOME: folder.path, TZ: 'UTC' }
  const run = (...args: readonly string[]) => runProgram(args, { cwd: folder.path, env })
  const imported = await run('import', '--home-only', '--yes')
  if (imported.code !== 0) throw new Error(`the talks did not come over:\n${imported.stdout}${imported.stderr}`)
  return {
    folder,
    env,
    run,
    async json(...args) {
      const { code, stdout } = await run(...args, '--json')
      return { code, document: JSON.parse(stdout) as never }
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExecRun, type ExecSite, execSite } from '../support/exec-site.js'
import type { Json } from '../support/peer.js'
import { gangway, reference } from '../support/programs.js'
import { type SaidModel, startSaidModel } from '../support/said-model.js'

let models: readonly [SaidModel, SaidModel]
let sites: readonly [ExecSite, ExecSite]

beforeEach(async () => {
  models = [await startSaidModel(), await startSaidModel()]
  sites = [execSite(reference(), models[0]), execSite(gangway(), models[1])]
})
afterEach(async () => {
  for (const site of sites) site.remove()
  for (const model of models) await model.close()
})

/** The same command by the reference and by us, in this order. */
function both(
  args: readonly string[],
  options: { readonly input?: string; readonly cwd?: string } = {},
): Promise<ExecRun[]> {
  return Promise.all(sites.map((site) => site.run(args, options)))
}

async function expectSameEvents(...args: readonly string[]): Promise<void> {
  const [theirs, ours] = await both(['--json', '-s', 'danger-full-access', ...args])

  expect(ours?.events).toEqual(theirs?.events)
  expect([ours?.code, ours?.events.length === 0]).toEqual([theirs?.code, false])
}

describe('exec --json prints the same events', () => {
  it.each(['hello', 'THINK', 'MUTE', 'TWO', 'RUN', 'PLAN', 'SEARCH', 'NOTHING'])('for a turn that says %s', (word) =>
    expectSameEvents(word),
  )

  it.each(['ADD', 'CHANGE'])('for a patch: %s', async (word) => {
    await expectSameEvents(word)

    const files = sites.map((site) => ['a.txt', 'b.txt', 'new.txt'].map((name) => site.read(name)))
    expect(files[1]).toEqual(files[0])
  })

  it.each(['REFUSED', 'DENIED', 'BROKEN', 'LIMITED'])('for a turn that fails: %s', (word) => expectSameEvents(word))

  it('and, of a patch that does not apply, a failed item of which the reference says nothing', async () => {
    const [theirs, ours] = await both(['--json', '-s', 'danger-full-access', 'WRONG'])

    const isPatch = ({ item }: Json) => (item as Json | undefined)?.type === 'file_change'
    const kinds = ({ events = [] }: Partial<ExecRun>) =>
      events.filter((event) => !isPatch(event)).map(({ type }) => type)
    expect(kinds(ours ?? {})).toEqual(kinds(theirs ?? {}))
    expect(theirs?.events.filter(isPatch)).toEqual([])
    expect(ours?.events.filter(isPatch).at(-1)).toMatchObject({ item: { status: 'failed' } })
  })

  it('for a command that asks for more than it may', async () => {
    const [theirs, ours] = await both(['--json', 'ESCALATE'])

    expect(ours?.events).toEqual(theirs?.events)
  })

  it('for a model that is not known', () => expectSameEvents('-m', 'nomodel', 'hello'))

  it('for an MCP server that does not start', () => expectSameEvents('-c', 'mcp_servers.bad.command="/nope"', 'hello'))

  it('for sessions that are resumed and forked, with totals of the thread', async () => {
    const steps = [
      ['--json', 'first'],
      ['resume', '--last', '--json', 'second'],
      ['resume', '--json', '--last', 'third'],
    ]
    for (const step of steps) {
      const [theirs, ours] = await both(step)

      expect(ours?.events).toEqual(theirs?.events)
      expect(ours?.events.at(-1)).toHaveProperty('usage')
    }
  })

  it('for words from standard input, alone and behind a prompt', async () => {
    for (const [args, input] of [
      [['--json', '-'], 'from in\n'],
      [['--json'], 'from in'],
      [['--json', 'look'], 'piped'],
    ] as const) {
      const [theirs, ours] = await both(args, { input })

      expect([ours?.code, ours?.events, ours?.stderr]).toEqual([theirs?.code, theirs?.events, theirs?.stderr])
    }
    const said = models.map(({ requests }) => requests.map((request) => userWords(request)))
    expect(said[1]).toEqual(said[0])
  })
})

it('exec prints the last answer alone, and writes it to a file', async () => {
  const [theirs, ours] = await both(['--output-schema', 'schema.json', '-o', 'last.txt', 'TWO'])

  expect([ours?.code, ours?.stdout]).toEqual([theirs?.code, theirs?.stdout])
  expect(sites[1].read('last.txt')).toBe(sites[0].read('last.txt'))
  const formats = models.map(({ requests }) => (requests[0]?.text as { format?: unknown } | undefined)?.format)
  expect(formats[1]).toEqual(formats[0])
  expect(formats[0]).toHaveProperty('schema')
})

it('exec tells the same facts before it begins', async () => {
  const [theirs, ours] = await both(['hello'])

  expect(factsOf(ours)).toEqual(factsOf(theirs))
  expect(factsOf(ours)).toHaveLength(8)
})

it.each([
  ['a wrong option', ['--bogus-flag', 'x']],
  ['a wrong sandbox', ['-s', 'nope', 'x']],
  ['a wrong colour', ['--color', 'x', 'y']],
  ['an option without its value', ['-m']],
  ['too many words', ['a', 'b']],
  ['an empty prompt', []],
  ['a schema that is not there', ['--output-schema', 'nothing.json', 'x']],
  ['a session that is not there', ['resume', '00000000-0000-7000-8000-000000000000', 'x']],
  ['a folder that is not there', ['-C', 'nowhere', 'x']],
  ['a provider that is not there', ['-c', 'model_provider="nope"', 'x']],
  ['a value of the wrong type', ['-c', 'model_reasoning_effort=5', 'x']],
  ['a setting that is not known, strictly', ['--strict-config', '-c', 'nope=1', 'x']],
  ['a local model of which nobody says where', ['--oss', 'x']],
  ['a review of nothing', ['review']],
  ['a turn that fails', ['REFUSED']],
])('exec ends with the same code, and says nothing on standard output, for %s', async (_, args) => {
  const [theirs, ours] = await both(args)

  expect([ours?.code, ours?.stdout]).toEqual([theirs?.code, theirs?.stdout])
  expect(ours?.code).not.toBe(0)
})

it('exec does not work outside a repository, in the same words', async () => {
  const [theirs, ours] = await both(['x'], { cwd: '/' })

  expect(ours).toEqual(theirs)
})

/** What the person said in a request, without what the program says of the machine. */
function userWords({ input }: { readonly input?: unknown }): unknown {
  return (input as readonly { readonly role?: string; readonly content?: unknown }[]).findLast(
    ({ role }) => role === 'user',
  )?.content
}

/** The lines between the rules. */
function factsOf(run: ExecRun | undefined): readonly string[] {
  return run?.stderr.split('--------\n')[1]?.trim().split('\n') ?? []
}

import { expect, it } from 'vitest'
import { readExecArguments } from '../../src/exec/exec-arguments.js'
import { UsageError } from '../../src/exit-codes.js'

it('takes a prompt, and options before and behind it', () => {
  const request = readExecArguments(['--json', 'do it', '-m', 'gpt-5.5', '-s', 'workspace-write', '-C/projects'])

  expect(request).toMatchObject({
    command: { type: 'new' },
    prompt: 'do it',
    json: true,
    model: 'gpt-5.5',
    sandbox: 'workspace-write',
    cd: '/projects',
  })
})

it('takes a dash for standard input, and no prompt for none', () => {
  expect(readExecArguments(['-']).prompt).toBe('-')
  expect(readExecArguments([]).prompt).toBeUndefined()
})

it('takes everything behind -- as words', () => {
  expect(readExecArguments(['--', '--json']).prompt).toBe('--json')
})

it('takes all words behind -i as pictures, up to the next option', () => {
  const request = readExecArguments(['look', '-i', 'a.png', 'b.png,c.png', '--json'])

  expect([request.prompt, request.images]).toEqual(['look', ['a.png', 'b.png', 'c.png']])
})

it('ends the pictures with --', () => {
  const request = readExecArguments(['-i', 'a.png', '--', 'look'])

  expect([request.prompt, request.images]).toEqual(['look', ['a.png']])
})

it('reads overrides as TOML or text, and features as overrides', () => {
  const { config } = readExecArguments([
    '-c',
    'a.b=[1, "x"]',
    '-c',
    'model=o3',
    '--enable',
    'hooks',
    '--disable',
    'plugins',
  ])

  expect(config).toEqual({ 'a.b': [1, 'x'], model: 'o3', 'features.hooks': true, 'features.plugins': false })
})

it('takes the only word behind resume --last as the prompt', () => {
  const request = readExecArguments(['resume', '--last', 'go on'])

  expect([request.command, request.prompt]).toEqual([{ type: 'resume', session: undefined, anywhere: false }, 'go on'])
})

it('takes the first word behind resume and fork as the session', () => {
  expect(readExecArguments(['resume', 'one', 'go on'])).toMatchObject({
    command: { type: 'resume', session: 'one' },
    prompt: 'go on',
  })
  expect(readExecArguments(['--json', 'fork', 'one'])).toMatchObject({
    command: { type: 'fork', session: 'one' },
    prompt: undefined,
  })
})

it('takes one thing to review', () => {
  expect(readExecArguments(['review', '--commit', 'abc', '--title', 'T']).command).toEqual({
    type: 'review',
    choice: { type: 'commit', sha: 'abc', title: 'T' },
  })
  expect(readExecArguments(['review', 'look at it']).command).toEqual({ type: 'review', choice: { type: 'custom' } })
})

it.each([
  [['--jsn'], 'exec: unknown option --jsn (did you mean --json?)'],
  [['a', 'b'], 'exec: unexpected argument b; a prompt of several words is quoted'],
  [['-m'], 'exec: -m needs a value: -m, --model <model>'],
  [['-m', '--json'], 'exec: -m needs a value: -m, --model <model>'],
  [['-m', 'a', '-m', 'b'], 'exec: -m is given twice'],
  [['--json=yes'], 'exec: --json takes no value: yes'],
  [['-s', 'none'], 'exec: -s none is none of read-only, workspace-write, danger-full-access'],
  [['--color', 'x'], 'exec: --color x is none of always, never, auto'],
  [['-c', 'nope'], '-c nope: not of the form key=value'],
  [['fork'], 'exec fork: which session? Give its id or its name'],
  [['--last', 'x'], 'exec: --last belongs to exec resume'],
  [
    ['review', '--base', 'a', '--uncommitted'],
    'exec review: choose one of --uncommitted, --base, --commit and instructions',
  ],
])('refuses %j', (argv, message) => {
  expect(() => readExecArguments(argv)).toThrow(new UsageError(message))
})

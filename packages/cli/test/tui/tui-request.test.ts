import { describe, expect, it } from 'vitest'
import { tuiWords } from '../../src/commands/tui.js'
import { readTuiArguments } from '../../src/tui/tui-request.js'

describe('the command line of the terminal UI', () => {
  it('takes a prompt and options in any order', () => {
    const request = readTuiArguments(['-m', 'gpt-5.5', 'fix it', '-C', 'sub', '-c', 'a.b=1', '-c', 'c=true'])

    expect(request).toMatchObject({ prompt: 'fix it', model: 'gpt-5.5', cd: 'sub', config: { 'a.b': 1, c: true } })
  })

  it.each([
    [['resume'], { thread: { type: 'pick' }, prompt: undefined }],
    [['resume', '--last', 'go on'], { thread: { type: 'last' }, prompt: 'go on' }],
    [['resume', 'some-id', 'go on'], { thread: { type: 'id', id: 'some-id' }, prompt: 'go on' }],
    [[], { thread: { type: 'new' }, prompt: undefined }],
  ])('knows which conversation %j means', (words, expected) => {
    expect(readTuiArguments(words)).toMatchObject(expected)
  })

  it.each([
    [['--modle', 'x'], 'unknown option --modle (did you mean --model?)'],
    [['--last'], '--last belongs to gangway resume'],
    [['-a', 'sometimes'], '-a sometimes: give untrusted, on-request, never'],
    [['fix', 'it'], 'unexpected argument it; a prompt of several words is quoted'],
    [['-c', 'x'], '-c x: not of the form key=value'],
  ])('refuses %j by name', (words, message) => {
    expect(() => readTuiArguments(words)).toThrow(message)
  })
})

describe('what opens the terminal UI', () => {
  it.each([
    [[], true, []],
    [[], false, undefined],
    [['fix the bug'], true, ['fix the bug']],
    [['-m', 'x'], true, ['-m', 'x']],
    [['resume', '--last'], true, ['resume', '--last']],
    [['tui', 'hi'], true, ['hi']],
    [['improt'], true, undefined],
    [['hello'], false, undefined],
    [['import'], true, undefined],
    [['--help'], true, undefined],
  ])('%j, with a terminal: %j', (argv, isInteractive, words) => {
    expect(tuiWords(argv, isInteractive)).toEqual(words)
  })
})

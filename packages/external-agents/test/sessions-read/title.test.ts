import { describe, expect, it } from 'vitest'
import { titleOfMessage } from '../../src/sources/claude-code/sessions/title.js'
import { agent, claudeHome, type LogLine, list, log, user } from './session-logs.js'

async function titleOf(...lines: readonly LogLine[]): Promise<string | null | undefined> {
  const page = await list(claudeHome({ 'p/s.jsonl': log(...lines) }))
  return [...page.sessions, ...page.unusable][0]?.title
}

const later = Array.from({ length: 2_000 }, () => agent('x'.repeat(300)))

describe('the title of a session', () => {
  it.each([
    ['\n\n   \n  hello line  \nmore', 'hello line'],
    ['<system-reminder>\ncontext\n</system-reminder>\nReal ask', 'Real ask'],
    ['<system-reminder>a<system-reminder>b</system-reminder>c</system-reminder> ask', 'ask'],
    ['<ide_opened_file>f</ide_opened_file>\n<ide_selection>s</ide_selection>Do it', 'Do it'],
    ['<command-args>PR 12</command-args> ask', 'ask'],
    ['<system-reminder a="b">in</system-reminder> ask', '<system-reminder a="b">in</system-reminder> ask'],
    ['<system-reminder>not closed\nask', '<system-reminder>not closed'],
    ['<b>bold</b> ask', '<b>bold</b> ask'],
    ['\u00a0\u2003words\u00a0', 'words'],
    ['line a\rstill a', 'line a\rstill a'],
  ])('is the first line after the wrappers: %j gives %j', (text, title) => {
    expect(titleOfMessage(text)).toBe(title)
  })

  it('is cut at 120 characters, however many units they take', () => {
    expect(titleOfMessage('x'.repeat(120))).toBe('x'.repeat(120))
    expect(titleOfMessage('x'.repeat(121))).toBe(`${'x'.repeat(117)}...`)
    expect(titleOfMessage('😀'.repeat(120))).toBe('😀'.repeat(120))
    expect(titleOfMessage('😀'.repeat(121))).toBe(`${'😀'.repeat(117)}...`)
  })

  it('E2: never holds half a character, which a strict reader of JSON would refuse with everything around it', async () => {
    const half = JSON.stringify(user('half HERE')).replace('HERE', '\\ud83d')

    expect(await titleOf(half)).toBe('half \ufffd')
    expect(await titleOf(user('first'), { type: 'custom-title', customTitle: 'cut \ude00' })).toBe('cut \ufffd')
  })

  it('is the one that the person gave, whole, before one that was made up', async () => {
    const custom = `${'long '.repeat(60)}\nsecond line`

    const title = await titleOf(
      user('first'),
      { type: 'custom-title', customTitle: 'older' },
      { type: 'custom-title', customTitle: ` ${custom} ` },
      { type: 'ai-title', aiTitle: 'made up' },
    )

    expect(title).toBe(custom)
  })

  it('is the last one that was made up, before the first message', async () => {
    expect(await titleOf(user('q'), { type: 'ai-title', aiTitle: 'A1' }, { type: 'ai-title', aiTitle: ' A2 ' })).toBe(
      'A2',
    )
  })

  it('passes over titles that are empty or no text', async () => {
    const lines = [
      { type: 'ai-title', aiTitle: 5 },
      { type: 'custom-title', customTitle: '  ' },
    ]

    expect(await titleOf(user('first line'), ...lines)).toBe('first line')
  })

  it('is found far behind the head, whole words only', async () => {
    const title = await titleOf(
      user('first'),
      ...later,
      { type: 'custom-title', customTitle: 'Far away' },
      agent('they said "custom-title" and {"type":"ai-title"}'),
      ...later,
      { type: 'x', nested: { type: 'custom-title', customTitle: 'not this' } },
    )

    expect(title).toBe('Far away')
  })

  it('is that of the head when the search finds none that counts', async () => {
    const lines = [{ type: 'custom-title', customTitle: 'At the top' }, user('first'), ...later]

    expect(await titleOf(...lines, { type: 'custom-title', customTitle: '' })).toBe('At the top')
  })

  it('comes from the first message that has words of the person', async () => {
    const wrapper = user('<local-command-stdout>out</local-command-stdout>')

    expect(await titleOf(user('meta', { isMeta: true }), wrapper, user('second real'))).toBe('second real')
    expect(await titleOf(wrapper)).toBe('Imported session')
    expect(await titleOf(agent('only me'))).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { userAgent } from '../src/user-agent.js'

const parts = { originator: 'first', serverVersion: '1.2.3', clientName: 'second', clientVersion: '9' }

describe('the user agent', () => {
  it('has the parts that clients take it apart by', () => {
    const text = userAgent({ ...parts, env: {} })

    expect(text).toMatch(/^first\/1\.2\.3 \([^;()]+; [^;()]+\) unknown \(second; 9\)$/)
  })

  it.each([
    [{ TERM: 'xterm-256color' }, 'xterm-256color'],
    [{ TERM: 'xterm', TERM_PROGRAM: 'WezTerm' }, 'WezTerm'],
    [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5' }, 'iTerm.app/3.5'],
    [{ TERM_PROGRAM: 'my term\n' }, 'my_term_'],
  ])('names the terminal in one word, for %j', (env, terminal) => {
    expect(userAgent({ ...parts, env })).toContain(`) ${terminal} (`)
  })
})

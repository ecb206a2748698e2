import { describe, expect, it } from 'vitest'
import { readThreadsRequest } from '../../src/threads/threads-options.js'

const place = { cwd: '/projects', nowMs: Date.UTC(2026, 0, 31) }
const read = (action: string, words: readonly string[] = [], raw = {}) => readThreadsRequest(action, words, raw, place)

describe('what is asked of threads', () => {
  it('lists the 25 that were updated last, unless told otherwise', () => {
    expect(read('list')).toEqual({
      action: 'list',
      filter: {
        limit: 25,
        cursor: undefined,
        cwds: [],
        sources: [],
        providers: [],
        archived: false,
        since: undefined,
        sort: 'updated_at',
      },
    })
  })

  it('reads folders from the current one, lists with commas, days and hours', () => {
    const raw = { cwd: ['here', '/there'], source: 'CLI, exec', provider: 'ollama,openai', since: '12h', all: true }

    expect(read('list', [], raw)).toMatchObject({
      filter: {
        limit: Number.POSITIVE_INFINITY,
        cwds: ['/projects/here', '/there'],
        sources: ['cli', 'exec'],
        providers: ['ollama', 'openai'],
        since: place.nowMs / 1000 - 12 * 3_600,
      },
    })
  })

  it('takes several words for a search and for a new name', () => {
    expect(read('search', ['two', 'words'])).toMatchObject({ text: 'two words' })
    expect(read('rename', ['0199', 'A', 'name'])).toMatchObject({ thread: '0199', name: 'A name' })
  })

  it('knows the form of an export by its option, else by the name of its file, else by --json', () => {
    expect(read('export', ['x'])).toMatchObject({ format: 'markdown', output: undefined })
    expect(read('export', ['x'], { output: 'a.json' })).toMatchObject({ format: 'json', output: '/projects/a.json' })
    expect(read('export', ['x'], { json: true })).toMatchObject({ format: 'json' })
    expect(read('export', ['x'], { output: '-', format: 'markdown', json: true })).toMatchObject({
      format: 'markdown',
      output: undefined,
    })
  })

  it.each([
    ['list', ['x'], {}, 'threads list: unexpected argument x; to look for words: gangway threads search'],
    ['show', [], {}, 'threads show: which thread? See: gangway threads list'],
    ['show', ['a', 'b'], {}, 'threads show: unexpected argument b'],
    ['rename', ['a', ' '], {}, 'threads rename: needs a thread and its new name'],
    ['delete', [], {}, 'threads delete: which thread? See: gangway threads list'],
    ['search', ['  '], {}, 'threads search: which words?'],
    ['list', [], { limit: '0' }, '--limit 0: not a whole number of at least 1'],
    ['list', [], { limit: '5', all: true }, '--all and --limit exclude each other'],
    [
      'list',
      [],
      { since: 'soon' },
      '--since soon: neither a day such as 2026-01-31 nor a number of days (7) or hours (12h)',
    ],
    ['list', [], { sort: 'creatd' }, '--sort creatd: unknown; known: updated, created (did you mean created?)'],
    ['export', ['x'], { format: 'html' }, '--format html: unknown; known: markdown, json'],
  ])('refuses %s %j with %j', (action, words, raw, message) => {
    expect(() => read(action, words, raw)).toThrow(message)
  })
})

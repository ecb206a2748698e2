import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type IntroducedPeer, introduced } from '../support/introduced.js'

function addFiles(client: IntroducedPeer, files: Readonly<Record<string, string>>): string {
  const root = join(client.home.root, 'project')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

async function find(client: IntroducedPeer, root: string, query: string): Promise<string[]> {
  const answer = await client.request('fuzzyFileSearch', { query, roots: [root], cancellationToken: null })
  return (answer as { files: { path: string }[] }).files.map(({ path }) => path)
}

describe('fuzzyFileSearch', () => {
  it('I12: answers in the spelling of the reference, with score and places', async () => {
    await using client = await introduced()
    const root = addFiles(client, { 'hello.txt': '', 'src/other.ts': '' })

    const answer = await client.request('fuzzyFileSearch', { query: 'HEL', roots: [root] })

    expect(answer).toEqual({
      files: [
        {
          root,
          path: 'hello.txt',
          match_type: 'file',
          file_name: 'hello.txt',
          score: expect.any(Number),
          indices: [0, 1, 2],
        },
      ],
    })
  })

  it('puts names before folders, and what stands together before what is spread', async () => {
    await using client = await introduced()
    const root = addFiles(client, { 'turn/about.ts': '', 'src/turn.ts': '', 'src/the-unread-item.ts': '' })

    expect((await find(client, root, 'turn'))[0]).toBe('turn')
    expect((await find(client, root, 'turn'))[1]).toBe('src/turn.ts')
    expect(await find(client, root, 'zzz')).toEqual([])
    expect(await find(client, root, '')).toEqual([])
  })

  it('leaves out what git ignores, by nested lists too, and shows hidden files', async () => {
    await using client = await introduced()
    const root = addFiles(client, {
      '.gitignore': '*.log\n/build/\n!keep.log\n',
      '.git/info/exclude': 'private-*\n',
      'a.log': '',
      'keep.log': '',
      'build/b.txt': '',
      'src/build/c.txt': '',
      'src/.gitignore': 'gen/**\n',
      'src/gen/d.txt': '',
      'private-e.txt': '',
      '.hidden/f.txt': '',
    })

    expect((await find(client, root, 'log')).sort()).toEqual(['keep.log'])
    expect((await find(client, root, 'txt')).sort()).toEqual(['.hidden/f.txt', 'src/build/c.txt'])
  })

  it('sees files come and go, and lists of ignored ones change', async () => {
    await using client = await introduced()
    const root = addFiles(client, { 'one.txt': '', 'in/two.txt': '' })
    expect((await find(client, root, 'txt')).sort()).toEqual(['in/two.txt', 'one.txt'])

    addFiles(client, { 'in/three.txt': '' })
    rmSync(join(root, 'one.txt'))
    expect((await find(client, root, 'txt')).sort()).toEqual(['in/three.txt', 'in/two.txt'])

    addFiles(client, { '.gitignore': 'two.txt\n' })
    expect(await find(client, root, 'txt')).toEqual(['in/three.txt'])
  })

  it('tells a session of its newest query, and knows no session that was stopped', async () => {
    await using client = await introduced()
    const root = addFiles(client, { 'README.md': '' })
    const update = (query: string) => client.request('fuzzyFileSearch/sessionUpdate', { sessionId: 's', query })

    await client.request('fuzzyFileSearch/sessionStart', { sessionId: 's', roots: [root] })
    expect(await update('rea')).toEqual({})

    expect((await client.events.next('fuzzyFileSearch/sessionUpdated')).params).toMatchObject({
      sessionId: 's',
      query: 'rea',
      files: [{ path: 'README.md' }],
    })
    expect((await client.events.next('fuzzyFileSearch/sessionCompleted')).params).toEqual({ sessionId: 's' })
    expect(await client.request('fuzzyFileSearch/sessionStop', { sessionId: 's' })).toEqual({})
    await expect(update('x')).rejects.toMatchObject({
      code: -32600,
      message: 'fuzzy file search session not found: s',
    })
  })
})

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { launcher } from './run-program.js'
import { type ThreadsHome, threadsHome } from './threads-home.js'
import { hasTmux, runInTerminal } from './tmux.js'

interface Listed {
  readonly threads: readonly { readonly id: string; readonly preview: string; readonly name?: string | null }[]
  readonly nextCursor: string | null
}

async function list(home: ThreadsHome, ...args: readonly string[]): Promise<Listed> {
  return (await home.json('threads', 'list', ...args)).document
}

const previews = ({ threads }: Listed) => threads.map(({ preview }) => preview)

describe('gangway threads', () => {
  it('lists the newest first, a page at a time', async () => {
    await using home = await threadsHome()

    const first = await list(home, '--limit', '1')
    const second = await list(home, '--limit', '1', '--cursor', first.nextCursor ?? '')

    expect(previews(first)).toEqual(['Count the boats'])
    expect(previews(second)).toEqual(['Paint the harbour wall'])
    expect(previews(await list(home, '--all'))).toHaveLength(2)
    expect((await home.run('threads')).stdout).toMatch(/Count the boats.*\n.*Paint the harbour wall/)
  })

  it('narrows the list by folder, source, provider and day', async () => {
    await using home = await threadsHome()

    expect(previews(await list(home, '--cwd', '/projects/boats'))).toEqual(['Count the boats'])
    expect(previews(await list(home, '--source', 'exec'))).toEqual([])
    expect(previews(await list(home, '--source', 'all'))).toHaveLength(2)
    expect(previews(await list(home, '--provider', 'nobody'))).toEqual([])
    expect(previews(await list(home, '--since', '2026-01-06'))).toEqual(['Count the boats'])
    expect(previews(await list(home, '--since', '2026-01-06', '--sort', 'created'))).toEqual(['Count the boats'])
  })

  it('finds words in conversations, and shows them', async () => {
    await using home = await threadsHome()

    const run = await home.run('threads', 'search', '17', 'boats')

    expect(run).toMatchObject({ code: 0 })
    expect(run.stdout).toContain('Count the boats')
    expect(run.stdout).toContain('There are 17 boats.')
    expect(run.stdout).not.toContain('harbour wall')
  })

  it('shows, renames and exports the thread that a beginning of its id or name means', async () => {
    await using home = await threadsHome()
    const id = (await list(home)).threads[0]!.id

    const renamed = await home.run('threads', 'rename', id.slice(0, 13), 'The', 'Fleet')
    const shown = await home.run('threads', 'show', 'the fl')
    const markdown = await home.run('threads', 'export', 'the fleet')
    const written = await home.run('threads', 'export', id, '-o', 'fleet.json')

    expect(renamed).toMatchObject({ code: 0, stdout: 'Renamed: The Fleet\n' })
    expect(shown.stdout).toContain(id)
    expect(shown.stdout).toContain('There are 17 boats.')
    expect(markdown.stdout).toMatch(/^# The Fleet\n/)
    expect(markdown.stdout).toContain('> Count the boats')
    expect(written).toMatchObject({ code: 0, stdout: 'Written: ~/fleet.json\n' })
    const document = JSON.parse((await home.folder.read())['fleet.json'] ?? '')
    expect(document).toMatchObject({ thread: { id, name: 'The Fleet' }, turns: [{ status: 'completed' }] })
  })

  it('names what a word could mean, with exit code 1, and does nothing', async () => {
    await using home = await threadsHome()
    const ids = (await list(home)).threads.map(({ id }) => id)

    const unknown = await home.run('threads', 'archive', ids[0]!, 'nothing')
    const several = await home.json('threads', 'show', '019')

    expect(unknown).toMatchObject({ code: 1, stdout: '' })
    expect(unknown.stderr).toBe(
      'gangway: no thread has an id or a name that begins with nothing; see: gangway threads list\n',
    )
    expect(several.code).toBe(1)
    expect(several.document).toMatchObject({ error: { message: '019 means 2 threads; say more of the id' } })
    expect((await list(home)).threads).toHaveLength(2)
  })

  it('puts threads away and takes them back, several at once', async () => {
    await using home = await threadsHome()
    const ids = (await list(home)).threads.map(({ id }) => id)

    const { document } = await home.json('threads', 'archive', ...ids)
    const away = [await list(home), await list(home, '--archived')].map(({ threads }) => threads.length)
    await home.run('threads', 'unarchive', ids[0]!)

    expect(document).toEqual({ archived: ids })
    expect(away).toEqual([0, 2])
    expect((await list(home)).threads.map(({ id }) => id)).toEqual([ids[0]])
  })

  it('deletes only with --yes where nobody can be asked', async () => {
    await using home = await threadsHome()
    const id = (await list(home)).threads[0]!.id

    const refused = await home.run('threads', 'delete', id)
    const deleted = await home.json('threads', 'delete', id, '--yes')

    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('use --yes')
    expect(deleted).toEqual({ code: 0, document: { deleted: [id] } })
    expect(previews(await list(home))).toEqual(['Paint the harbour wall'])
  })

  it('asks a server elsewhere, and says when none is there', async () => {
    await using home = await threadsHome()
    const env = { PATH: process.env.PATH ?? '', ...home.env }
    const server = spawn(process.execPath, [launcher, 'app-server', '--listen', 'ws://127.0.0.1:0'], { env })
    const url = await new Promise<string>((resolve) => {
      createInterface({ input: server.stderr }).on('line', (line) => {
        const found = /ws:\/\/[\d.]+:\d+/.exec(line)?.[0]
        if (found !== undefined) resolve(found)
      })
    })

    const listed = await list(home, '--remote', url, '--codex-home', '/nowhere')
    server.kill()
    await new Promise((resolve) => server.once('exit', resolve))
    const gone = await home.run('threads', '--remote', url)

    expect(listed.threads).toHaveLength(2)
    expect(gone.code).toBe(1)
    expect(gone.stderr).toContain(url)
  })

  describe.skipIf(!hasTmux)('in a terminal', () => {
    it('asks before it deletes, and leaves everything when the answer is no', async () => {
      await using home = await threadsHome()
      await using asked = await runInTerminal(['threads', 'delete', 'count'], { cwd: home.folder.path, env: home.env })
      await asked.shows('Delete 1 thread from the disk, for good?')
      await asked.type('Enter')

      expect(await asked.shows('exit code')).toContain('exit code 130')
      expect((await list(home)).threads).toHaveLength(2)
    })
  })
})

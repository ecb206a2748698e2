import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { introduced } from '../support/introduced.js'

describe('fs/watch', () => {
  it('tells what has changed in a folder, gathered', async () => {
    await using client = await introduced()
    const folder = join(realpathSync(client.home.root), 'w')
    mkdirSync(folder)

    expect(await client.request('fs/watch', { watchId: 'w1', path: folder })).toEqual({ path: folder })
    writeFileSync(join(folder, 'b'), '')
    writeFileSync(join(folder, 'a'), '')

    expect((await client.events.next('fs/changed')).params).toEqual({
      watchId: 'w1',
      changedPaths: [join(folder, 'a'), join(folder, 'b')],
    })
  })

  it('sees a file come that was not there, and not its neighbours', async () => {
    await using client = await introduced()
    const path = join(realpathSync(client.home.root), 'later')

    await client.request('fs/watch', { watchId: 'w', path })
    writeFileSync(`${path}-not`, '')
    writeFileSync(path, '')

    expect((await client.events.next('fs/changed')).params).toEqual({ watchId: 'w', changedPaths: [path] })
  })

  it('has one watch of a name on a connection, until it is ended', async () => {
    await using client = await introduced()
    const other = await client.another()
    const params = { watchId: 'w', path: client.home.root }
    await client.request('fs/watch', params)

    await expect(client.request('fs/watch', params)).rejects.toThrow('watchId already exists: w')
    await expect(other.request('fs/watch', params)).resolves.toBeDefined()
    expect(await client.request('fs/unwatch', { watchId: 'w' })).toEqual({})
    expect(await client.request('fs/unwatch', { watchId: 'never' })).toEqual({})
    await expect(client.request('fs/watch', params)).resolves.toBeDefined()
  })
})

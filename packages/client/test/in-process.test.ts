import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAppServer, shareAppServer } from '@gangway/app-server'
import { afterEach, describe, expect, it } from 'vitest'
import { startInProcess } from '../src/in-process.js'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function home(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-in-process-'))
  folders.push(folder)
  return folder
}

const options = { clientInfo: { name: 'test', version: '1' }, sessionSource: 'exec' }

describe('startInProcess with a server', () => {
  it('gives several clients of one server: the end of one is not the end of another, nor of the server', async () => {
    const codexHome = home()
    await using server = await createAppServer({ codexHome })
    const one = await startInProcess({ ...options, server })
    const two = await startInProcess({ ...options, server })

    expect(await one.shutdown()).toEqual({ forced: false })

    expect(two.server.codexHome).toBe(codexHome)
    expect(await two.request('configRequirements/read')).toMatchObject({ requirements: null })
    await expect(one.request('configRequirements/read')).rejects.toMatchObject({ reason: 'closed' })
    const three = await startInProcess({ ...options, server })
    expect(await three.request('configRequirements/read')).toMatchObject({ requirements: null })
    await Promise.all([two.shutdown(), three.shutdown()])
  })

  it('ends every client with the server', async () => {
    const server = await createAppServer({ codexHome: home() })
    const clients = [await startInProcess({ ...options, server }), await startInProcess({ ...options, server })]

    await server.close()

    for (const client of clients) {
      expect(await client.closed).toMatch(/shut/)
      await expect(client.request('configRequirements/read')).rejects.toMatchObject({ reason: 'closed' })
    }
  })

  it('takes a lease of a shared server, and the last client to give it back ends the server', async () => {
    const shared = shareAppServer({ codexHome: home() })
    const one = await startInProcess({ ...options, server: shared })
    const two = await startInProcess({ ...options, server: shared })
    await using lease = await shared.lease()
    const three = await startInProcess({ ...options, server: lease })

    await one.shutdown()
    expect(await two.request('configRequirements/read')).toMatchObject({ requirements: null })
    await two.shutdown()
    expect(await three.request('configRequirements/read')).toMatchObject({ requirements: null })
    await lease.release()

    expect(await three.closed).toMatch(/clos|shut/)
  })
})

import { join } from 'node:path'
import type { RpcError } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { importAll, workplace } from './claude-home.js'
import { snapshot } from './snapshot.js'

describe('externalAgentConfig/import/undo', () => {
  it('says what it would do, does it, and can be undone', async () => {
    const { imports, codexHome, home } = workplace()
    const before = snapshot(join(home, '.agents'))
    const { importId } = await importAll(imports, { migrationItems: [{ itemType: 'SKILLS', description: '' }] })
    const after = snapshot(join(home, '.agents'))

    const planned = await imports.undo({ importId, dryRun: true })
    expect(snapshot(join(home, '.agents'))).toEqual(after)
    const done = await imports.undo({ importId })

    expect(planned).toEqual({ ...done, undoId: null, status: 'planned' })
    expect(snapshot(join(home, '.agents'))).toEqual(before)
    expect((await imports.readHistories()).journals?.map(({ id, state }) => [id, state])).toEqual([
      [done.undoId, 'done'],
      [importId, 'undone'],
    ])
    expect(await imports.undo({ importId })).toMatchObject({ status: 'alreadyUndone', undoId: done.undoId })
    await imports.undo({ importId: done.undoId! })
    expect(snapshot(join(home, '.agents'))).toEqual(after)
    expect(codexHome).toContain('.codex')
  })

  it('refuses an id that nothing is on record of with -32600', async () => {
    const { imports } = workplace()

    for (const importId of ['none', '', '../x'])
      await expect(imports.undo({ importId })).rejects.toMatchObject({ code: -32600 } satisfies Partial<RpcError>)
  })

  it('refuses an import that still runs', async () => {
    const { imports } = workplace()
    const refusals: unknown[] = []
    let completed = () => {}
    const end = new Promise<void>((resolve) => {
      completed = resolve
    })
    const { importId } = await imports.import(
      { migrationItems: [{ itemType: 'SKILLS', description: '' }] },
      { experimental: true, onProgress: () => {}, onCompleted: () => completed() },
    )

    await imports.undo({ importId }).catch((error: unknown) => refusals.push(error))
    await end

    expect(refusals).toMatchObject([{ code: -32600, message: expect.stringContaining('still runs') }])
  })
})

import { join } from 'node:path'
import { expect, it } from 'vitest'
import { grow } from '../core/temp-tree.js'
import { agent, chain, user } from '../sessions-read/session-logs.js'
import { sessionHome } from './session-home.js'

const at = { timestamp: '2026-05-01T10:00:00.000Z', cwd: '/' }
const gmail = 'aaaaaaaa-0000-4000-8000-000000000001'
const linear = 'aaaaaaaa-0000-4000-8000-000000000002'

function worked(id: string, server: string) {
  const said = [{ type: 'text', text: `with ${server}` }]
  const lines = [
    user(`ask ${server}`, { ...at, uuid: `${id}-u` }),
    agent(said, { ...at, uuid: `${id}-a`, attributionMcpServer: server }),
  ]
  return chain(...(lines as { readonly [key: string]: unknown }[]))
}

it('histories name the services of all sessions that were looked at, also after a restart once something came over', async () => {
  const home = sessionHome({
    [`p/${gmail}.jsonl`]: worked(gmail, 'gmail'),
    [`p/${linear}.jsonl`]: worked(linear, 'linear'),
  })
  for (const id of [gmail, linear]) {
    const servers = [
      { name: 'Gmail', uuid: 'gmail' },
      { name: 'Linear', uuid: 'linear' },
    ]
    const manifest = JSON.stringify({ cliSessionId: id, remoteMcpServersConfig: servers })
    grow(home.home, {
      [`.config/Claude/claude-code-sessions/a/o/${id}.json`]: manifest,
      [join('Library/Application Support/Claude/claude-code-sessions/a/o', `${id}.json`)]: manifest,
    })
  }
  const both = ['Gmail', 'Linear'].map((name) => ({ name, sessionCount: 1, source: 'remoteMcpServersConfig' }))

  expect((await home.imports.readHistories()).connectors).toEqual([])
  await home.offered()
  expect((await home.imports.readHistories()).connectors).toEqual(both)
  await home.bring(`p/${gmail}.jsonl`)

  expect((await home.restarted().readHistories()).connectors).toEqual(both)
})

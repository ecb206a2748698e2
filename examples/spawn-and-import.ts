// Starts `gangway app-server` as a child process and brings a repository's instructions over, as an editor would.
// Run it with `npx tsx --conditions=@gangway/source examples/spawn-and-import.ts [command…]`; the command that starts the
// server is `gangway app-server` unless another is given. It works in a temporary folder only.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppServerClient, ServerError } from '@gangway/client'

const [program = 'gangway', ...rest] = process.argv.slice(2)
const home = await realpath(await mkdtemp(join(tmpdir(), 'gangway-example-')))
try {
  const repository = join(home, 'harbour')
  const codexHome = join(home, '.codex')
  await mkdir(join(repository, '.git'), { recursive: true })
  await mkdir(codexHome)
  await writeFile(join(repository, 'CLAUDE.md'), 'Tests run with `npm test`.\n')

  await using client = await AppServerClient.spawn({
    command: [program, ...(rest.length > 0 ? rest : ['app-server'])],
    clientInfo: { name: 'example', version: '1.0.0' },
    env: { ...process.env, HOME: home, CODEX_HOME: codexHome, CLAUDE_CONFIG_DIR: undefined },
    cwd: home,
  })

  const { items } = await client.request('externalAgentConfig/detect', { cwds: [repository] })
  assert.deepEqual(
    items.map((item) => [item.itemType, item.cwd]),
    [['AGENTS_MD', repository]],
  )

  // Our additions to the protocol need the experimental capability, which this client has not asked for.
  const refused = client.request('externalAgentConfig/import/preview', { migrationItems: items })
  await assert.rejects(refused, (error) => error instanceof ServerError && error.code === -32600)

  const run = await client.startImport(items)
  const report = await run.completed
  assert.deepEqual(
    report.itemTypeResults.map((result) => [result.itemType, result.successes.length]),
    [['AGENTS_MD', 1]],
  )
  assert.match(await readFile(join(repository, 'AGENTS.md'), 'utf8'), /npm test/)

  const { data } = await client.request('externalAgentConfig/import/readHistories', null)
  assert.equal(data[0]?.importId, run.importId)
  console.log(`import ${run.importId} is in the history`)
} finally {
  await rm(home, { recursive: true, force: true })
}

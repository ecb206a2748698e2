// Brings a small Claude Code home over through a server in this process: detect, preview, import, check.
// Run it with `npx tsx --conditions=@gangway/source examples/import-in-process.ts`; it works in a temporary folder only.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startInProcess } from '@gangway/client/in-process'

const home = await mkdtemp(join(tmpdir(), 'gangway-example-'))
try {
  const skill = join(home, '.claude', 'skills', 'tides')
  await mkdir(skill, { recursive: true })
  await writeFile(join(skill, 'SKILL.md'), '---\nname: tides\ndescription: Reads tide tables\n---\nRead tides.csv.\n')
  const codexHome = join(home, '.codex')
  await mkdir(codexHome)

  await using client = await startInProcess({
    clientInfo: { name: 'example', version: '1.0.0' },
    sessionSource: 'exec',
    experimentalApi: true,
    codexHome,
    env: { ...process.env, HOME: home, CLAUDE_CONFIG_DIR: undefined },
  })

  const { items } = await client.request('externalAgentConfig/detect', { includeHome: true })
  assert.deepEqual(
    items.map((item) => item.itemType),
    ['SKILLS'],
  )

  const plan = await client.request('externalAgentConfig/import/preview', { migrationItems: items })
  for (const file of plan.files) console.log(`${file.status} ${file.path}`)
  assert.equal(plan.account.counts.dropped, 0)

  const run = await client.startImport(items, { planDigest: plan.digest, failureMode: 'item' })
  for await (const step of run.progress()) console.log(step.itemTypeResults[0]?.itemType, 'done')
  const report = await run.completed

  assert.equal(report.importId, run.importId)
  assert.equal(report.itemResults?.[0]?.successCount, 1)
  const written = await readFile(join(home, '.agents', 'skills', 'tides', 'SKILL.md'), 'utf8')
  assert.match(written, /Read tides\.csv\./)
  console.log(`import ${report.importId} brought 1 skill`)
} finally {
  await rm(home, { recursive: true, force: true })
}

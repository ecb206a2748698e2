import { readFileSync } from 'node:fs'
import { AppServerClient } from '@gangway/client'
import { childServer, parseRecording, replay } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { addClaudeHome, launcher, type Place, place } from './support/place.js'

/** Imports a home over a real server that notes what is said. @returns the recording */
async function recordImport(at: Place): Promise<string> {
  const client = await AppServerClient.spawn({
    command: [process.execPath, launcher, 'app-server', '--log-wire', 'wire.jsonl'],
    cwd: at.home,
    env: at.env,
    clientInfo: { name: 'recorder', version: '1' },
    experimentalApi: true,
  })
  const { items } = await client.request('externalAgentConfig/detect', { includeHome: true })
  const run = await client.startImport(items)
  await run.completed
  await client.request('externalAgentConfig/import/readHistories')
  await client.shutdown()
  return readFileSync(`${at.home}/wire.jsonl`, 'utf8')
}

const serverOf = (at: Place) =>
  childServer({ command: [process.execPath, launcher, 'app-server'], cwd: at.home, env: at.env })

describe('the recording of a real import', () => {
  it('says the same when it is replayed over a home like the first', async () => {
    using first = place()
    using second = place()
    for (const at of [first, second]) addClaudeHome(at)
    const [connection] = parseRecording(await recordImport(first))

    const report = await replay(connection!, serverOf(second), { replace: [[first.home, second.home]] })

    expect(report.differences).toEqual([])
    expect(report.compared).toBeGreaterThanOrEqual(5)
  })

  it('says where a server answers differently: here, over a home with one skill less', async () => {
    using first = place()
    using second = place()
    addClaudeHome(first)
    second.write('.claude/CLAUDE.md', 'Always run the tests.\n')
    const [connection] = parseRecording(await recordImport(first))

    const report = await replay(connection!, serverOf(second), {
      replace: [[first.home, second.home]],
      timeoutMs: 2_000,
    })

    expect(report.differences).toContainEqual(expect.stringMatching(/^the answer to request \d+ \.result\.items: /))
  })
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { mcpFamily } from '../../src/tools/mcp/mcp-family.js'
import { isRunning } from '../hooks/is-running.js'
import { outputOf, ToolPlace } from './tool-place.js'

const states = (place: ToolPlace) =>
  place.of('mcpServer/startupStatus/updated').map(({ params }) => `${params.name} ${params.status}`)

it('starts all servers at once, and goes on without those that do not start', async () => {
  await using place = new ToolPlace()
  place.config = {
    mcp_servers: { bad: { command: '/nonexistent-x' }, fx: place.server(), off: place.server({ enabled: false }) },
  }
  await place.open(mcpFamily)

  const tools = await place.tools()

  expect(tools.some(({ namespace, name }) => namespace === 'mcp__fx' && name === 'echo')).toBe(true)
  expect(states(place).slice(0, 2)).toEqual(['bad starting', 'fx starting'])
  const failed = place.of('mcpServer/startupStatus/updated').find(({ params }) => params.status === 'failed')
  expect(failed?.params.error).toBe(
    'MCP client for `bad` failed to start: MCP startup failed: No such file or directory (os error 2)',
  )
})

it('waits for a server no longer than its time limit, and says which key to change', async () => {
  await using place = new ToolPlace()
  place.config = { mcp_servers: { fx: place.server({ env: { FIXTURE_MODE: 'mute' }, startup_timeout_sec: 0.5 }) } }
  await place.open(mcpFamily)

  const tools = await place.tools()

  expect(tools).toEqual([])
  expect(place.of('mcpServer/startupStatus/updated').at(-1)?.params).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('timed out after 0.5 seconds. Add or adjust `startup_timeout_sec`'),
  })
})

it('offers only the tools that the configuration lets through', async () => {
  await using place = new ToolPlace()
  place.config = { mcp_servers: { fx: place.server({ enabled_tools: ['echo', 'fail'], disabled_tools: ['fail'] }) } }
  await place.open(mcpFamily)

  const tools = await place.tools()

  expect(tools.filter(({ namespace }) => namespace !== null).map(({ name }) => name)).toEqual(['echo'])
})

it('gives a server its own variables and those that are named, and no others', async () => {
  await using place = new ToolPlace()
  Object.assign(place.env, { NAMED: 'yes', SECRET: 'no' })
  place.config = { mcp_servers: { fx: place.server({ env: { OWN: 'set' }, env_vars: ['NAMED'] }) } }
  await place.open(mcpFamily)

  const values = await Promise.all(['OWN', 'NAMED', 'SECRET'].map((text) => place.call('env', { text })))

  expect(values.map(outputOf)).toEqual([
    [`OWN=set cwd=${place.cwd}`],
    [`NAMED=yes cwd=${place.cwd}`],
    [`SECRET= cwd=${place.cwd}`],
  ])
})

it('refuses a thread whose required server does not start', async () => {
  await using place = new ToolPlace()
  place.config = { mcp_servers: { must: { command: '/nonexistent-x', required: true } } }

  await expect(place.open(mcpFamily)).rejects.toThrow('required MCP servers failed to initialize: must: ')
})

it('ends servers with the thread', async () => {
  const place = new ToolPlace()
  place.config = { mcp_servers: { fx: place.server() } }
  const set = await place.open(mcpFamily)
  await place.call('echo', { text: 'x' })
  const pid = Number(readFileSync(place.pidFile, 'utf8').trim())

  await set.close()

  expect(isRunning(pid)).toBe(false)
  await place[Symbol.asyncDispose]()
})

it('says that a start was cancelled when the thread ends first', async () => {
  await using place = new ToolPlace()
  place.config = { mcp_servers: { fx: place.server({ env: { FIXTURE_MODE: 'mute' } }) } }
  const set = await place.open(mcpFamily)

  await set.close()

  expect(states(place)).toEqual(['fx starting', 'fx cancelled'])
})

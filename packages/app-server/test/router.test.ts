import { describe, expect, it } from 'vitest'
import { runtimeSettings } from '../src/create-app-server.js'
import { handlerFamilies } from '../src/handlers/registry.js'
import { lineLog, silentLog } from '../src/log.js'
import { Runtime } from '../src/runtime.js'
import { connectInProcess } from '../src/transports/in-process.js'
import { introduction, testHome } from './support/homes.js'

describe('the map from method to handler', () => {
  it('refuses two handlers for one method', () => {
    using home = testHome()
    const settings = runtimeSettings({ ...home }, silentLog)

    const make = () => new Runtime(settings, (server) => [...handlerFamilies(server), ...handlerFamilies(server)])

    expect(make).toThrow('two handlers for initialize')
  })

  it('refuses to serve less than the table of methods says', () => {
    using home = testHome()
    const settings = runtimeSettings({ ...home }, silentLog)

    expect(() => new Runtime(settings, () => [])).toThrow('initialize is served in the table only')
  })

  it('answers the failure of a handler with its message, and logs it', async () => {
    using home = testHome()
    const logged: string[] = []
    const log = lineLog('error', (line) => logged.push(line))
    const fail = () => Promise.reject(new Error('the disk is full'))
    const runtime = new Runtime(runtimeSettings({ ...home }, log), (server) => [
      Object.assign({}, ...handlerFamilies(server), { 'config/read': fail }),
    ])
    const link = connectInProcess(runtime, { sessionSource: 'exec' })
    await link.request(1, 'initialize', introduction())

    await expect(link.request(2, 'config/read', {})).rejects.toMatchObject({
      code: -32603,
      message: 'the disk is full',
    })

    expect(logged).toEqual([expect.stringMatching(/ERROR config\/read failed: the disk is full\n$/)])
    await runtime.close()
  })
})

import { describe, expect, it } from 'vitest'
import { accountMethods } from '../src/methods/account-methods.js'
import { homeMethods } from '../src/methods/home-methods.js'
import { machineMethods } from '../src/methods/machine-methods.js'
import type { ClientMethodRow, ServerNotificationRow, ServerRequestRow } from '../src/methods/row.js'
import { serverNotifications } from '../src/methods/server-notifications.js'
import { clientNotifications, serverRequests } from '../src/methods/server-requests.js'
import { threadMethods } from '../src/methods/thread-methods.js'
import { turnMethods } from '../src/methods/turn-methods.js'
import { clientMethods, isClientMethod } from '../src/methods.js'
import { checks } from '../src/validators.gen.js'

const rows = Object.entries<ClientMethodRow>(clientMethods)
const notifications = Object.entries<ServerNotificationRow>(serverNotifications)
const requests = Object.entries<ServerRequestRow>(serverRequests)

describe('the tables of methods', () => {
  it('hold the 187 client methods of the reference and four of ours', () => {
    expect(rows.length).toBe(191)
    expect(rows.filter(([, row]) => row.ours).map(([method]) => method)).toEqual([
      'externalAgentConfig/import/preview',
      'externalAgentConfig/import/cancel',
      'externalAgentConfig/import/undo',
      'externalAgentConfig/import/verify',
    ])
  })

  it('hold 88 server notifications, 11 server requests and one client notification', () => {
    expect([notifications.length, requests.length, Object.keys(clientNotifications).length]).toEqual([88, 11, 1])
  })

  it('call 112 client methods and 10 server requests stable, as the reference does', () => {
    expect(rows.filter(([, row]) => row.stability === 'stable').length).toBe(112)
    expect(requests.filter(([, row]) => row.stability === 'stable').length).toBe(10)
    expect(notifications.every(([, row]) => row.stability === 'stable')).toBe(true)
  })

  it('name no client method in two families', () => {
    const families = [homeMethods, threadMethods, turnMethods, accountMethods, machineMethods]
    const names = families.flatMap((family) => Object.keys(family))

    expect(names.length).toBe(new Set(names).size)
    expect(names.length).toBe(rows.length)
  })

  it('serve what a terminal needs to start and to talk', () => {
    const served = new Set(rows.filter(([, row]) => row.state === 'served').map(([method]) => method))
    const needed = [
      'initialize',
      'account/read',
      'model/list',
      'config/read',
      'configRequirements/read',
      'thread/start',
      'thread/resume',
      'turn/start',
      'turn/interrupt',
    ]

    expect(needed.filter((method) => !served.has(method))).toEqual([])
  })

  it('give a reason for every refusal', () => {
    const refused = rows.flatMap(([, row]) => (row.state === 'refused' ? [row.reason] : []))

    expect(refused.length).toBeGreaterThan(20)
    expect(refused.every((reason) => reason.length > 10)).toBe(true)
  })

  it('name types that exist, for everything served and for nothing that is refused', () => {
    const named = rows.flatMap(([, { params, result }]) => [params, result]).filter((name) => name !== undefined)
    const sent = notifications.map(([, { params }]) => params).filter((name) => name !== undefined)

    expect([...named, ...sent].filter((name) => !Object.hasOwn(checks, name))).toEqual([])
    expect(rows.filter(([, row]) => row.state === 'served' && row.result === undefined)).toEqual([])
    expect(rows.filter(([, row]) => row.state === 'refused' && row.result !== undefined)).toEqual([])
  })

  it('know a method by its exact name only', () => {
    expect(isClientMethod('thread/start')).toBe(true)
    expect(['toString', '__proto__', 'thread/Start', 'externalAgentConfig/import/completed'].some(isClientMethod)).toBe(
      false,
    )
  })
})

import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHome, testHome } from './support/homes.js'
import { type SocketServer, socketTransports } from './support/socket-server.js'
import { WebSocketClient } from './support/websocket-client.js'

interface Answer {
  readonly status: number | undefined
  readonly body: string
  readonly allow: string | undefined
}

function ask(address: string, method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { hostname, port } = new URL(address)
  const place = address.startsWith('unix://') ? { socketPath: address.slice('unix://'.length) } : { hostname, port }
  return new Promise((resolve, reject) => {
    const asked = request({ ...place, method, path, headers, agent: false }, async (response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve({ status: response.statusCode, body, allow: response.headers.allow })
    })
    asked.once('error', reject).end()
  })
}

describe.each(socketTransports)('plain HTTP to a $name', ({ serve }) => {
  let home: TestHome
  let server: SocketServer
  beforeAll(async () => {
    home = testHome()
    server = await serve(home)
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    home[Symbol.dispose]()
  })

  it.each([
    ['GET', '/healthz', 200, '', undefined],
    ['HEAD', '/healthz', 200, '', undefined],
    ['GET', '/readyz', 200, '', undefined],
    ['GET', '/readyz?x=1', 200, '', undefined],
    ['HEAD', '/readyz', 200, '', undefined],
    ['POST', '/healthz', 405, '', 'GET,HEAD'],
    ['POST', '/readyz', 405, '', 'GET,HEAD'],
    ['GET', '/', 400, "Connection header did not include 'upgrade'", undefined],
    ['GET', '/foo', 400, "Connection header did not include 'upgrade'", undefined],
    ['POST', '/', 405, 'Request method must be `GET`', undefined],
  ])('%s %s is answered %i', async (method, path, status, body, allow) => {
    expect(await ask(server.address, method, path)).toEqual({ status, body, allow })
  })

  it.each(['/healthz', '/readyz', '/'])('H16: a page in a browser is refused at %s', async (path) => {
    for (const origin of ['http://localhost', 'null']) {
      expect(await ask(server.address, 'GET', path, { Origin: origin })).toMatchObject({ status: 403, body: '' })
    }
  })

  it('H16: a page in a browser opens no websocket', async () => {
    await expect(WebSocketClient.connect(server.address, { Origin: 'http://localhost' })).rejects.toThrow(/^403$/)
  })

  it('an upgrade to something else than a websocket is refused', async () => {
    const upgrade = { Connection: 'upgrade', Upgrade: 'h2c' }

    expect(await ask(server.address, 'GET', '/', upgrade)).toMatchObject({ status: 400 })
  })
})

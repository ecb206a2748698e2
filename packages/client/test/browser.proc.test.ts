import { fileURLToPath } from 'node:url'
import { listenWebsocket, ScriptedPeer } from '@gangway/testkit'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type * as face from '../src/index.js'

async function bundle() {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['@gangway/source'],
    write: false,
    metafile: true,
  })
  return { text: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs), count: outputFiles.length }
}

it('bundles for a browser as it is: nothing of the remote core needs Node, a library or the server', async () => {
  const { text, inputs, count } = await bundle()

  expect(count).toBe(1)
  expect(text).not.toMatch(/node:/)
  expect(inputs.filter((input) => /node_modules|app-server|src\/(child|remote\/socket\.ts)/.test(input))).toEqual([])
})

it('talks through the browser’s own WebSocket, and says what a browser cannot do', async () => {
  const peer = new ScriptedPeer().on('account/usage/read', () => 'here')
  const listener = await listenWebsocket(peer)
  const { text } = await bundle()
  const before = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket')
  Object.defineProperty(globalThis, 'WebSocket', { value: WebSocket, configurable: true, writable: true })
  try {
    const { AppServerClient } = (await import(
      /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`
    )) as typeof face
    const clientInfo = { name: 'test', version: '1' }
    const client = await AppServerClient.connect({ url: listener.address, clientInfo })

    expect(await client.request('account/usage/read')).toBe('here')
    expect(await client.shutdown()).toEqual({ forced: false })
    await expect(AppServerClient.connect({ url: listener.address, authToken: 't', clientInfo })).rejects.toMatchObject({
      reason: 'auth',
      detail: 'a browser cannot send an auth token with a websocket',
    })
    await expect(AppServerClient.connect({ socketPath: '/a.sock', clientInfo })).rejects.toMatchObject({
      detail: 'a browser cannot open `/a.sock`',
    })
    await expect(AppServerClient.spawn({ command: ['gangway'], clientInfo })).rejects.toMatchObject({
      detail: 'a browser cannot start a server; use AppServerClient.connect',
    })
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'WebSocket')
    else Object.defineProperty(globalThis, 'WebSocket', before)
    await listener.close()
  }
})

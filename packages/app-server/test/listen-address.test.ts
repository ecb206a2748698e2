import { expect, it } from 'vitest'
import { parseListenAddress } from '../src/listen-address.js'

it.each([
  ['stdio://', { type: 'stdio' }],
  ['off', { type: 'off' }],
  ['ws://127.0.0.1:0', { type: 'websocket', host: '127.0.0.1', port: 0 }],
  ['ws://[::1]:4500', { type: 'websocket', host: '::1', port: 4500 }],
  ['unix://', { type: 'unixSocket', path: undefined }],
  ['unix://run/x.sock', { type: 'unixSocket', path: 'run/x.sock' }],
  ['unix:///run/x.sock', { type: 'unixSocket', path: '/run/x.sock' }],
])('reads %s', (url, address) => {
  expect(parseListenAddress(url)).toEqual(address)
})

it.each(['ws://localhost:1', 'ws://127.0.0.1', 'ws://127.0.0.1:99999', 'ws://127.0.0.1:0/x', 'ws://::1:80', 'ws://'])(
  'wants an IP address and a port instead of %s',
  (url) => {
    expect(() => parseListenAddress(url)).toThrow(
      `invalid websocket --listen URL \`${url}\`; expected \`ws://IP:PORT\``,
    )
  },
)

it.each(['tcp://x', '', 'wss://127.0.0.1:1', 'stdio', 'OFF'])('names what would be right instead of "%s"', (url) => {
  expect(() => parseListenAddress(url)).toThrow(
    `unsupported --listen URL \`${url}\`; expected \`stdio://\`, \`unix://\`, \`unix://PATH\`, \`ws://IP:PORT\`, or \`off\``,
  )
})

import type { Readable, Writable } from 'node:stream'
import { JsonLines } from '@gangway/protocol/channel'
import type { ScriptedPeer } from './peer.js'

/** The streams that a peer serves. */
export interface PeerStreams {
  readonly input: Readable
  readonly output: Writable
}

/**
 * Lets `peer` serve one client on a pair of streams, one message per line; in a program of its own on standard input and
 * output. The connection is over when the input ends.
 */
export function serveStreams(peer: ScriptedPeer, { input, output }: PeerStreams): void {
  const intake = peer.accept({
    send: (data) => {
      output.write(data)
      if (typeof data === 'string') output.write('\n')
    },
    close: () => void output.end(),
    hold: () => void input.pause(),
    destroy: () => {
      input.destroy()
      output.destroy()
    },
  })
  const lines = new JsonLines({
    line: (text) => intake.received(text),
    invalid: () => {},
    oversize: () => {},
  })
  input.on('data', (chunk: Uint8Array) => lines.push(chunk))
  input.once('end', () => lines.end())
  input.once('close', () => intake.ended({ code: 1006, reason: '' }))
  output.on('error', () => {})
}

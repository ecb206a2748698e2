import { expect, it } from 'vitest'
import { EventStreamParser } from '../../src/model/event-stream.js'

const bytes = (text: string) => new TextEncoder().encode(text)

it('gives events however their bytes are cut', () => {
  const stream = 'event: a\ndata: {"type":"a","text":"über"}\r\n\r\ndata: {"type":\ndata: "b"}\n\ndata: [DONE]\n\n'
  const parser = new EventStreamParser()

  const events = [...bytes(stream)].flatMap((byte) => parser.push(Uint8Array.of(byte)))

  expect(events).toEqual([{ type: 'a', text: 'über' }, { type: 'b' }])
})

it('refuses an event without end before it fills the memory', () => {
  const parser = new EventStreamParser()
  const piece = bytes(`data: ${'x'.repeat(1024 * 1024)}`)

  expect(() => {
    for (let sent = 0; sent < 80; sent++) parser.push(piece)
  }).toThrow('the model server sent an event of more than 67108864 characters')
})

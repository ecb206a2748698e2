import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage, type Message } from '../src/jsonrpc.js'
import { readMessageHead } from '../src/message-head.js'
import { RpcError } from '../src/rpc-error.js'

describe('decodeMessage', () => {
  it.each([
    ['{"id":1,"method":"a","params":{"x":1}}', { type: 'request', id: 1, method: 'a', params: { x: 1 } }],
    ['{"id":"","method":"a"}', { type: 'request', id: '', method: 'a', params: undefined }],
    ['{"id":0,"method":"a"}', { type: 'request', id: 0, method: 'a', params: undefined }],
    ['{"id":-3,"method":"a"}', { type: 'request', id: -3, method: 'a', params: undefined }],
    ['{"jsonrpc":"1.0","id":1,"method":"a","more":[]}', { type: 'request', id: 1, method: 'a', params: undefined }],
    [
      '{"id":1,"method":"a","trace":{"traceparent":"00-1"}}',
      { type: 'request', id: 1, method: 'a', params: undefined, trace: { traceparent: '00-1' } },
    ],
    ['{"id":1,"method":"a","result":1}', { type: 'request', id: 1, method: 'a', params: undefined }],
    ['{"method":"a","params":null}', { type: 'notification', method: 'a', params: null }],
    ['{"method":"a","params":{},"emittedAtMs":5}', { type: 'notification', method: 'a', params: {}, emittedAtMs: 5 }],
    ['{"id":null,"method":"a"}', { type: 'notification', method: 'a', params: undefined }],
    ['{"id":1.5,"method":"a"}', { type: 'notification', method: 'a', params: undefined }],
    ['{"id":9223372036854775808,"method":"a"}', { type: 'notification', method: 'a', params: undefined }],
    ['{"id":1e300,"method":"a"}', { type: 'notification', method: 'a', params: undefined }],
    ['{"id":7,"result":null}', { type: 'response', id: 7, result: null }],
    ['{"id":7,"result":{},"error":{"code":1,"message":"m"}}', { type: 'response', id: 7, result: {} }],
    [
      '{"id":7,"error":{"code":-32600,"message":"m","data":{"a":1}}}',
      { type: 'error', id: 7, error: { code: -32600, message: 'm', data: { a: 1 } } },
    ],
    ['\ufeff{"id":1,"method":"a"}'.slice(1), { type: 'request', id: 1, method: 'a', params: undefined }],
    ['{"id":1,"method":"a"}\r', { type: 'request', id: 1, method: 'a', params: undefined }],
  ])('reads %s by its members', (line, message) => {
    expect(decodeMessage(line)).toEqual(message)
  })

  it.each([
    '',
    ' ',
    'not json',
    '[]',
    '[{"id":1,"method":"a"}]',
    'null',
    '5',
    '"a"',
    '{}',
    '{"id":9}',
    '{"result":1}',
    '{"id":null,"result":1}',
    '{"id":1,"error":"no"}',
    '{"id":1,"error":{"code":1.5,"message":"m"}}',
    '{"id":1,"method":5}',
    '\ufeff{"id":1,"method":"a"}',
    '{"id":1,"method":"a"}{"id":2,"method":"a"}',
  ])('finds no message in %j', (line) => {
    expect(decodeMessage(line)).toBeUndefined()
  })

  it('keeps every digit of an id beyond 2^53, wherever the id stands', () => {
    const lines = [
      '{"id":9007199254740993,"method":"a"}',
      '{"method":"a","params":{"id":1,"text":"\\"id\\":2"}, "id" : 9007199254740993}',
      '{"id":1,"method":"a","params":[{"id":3}],"\\u0069d":9007199254740993}',
    ]

    expect(lines.map(decodeMessage)).toEqual([
      { type: 'request', id: 9007199254740993n, method: 'a', params: undefined },
      { type: 'request', id: 9007199254740993n, method: 'a', params: { id: 1, text: '"id":2' } },
      { type: 'request', id: 9007199254740993n, method: 'a', params: [{ id: 3 }] },
    ])
  })
})

describe('encodeMessage', () => {
  it('never writes a jsonrpc member, and leaves out params that are not there', () => {
    expect(encodeMessage({ type: 'request', id: 1, method: 'a' })).toBe('{"id":1,"method":"a"}')
    expect(encodeMessage({ type: 'notification', method: 'a', params: null })).toBe('{"method":"a","params":null}')
    expect(encodeMessage({ type: 'response', id: '', result: undefined })).toBe('{"id":"","result":null}')
  })

  it('writes an error by its wire form, with the id last as the reference does', () => {
    const error = new RpcError(-32600, 'Not initialized').toWire()

    expect(encodeMessage({ type: 'error', id: 3, error })).toBe(
      '{"error":{"code":-32600,"message":"Not initialized"},"id":3}',
    )
  })

  it('gives back every message that it wrote, with ids of all 64 bits', () => {
    const id = fc.oneof(
      fc.string(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((exact) => {
        const near = Number(exact)
        return Number.isSafeInteger(near) ? near : exact
      }),
    )
    const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown)
    const message: fc.Arbitrary<Message> = fc.oneof(
      fc.record({ type: fc.constant('request' as const), id, method: fc.string(), params: json }),
      fc.record({ type: fc.constant('notification' as const), method: fc.string(), params: json }),
      fc.record({ type: fc.constant('response' as const), id, result: json }),
    )
    fc.assert(
      fc.property(message, (given) => {
        const line = encodeMessage(given)

        expect(line).not.toContain('\n')
        expect(decodeMessage(line)).toEqual(given)
        expect(encodeMessage(decodeMessage(line) as Message)).toBe(line)
      }),
    )
  })
})

describe('readMessageHead', () => {
  it('finds id and method in a text that is cut off inside a later value', () => {
    expect(readMessageHead('{"id":"r-1","method":"thread/read","params":{"text":"aaaa')).toEqual({
      id: 'r-1',
      method: 'thread/read',
    })
  })

  it('does not take an id for read that the cut may have shortened', () => {
    expect(readMessageHead('{"id":12')).toEqual({})
    expect(readMessageHead('{"result":{"data":"aaaa')).toEqual({})
  })

  it('never throws, and never disagrees with the whole text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.integer(), (value, cut, id) => {
        const text = JSON.stringify({ params: value, id, method: 'm' })

        const head = readMessageHead(text.slice(0, cut % (text.length + 1)))

        expect([undefined, id]).toContain(head.id)
        expect([undefined, 'm']).toContain(head.method)
        expect(readMessageHead(text)).toEqual({ id, method: 'm' })
      }),
    )
  })
})

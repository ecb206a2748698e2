import { type RpcError, rpcCodes } from '@gangway/protocol'
import { invalidParams, invalidRequest } from '../refusals.js'

/** What a refusal calls the id. */
type IdName =
  | 'thread id'
  | 'session id'
  | 'parent thread id'
  | 'ancestor thread id'
  | 'attached thread parent id'
  | 'excluded thread id'

/**
 * A thread's id in the one spelling that files use: 36 characters, lower case. The other spellings of a UUID are taken too.
 *
 * Source: reference 0.169.0, spellings and words.
 *
 * @param code of the refusal; the reference has two, by method
 * @throws RpcError when `given` is no UUID
 */
export function threadIdOf(
  given: string,
  name: IdName = 'thread id',
  code: typeof rpcCodes.invalidRequest | typeof rpcCodes.invalidParams = rpcCodes.invalidRequest,
): string {
  const digits = digitsOf(given)
  if (digits === undefined) throw refusal(code, `invalid ${name}: ${faultOf(given)}`)
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => digits.slice(from, to))
    .join('-')
}

function refusal(code: number, message: string): RpcError {
  return code === rpcCodes.invalidParams ? invalidParams(message) : invalidRequest(message)
}

const hyphenated = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function digitsOf(given: string): string | undefined {
  const text = given.toLowerCase()
  if (/^[0-9a-f]{32}$/.test(text)) return text
  const { inner } = unwrapped(given)
  return hyphenated.test(inner.toLowerCase()) ? inner.toLowerCase().replaceAll('-', '') : undefined
}

function unwrapped(given: string): { readonly inner: string; readonly offset: number; readonly isPlain: boolean } {
  if (/^\{.*\}$/s.test(given)) return { inner: given.slice(1, -1), offset: 1, isPlain: false }
  if (given.startsWith('urn:uuid:')) return { inner: given.slice(9), offset: 9, isPlain: false }
  return { inner: given, offset: 0, isPlain: true }
}

/** Where each group of digits begins. */
const groups = [
  { start: 0, length: 8 },
  { start: 9, length: 4 },
  { start: 14, length: 4 },
  { start: 19, length: 4 },
] as const
const lastGroup = { start: 24, length: 12 }

function faultOf(given: string): string {
  const { inner, offset, isPlain } = unwrapped(given)
  const wrong = /[^0-9a-fA-F-]/u.exec(inner)
  if (wrong) {
    const at = Buffer.byteLength(inner.slice(0, wrong.index)) + offset + 1
    return `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${wrong[0]}\` at ${at}`
  }
  const bounds = [...inner.matchAll(/-/g)].map(({ index }) => index)
  if (bounds.length === 0 && isPlain)
    return `invalid length: expected length 32 for simple format, found ${given.length}`
  if (bounds.length !== groups.length) return `invalid group count: expected 5, found ${bounds.length + 1}`
  for (const [group, { start, length }] of groups.entries()) {
    const found = bounds[group]! - start
    if (found !== length) return `invalid group length in group ${group}: expected ${length}, found ${found}`
  }
  const found = inner.length - lastGroup.start
  return `invalid group length in group ${groups.length}: expected ${lastGroup.length}, found ${found}`
}

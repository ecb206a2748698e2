/**
 * The bytes that base64 text stands for.
 *
 * @throws Error with the reference's words for what is wrong, e.g. `Invalid symbol 33, offset 0.`
 */
export function bytesOfBase64(text: string): Buffer {
  const offset = text.search(/[^A-Za-z0-9+/=]|=(?!=?$)/)
  if (offset >= 0) throw new Error(`Invalid symbol ${text.codePointAt(offset)}, offset ${offset}.`)
  if (text.length % 4 !== 0) throw new Error('Invalid padding')
  return Buffer.from(text, 'base64')
}

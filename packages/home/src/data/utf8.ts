import { isUtf8 } from 'node:buffer'

/** Bytes as text, byte order mark kept, or undefined when they are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : undefined
}

/** Whether a file holds nothing but blanks: such a one may be written over. */
export function isBlank(bytes: Uint8Array): boolean {
  return bytes.length < 1024 && (textOf(bytes)?.trim() ?? 'not text') === ''
}

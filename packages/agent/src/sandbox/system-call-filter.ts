/** System calls by which a process reaches other processes that are not its own: by socket, or by tracing. */
const forbidden: Readonly<Record<'x64' | 'arm64', { readonly audit: number; readonly calls: readonly number[] }>> = {
  // connect, accept, bind, listen, ptrace, accept4, process_vm_readv/writev, io_uring_setup
  x64: { audit: 0xc000003e, calls: [42, 43, 49, 50, 101, 288, 310, 311, 425] },
  arm64: { audit: 0xc00000b7, calls: [203, 202, 200, 201, 117, 242, 270, 271, 425] },
}

const loadWord = 0x20
const jumpIfEqual = 0x15
const jumpIfAtLeast = 0x35
const give = 0x06
const allow = 0x7fff0000
const killProcess = 0x80000000
const refuse = 0x00050001
/** Numbers from here on are the other way of calling on x64. */
const x32 = 0x40000000

/**
 * A filter for bubblewrap's `--seccomp`: no sockets but unconnected ones, no tracing. A path to a socket is a way out
 * of a sandbox that only forbids writing.
 *
 * @returns undefined for a machine whose system calls are not known here
 */
export function systemCallFilter(architecture: string): Buffer | undefined {
  if (architecture !== 'x64' && architecture !== 'arm64') return undefined
  const { audit, calls } = forbidden[architecture]
  const program: [code: number, whenTrue: number, whenFalse: number, value: number][] = [
    [loadWord, 0, 0, 4],
    [jumpIfEqual, 1, 0, audit],
    [give, 0, 0, killProcess],
    [loadWord, 0, 0, 0],
    [jumpIfAtLeast, calls.length + 1, 0, architecture === 'x64' ? x32 : 0xffffffff],
    ...calls.map((call, index): [number, number, number, number] => [jumpIfEqual, calls.length - index, 0, call]),
    [give, 0, 0, allow],
    [give, 0, 0, refuse],
  ]
  const bytes = Buffer.alloc(program.length * 8)
  program.forEach(([code, whenTrue, whenFalse, value], index) => {
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(whenTrue, index * 8 + 2)
    bytes.writeUInt8(whenFalse, index * 8 + 3)
    bytes.writeUInt32LE(value, index * 8 + 4)
  })
  return bytes
}

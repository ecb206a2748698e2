import { z } from 'zod'
import { i32, i64, named, path, u16, u64 } from './named.js'

const ProcessTerminalSize = named(
  'ProcessTerminalSize',
  'Size of a terminal, in characters.',
  z.object({ cols: u16, rows: u16 }),
)

/** Params of `process/spawn`. */
export const ProcessSpawnParams = named(
  'ProcessSpawnParams',
  'Params of `process/spawn`.',
  z.object({
    command: z.array(z.string()).describe('The program and its arguments; never empty.'),
    cwd: path,
    env: z
      .record(z.string(), z.string().nullable())
      .nullish()
      .describe('Added to the server’s environment; null takes a variable away.'),
    outputBytesCap: u64.nullish().describe('Bytes that are kept of each stream; null: all.'),
    processHandle: z.string().describe('A name of the client’s choice, free again when the process has ended.'),
    size: ProcessTerminalSize.nullish().describe('Only with `tty`.'),
    streamStdin: z.boolean().optional(),
    streamStdoutStderr: z.boolean().optional(),
    timeoutMs: i64.nullish().describe('Null: none.'),
    tty: z.boolean().optional().describe('Runs it on a terminal, streaming both ways.'),
  }),
)

/** Result of `process/spawn`. */
export const ProcessSpawnResponse = named('ProcessSpawnResponse', 'Result of `process/spawn`.', z.object({}))

/** Params of `process/writeStdin`. */
export const ProcessWriteStdinParams = named(
  'ProcessWriteStdinParams',
  'Params of `process/writeStdin`.',
  z.object({
    closeStdin: z.boolean().optional().describe('After what is written.'),
    deltaBase64: z.string().nullish().describe('Bytes in base64.'),
    processHandle: z.string().describe('The name that the client gave the process, valid on this connection.'),
  }),
)

/** Result of `process/writeStdin`. */
export const ProcessWriteStdinResponse = named(
  'ProcessWriteStdinResponse',
  'Result of `process/writeStdin`.',
  z.object({}),
)

/** Params of `process/kill`. */
export const ProcessKillParams = named(
  'ProcessKillParams',
  'Params of `process/kill`.',
  z.object({
    processHandle: z.string().describe('The name that the client gave the process, valid on this connection.'),
  }),
)

/** Result of `process/kill`. */
export const ProcessKillResponse = named('ProcessKillResponse', 'Result of `process/kill`.', z.object({}))

/** Params of `process/resizePty`. */
export const ProcessResizePtyParams = named(
  'ProcessResizePtyParams',
  'Params of `process/resizePty`.',
  z.object({
    processHandle: z.string().describe('The name that the client gave the process, valid on this connection.'),
    size: ProcessTerminalSize,
  }),
)

/** Result of `process/resizePty`. */
export const ProcessResizePtyResponse = named(
  'ProcessResizePtyResponse',
  'Result of `process/resizePty`.',
  z.object({}),
)

const ProcessOutputStream = named('ProcessOutputStream', 'Which of the two streams.', z.enum(['stdout', 'stderr']))

/** Params of `process/outputDelta`. */
export const ProcessOutputDeltaNotification = named(
  'ProcessOutputDeltaNotification',
  'Params of `process/outputDelta`.',
  z.object({
    capReached: z.boolean().describe('Nothing more of this stream will come.'),
    deltaBase64: z.string().describe('Bytes in base64.'),
    processHandle: z.string(),
    stream: ProcessOutputStream,
  }),
)

/** Params of `process/exited`. */
export const ProcessExitedNotification = named(
  'ProcessExitedNotification',
  'Params of `process/exited`.',
  z.object({
    exitCode: i32,
    outputDrainTimedOut: z
      .boolean()
      .nullish()
      .describe('Whether output may be missing that others than the process still held. Left out by older servers.'),
    processHandle: z.string(),
    stderr: z.string().describe('Empty where it was streamed.'),
    stderrCapReached: z.boolean(),
    stdout: z.string().describe('Empty where it was streamed.'),
    stdoutCapReached: z.boolean(),
  }),
)

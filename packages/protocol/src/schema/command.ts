import { z } from 'zod'
import { experimental, i32, i64, named, u16, u64 } from './named.js'
import { SandboxPolicy } from './sandbox-policy.js'

const CommandExecTerminalSize = named(
  'CommandExecTerminalSize',
  'Size of a terminal, in characters.',
  z.object({ cols: u16, rows: u16 }),
)

/** Params of `command/exec`. */
export const CommandExecParams = named(
  'CommandExecParams',
  'Params of `command/exec`.',
  z.object({
    command: z.array(z.string()).describe('The program and its arguments; never empty.'),
    cwd: z.string().nullish().describe('Null: the server’s own.'),
    disableOutputCap: z.boolean().optional(),
    disableTimeout: z.boolean().optional(),
    env: z
      .record(z.string(), z.string().nullable())
      .nullish()
      .describe('Added to the server’s environment; null takes a variable away.'),
    outputBytesCap: u64.nullish().describe('Bytes that are kept of each stream; null leaves it to the server.'),
    permissionProfile: experimental(z.string().nullish(), 'Not together with `sandboxPolicy`.'),
    processId: z.string().nullish().describe('A name of the client’s choice; needed to write, to stream and to end.'),
    sandboxPolicy: SandboxPolicy.nullish().describe('Null: as configured.'),
    size: CommandExecTerminalSize.nullish().describe('Only with `tty`.'),
    streamStdin: z.boolean().optional(),
    streamStdoutStderr: z.boolean().optional(),
    timeoutMs: i64.nullish().describe('Null leaves it to the server.'),
    tty: z.boolean().optional().describe('Runs it on a terminal, streaming both ways.'),
  }),
)

/** Result of `command/exec`. */
export const CommandExecResponse = named(
  'CommandExecResponse',
  'Result of `command/exec`.',
  z.object({
    exitCode: i32,
    stderr: z.string().describe('Empty where it was streamed.'),
    stdout: z.string().describe('Empty where it was streamed.'),
  }),
)

/** Params of `command/exec/write`. */
export const CommandExecWriteParams = named(
  'CommandExecWriteParams',
  'Params of `command/exec/write`.',
  z.object({
    closeStdin: z.boolean().optional().describe('After what is written.'),
    deltaBase64: z.string().nullish().describe('Bytes in base64.'),
    processId: z.string().describe('The name that the client gave the command, valid on this connection.'),
  }),
)

/** Result of `command/exec/write`. */
export const CommandExecWriteResponse = named(
  'CommandExecWriteResponse',
  'Result of `command/exec/write`.',
  z.object({}),
)

/** Params of `command/exec/terminate`. */
export const CommandExecTerminateParams = named(
  'CommandExecTerminateParams',
  'Params of `command/exec/terminate`.',
  z.object({ processId: z.string().describe('The name that the client gave the command, valid on this connection.') }),
)

/** Result of `command/exec/terminate`. */
export const CommandExecTerminateResponse = named(
  'CommandExecTerminateResponse',
  'Result of `command/exec/terminate`.',
  z.object({}),
)

/** Params of `command/exec/resize`. */
export const CommandExecResizeParams = named(
  'CommandExecResizeParams',
  'Params of `command/exec/resize`.',
  z.object({
    processId: z.string().describe('The name that the client gave the command, valid on this connection.'),
    size: CommandExecTerminalSize,
  }),
)

/** Result of `command/exec/resize`. */
export const CommandExecResizeResponse = named(
  'CommandExecResizeResponse',
  'Result of `command/exec/resize`.',
  z.object({}),
)

const CommandExecOutputStream = named(
  'CommandExecOutputStream',
  'Which of the two streams.',
  z.enum(['stdout', 'stderr']),
)

/** Params of `command/exec/outputDelta`. */
export const CommandExecOutputDeltaNotification = named(
  'CommandExecOutputDeltaNotification',
  'Params of `command/exec/outputDelta`.',
  z.object({
    capReached: z.boolean().describe('Nothing more of this stream will come.'),
    deltaBase64: z.string().describe('Bytes in base64.'),
    processId: z.string(),
    stream: CommandExecOutputStream,
  }),
)

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
    command: z.array(z.string()),
    cwd: z.string().nullish(),
    disableOutputCap: z.boolean().optional(),
    disableTimeout: z.boolean().optional(),
    env: z.record(z.string(), z.string().nullable()).nullish(),
    outputBytesCap: u64.nullish(),
    permissionProfile: experimental(z.string().nullish()),
    processId: z.string().nullish(),
    sandboxPolicy: SandboxPolicy.nullish(),
    size: CommandExecTerminalSize.nullish(),
    streamStdin: z.boolean().optional(),
    streamStdoutStderr: z.boolean().optional(),
    timeoutMs: i64.nullish(),
    tty: z.boolean().optional(),
  }),
)

/** Result of `command/exec`. */
export const CommandExecResponse = named(
  'CommandExecResponse',
  'Result of `command/exec`.',
  z.object({ exitCode: i32, stderr: z.string(), stdout: z.string() }),
)

/** Params of `command/exec/write`. */
export const CommandExecWriteParams = named(
  'CommandExecWriteParams',
  'Params of `command/exec/write`.',
  z.object({ closeStdin: z.boolean().optional(), deltaBase64: z.string().nullish(), processId: z.string() }),
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
  z.object({ processId: z.string() }),
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
  z.object({ processId: z.string(), size: CommandExecTerminalSize }),
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
    capReached: z.boolean(),
    deltaBase64: z.string(),
    processId: z.string(),
    stream: CommandExecOutputStream,
  }),
)

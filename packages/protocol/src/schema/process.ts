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
    command: z.array(z.string()),
    cwd: path,
    env: z.record(z.string(), z.string().nullable()).nullish(),
    outputBytesCap: u64.nullish(),
    processHandle: z.string(),
    size: ProcessTerminalSize.nullish(),
    streamStdin: z.boolean().optional(),
    streamStdoutStderr: z.boolean().optional(),
    timeoutMs: i64.nullish(),
    tty: z.boolean().optional(),
  }),
)

/** Result of `process/spawn`. */
export const ProcessSpawnResponse = named('ProcessSpawnResponse', 'Result of `process/spawn`.', z.object({}))

/** Params of `process/writeStdin`. */
export const ProcessWriteStdinParams = named(
  'ProcessWriteStdinParams',
  'Params of `process/writeStdin`.',
  z.object({ closeStdin: z.boolean().optional(), deltaBase64: z.string().nullish(), processHandle: z.string() }),
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
  z.object({ processHandle: z.string() }),
)

/** Result of `process/kill`. */
export const ProcessKillResponse = named('ProcessKillResponse', 'Result of `process/kill`.', z.object({}))

/** Params of `process/resizePty`. */
export const ProcessResizePtyParams = named(
  'ProcessResizePtyParams',
  'Params of `process/resizePty`.',
  z.object({ processHandle: z.string(), size: ProcessTerminalSize }),
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
    capReached: z.boolean(),
    deltaBase64: z.string(),
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
    outputDrainTimedOut: z.boolean().nullish(),
    processHandle: z.string(),
    stderr: z.string(),
    stderrCapReached: z.boolean(),
    stdout: z.string(),
    stdoutCapReached: z.boolean(),
  }),
)

import { z } from 'zod'
import { named, u32, u64 } from './named.js'

/** Params of `environment/info`. */
export const EnvironmentInfoParams = named(
  'EnvironmentInfoParams',
  'Params of `environment/info`.',
  z.object({ environmentId: z.string().describe('`local` is the machine of the server.') }),
)

const EnvironmentShellInfo = named(
  'EnvironmentShellInfo',
  'The shell that commands run in.',
  z.object({ name: z.string(), path: z.string() }),
)

/** Result of `environment/info`. */
export const EnvironmentInfoResponse = named(
  'EnvironmentInfoResponse',
  'Where commands run.',
  z.object({ shell: EnvironmentShellInfo, cwd: z.string().nullish().describe('A file URI.') }),
)

/** Params of `environment/status`. */
export const EnvironmentStatusParams = named(
  'EnvironmentStatusParams',
  'Params of `environment/status`.',
  z.object({ environmentId: z.string() }),
)

const EnvironmentStatusKind = named(
  'EnvironmentStatusKind',
  'Whether commands can run there.',
  z.enum(['ready', 'pending', 'disconnected', 'unknown']),
)

/** Result of `environment/status`. */
export const EnvironmentStatusResponse = named(
  'EnvironmentStatusResponse',
  'Whether commands can run in an environment.',
  z.object({ status: EnvironmentStatusKind, error: z.string().nullish() }),
)

/** Params of `server/diagnostics`. */
export const ServerDiagnosticsParams = named('ServerDiagnosticsParams', 'Params of `server/diagnostics`.', z.object({}))

const ServerDiagnosticsGauge = named(
  'ServerDiagnosticsGauge',
  'Something that is counted.',
  z.object({ name: z.string(), value: u64 }),
)

const ServerDiagnosticsProcess = named(
  'ServerDiagnosticsProcess',
  'The process of the server.',
  z.object({ id: u32, physicalFootprintBytes: u64.nullish(), residentMemoryBytes: u64.nullish() }),
)

/** Result of `server/diagnostics`. */
export const ServerDiagnosticsResponse = named(
  'ServerDiagnosticsResponse',
  'How the server fares.',
  z.object({ gauges: z.array(ServerDiagnosticsGauge), process: ServerDiagnosticsProcess }),
)

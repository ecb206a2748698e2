import { z } from 'zod'
import { named, path } from './named.js'

const NetworkAccess = named('NetworkAccess', 'Whether commands reach the network.', z.enum(['restricted', 'enabled']))

/** What commands may read, write and reach. */
export const SandboxPolicy = named(
  'SandboxPolicy',
  'What commands may read, write and reach.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('dangerFullAccess') }),
    z.object({ networkAccess: z.boolean().optional(), type: z.literal('readOnly') }),
    z.object({ networkAccess: NetworkAccess.optional(), type: z.literal('externalSandbox') }),
    z.object({
      excludeSlashTmp: z.boolean().optional(),
      excludeTmpdirEnvVar: z.boolean().optional(),
      networkAccess: z.boolean().optional(),
      type: z.literal('workspaceWrite'),
      writableRoots: z.array(path).optional(),
    }),
  ]),
)

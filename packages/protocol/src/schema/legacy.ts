import { z } from 'zod'
import { AuthMode } from './account.js'
import { named, path } from './named.js'

/** Params of `getAuthStatus`. */
export const GetAuthStatusParams = named(
  'GetAuthStatusParams',
  'Params of `getAuthStatus`, of the first protocol.',
  z.object({
    includeToken: z.boolean().nullish().describe('Give the key itself too.'),
    refreshToken: z.boolean().nullish(),
  }),
)

/** Result of `getAuthStatus`. */
export const GetAuthStatusResponse = named(
  'GetAuthStatusResponse',
  'How one has signed in, for clients of the first protocol.',
  z.object({
    authMethod: AuthMode.nullable(),
    authToken: z.string().nullable(),
    requiresOpenaiAuth: z.boolean().nullable(),
  }),
)

/** Params of `gitDiffToRemote`. */
export const GitDiffToRemoteParams = named(
  'GitDiffToRemoteParams',
  'Params of `gitDiffToRemote`, of the first protocol.',
  z.object({ cwd: path }),
)

/** Result of `gitDiffToRemote`. */
export const GitDiffToRemoteResponse = named(
  'GitDiffToRemoteResponse',
  'What a working copy has beyond the nearest commit that a remote has.',
  z.object({ sha: z.string(), diff: z.string() }),
)

import { z } from 'zod'
import { named, u32 } from './named.js'

/** Params of `fuzzyFileSearch`. */
export const FuzzyFileSearchParams = named(
  'FuzzyFileSearchParams',
  'Params of `fuzzyFileSearch`.',
  z.object({
    cancellationToken: z.string().nullish().describe('A later search with the same one ends this one.'),
    query: z.string(),
    roots: z.array(z.string()),
  }),
)

const FuzzyFileSearchMatchType = named(
  'FuzzyFileSearchMatchType',
  'Whether a file or a folder was found.',
  z.enum(['file', 'directory']),
)

const FuzzyFileSearchResult = named(
  'FuzzyFileSearchResult',
  'A file that was found, and why.',
  z.object({
    file_name: z.string(),
    indices: z.array(u32).nullish().describe('Places in `path` that match the query, in characters.'),
    match_type: FuzzyFileSearchMatchType,
    path: z.string().describe('Relative to `root`.'),
    root: z.string(),
    score: u32.describe('The higher, the better.'),
  }),
)

/** Result of `fuzzyFileSearch`. */
export const FuzzyFileSearchResponse = named(
  'FuzzyFileSearchResponse',
  'Result of `fuzzyFileSearch`.',
  z.object({ files: z.array(FuzzyFileSearchResult) }),
)

/** Params of `fuzzyFileSearch/sessionStart`. */
export const FuzzyFileSearchSessionStartParams = named(
  'FuzzyFileSearchSessionStartParams',
  'Params of `fuzzyFileSearch/sessionStart`.',
  z.object({ roots: z.array(z.string()), sessionId: z.string() }),
)

/** Result of `fuzzyFileSearch/sessionStart`. */
export const FuzzyFileSearchSessionStartResponse = named(
  'FuzzyFileSearchSessionStartResponse',
  'Result of `fuzzyFileSearch/sessionStart`.',
  z.object({}),
)

/** Params of `fuzzyFileSearch/sessionUpdate`. */
export const FuzzyFileSearchSessionUpdateParams = named(
  'FuzzyFileSearchSessionUpdateParams',
  'Params of `fuzzyFileSearch/sessionUpdate`.',
  z.object({ query: z.string(), sessionId: z.string() }),
)

/** Result of `fuzzyFileSearch/sessionUpdate`. */
export const FuzzyFileSearchSessionUpdateResponse = named(
  'FuzzyFileSearchSessionUpdateResponse',
  'Result of `fuzzyFileSearch/sessionUpdate`.',
  z.object({}),
)

/** Params of `fuzzyFileSearch/sessionStop`. */
export const FuzzyFileSearchSessionStopParams = named(
  'FuzzyFileSearchSessionStopParams',
  'Params of `fuzzyFileSearch/sessionStop`.',
  z.object({ sessionId: z.string() }),
)

/** Result of `fuzzyFileSearch/sessionStop`. */
export const FuzzyFileSearchSessionStopResponse = named(
  'FuzzyFileSearchSessionStopResponse',
  'Result of `fuzzyFileSearch/sessionStop`.',
  z.object({}),
)

/** Params of `fuzzyFileSearch/sessionUpdated`. */
export const FuzzyFileSearchSessionUpdatedNotification = named(
  'FuzzyFileSearchSessionUpdatedNotification',
  'Params of `fuzzyFileSearch/sessionUpdated`.',
  z.object({ files: z.array(FuzzyFileSearchResult), query: z.string(), sessionId: z.string() }),
)

/** Params of `fuzzyFileSearch/sessionCompleted`. */
export const FuzzyFileSearchSessionCompletedNotification = named(
  'FuzzyFileSearchSessionCompletedNotification',
  'Params of `fuzzyFileSearch/sessionCompleted`.',
  z.object({ sessionId: z.string() }),
)

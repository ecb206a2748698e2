import { z } from 'zod'
import { i64, named } from './named.js'

/** Params of `currentTime/read`. */
export const CurrentTimeReadParams = named(
  'CurrentTimeReadParams',
  'Params of `currentTime/read`.',
  z.object({ threadId: z.string() }),
)

/** Result of `currentTime/read`. */
export const CurrentTimeReadResponse = named(
  'CurrentTimeReadResponse',
  'Result of `currentTime/read`.',
  z.object({ currentTimeAt: i64 }),
)

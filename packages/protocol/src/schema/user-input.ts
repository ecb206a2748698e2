import { z } from 'zod'
import { named, path, u64 } from './named.js'

/** How finely a model looks at a picture. */
export const ImageDetail = named(
  'ImageDetail',
  'How finely a model looks at a picture.',
  z.enum(['auto', 'low', 'high', 'original']),
)

const ByteRange = named(
  'ByteRange',
  'Part of a text in bytes of UTF-8, `end` excluded.',
  z.object({ start: u64, end: u64 }),
)

const TextElement = named(
  'TextElement',
  'A part of a text that is shown as something else.',
  z.object({ byteRange: ByteRange, placeholder: z.string().nullish() }),
)

const image = { type: z.literal('image'), detail: ImageDetail.nullish() }

/** What a person puts in. */
export const UserInput = named(
  'UserInput',
  'One piece of what a person puts in.',
  z.union([
    z.object({ type: z.literal('text'), text: z.string(), text_elements: z.array(TextElement).optional() }),
    z.object({ ...image, url: z.string() }),
    z.object({ ...image, fileId: z.string() }),
    z.object({ type: z.literal('localImage'), path, detail: ImageDetail.nullish() }),
    z.object({ type: z.literal('audio'), url: z.string() }),
    z.object({ type: z.literal('audio'), fileId: z.string() }),
    z.object({ type: z.literal('localAudio'), path }),
    z.object({ type: z.literal('skill'), name: z.string(), path }),
    z.object({ type: z.literal('mention'), name: z.string(), path: z.string() }),
  ]),
)

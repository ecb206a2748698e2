import type { SessionImage } from '../../../session.js'
import type { FateCounts } from './fate-counts.js'
import { wellFormed } from './plain-text.js'

/** The images that come over, as data URLs or as the address they have. Those that do not are counted. */
export function imageUrls(
  images: readonly SessionImage[],
  maxImageBytes: number,
  fates: FateCounts,
): readonly string[] {
  if (images.length === 0) return []
  return images.flatMap((image) => {
    const url = imageUrl(image)
    if (url === undefined) fates.dropped('image', 'image-without-data')
    else if ((image.base64?.length ?? 0) * 0.75 > maxImageBytes) fates.dropped('image', 'image-over-limit')
    else {
      fates.mapped('image')
      return [url]
    }
    return []
  })
}

function imageUrl({ mediaType, base64, url }: SessionImage): string | undefined {
  if (base64 !== undefined && base64 !== '') return wellFormed(`data:${mediaType};base64,${base64}`)
  return url === undefined || url === '' ? undefined : wellFormed(url)
}

import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import type { UserInput } from '@gangway/protocol'

const mediaTypes: { readonly [extension: string]: string } = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
}

/**
 * The pictures and the words, as the protocol has them. A server elsewhere cannot see the files of this machine, and
 * gets their bytes.
 *
 * @throws Error that names a picture that cannot be read
 */
export async function turnInput(
  prompt: string,
  images: readonly string[],
  { cwd, isRemote }: { readonly cwd: string; readonly isRemote: boolean },
): Promise<UserInput[]> {
  const pictures = await Promise.all(images.map((image) => picture(resolve(cwd, image), isRemote)))
  return [...pictures, { type: 'text', text: prompt, text_elements: [] }]
}

async function picture(path: string, isRemote: boolean): Promise<UserInput> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Error(`--image ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  })
  if (!isRemote) return { type: 'localImage', path }
  const type = mediaTypes[extname(path).toLowerCase()]
  if (type === undefined) throw new Error(`--image ${path}: not a picture of a kind that is known by its name`)
  return { type: 'image', url: `data:${type};base64,${bytes.toString('base64')}` }
}

/** The JSON Schema in a file. @throws Error that names the file. Source of the words: reference 0.169.0 */
export async function readOutputSchema(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(
      `Failed to read output schema file ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(
      `Output schema file ${path} is not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  }
}

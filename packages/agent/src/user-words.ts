import { extname } from 'node:path'
import type { ResponseItem, UserInput } from '@gangway/protocol'
import { readPlainFile } from './read-plain-file.js'

type Content = Extract<ResponseItem, { type: 'message' }>['content'][number]

const mediaTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
}

/** Larger files are more than a model server takes in one request. */
const maxPictureBytes = 20 * 1024 * 1024
/** More than any model reads at once. */
const maxSkillBytes = 1024 * 1024

/** What a person put in, as the model gets it. Reads pictures and skills from the disk; what cannot be read is said so. */
export async function userMessage(input: readonly UserInput[]): Promise<ResponseItem[]> {
  const content: Content[] = []
  const skills: Content[] = []
  for (const part of input) {
    switch (part.type) {
      case 'text':
        content.push({ type: 'input_text', text: part.text })
        break
      case 'image':
        if ('url' in part) content.push({ type: 'input_image', image_url: part.url })
        else content.push({ type: 'input_image', file_id: part.fileId })
        break
      case 'localImage':
        content.push(await picture(part.path))
        break
      case 'audio':
        if ('url' in part) content.push({ type: 'input_audio', audio_url: part.url })
        else content.push({ type: 'input_audio', file_id: part.fileId })
        break
      case 'localAudio':
        content.push({ type: 'input_text', text: `[audio file at ${part.path}]` })
        break
      case 'skill':
        skills.push({ type: 'input_text', text: await skill(part.name, part.path) })
        break
      case 'mention':
        content.push({ type: 'input_text', text: `[${part.name}](${part.path})` })
        break
      default:
        part satisfies never
    }
  }
  const messages: ResponseItem[] = []
  if (content.length > 0) messages.push({ type: 'message', role: 'user', content })
  if (skills.length > 0) messages.push({ type: 'message', role: 'user', content: skills })
  return messages
}

async function picture(path: string): Promise<Content> {
  try {
    const data = await readPlainFile(path, maxPictureBytes)
    const mediaType = mediaTypes[extname(path).toLowerCase()] ?? 'image/png'
    return { type: 'input_image', image_url: `data:${mediaType};base64,${data.toString('base64')}` }
  } catch (error) {
    return { type: 'input_text', text: `[the picture at ${path} could not be read: ${(error as Error).message}]` }
  }
}

async function skill(name: string, path: string): Promise<string> {
  const text = await readPlainFile(path, maxSkillBytes).then(
    String,
    (error: Error) => `could not be read: ${error.message}`,
  )
  return `<skill>\n<name>${name}</name>\n<path>${path}</path>\n${text}\n</skill>`
}

/** One piece of input with every member that the wire shows. */
export function wholeInput(input: UserInput): UserInput {
  return input.type === 'text' ? { ...input, text_elements: input.text_elements ?? [] } : input
}

import { list, type Members, members, text, texts } from './members.js'
import { textOfInputs } from './user-input.js'

/** Stands for a message that is a picture and nothing else. Source: reference 0.169.0. */
const imageOnly = '[Image]'

/** What a list shows of an event that holds a person's message; empty for every other event. */
export function previewOfEvent(event: Members): string {
  if (event.type === 'user_message') {
    const hasImages = texts(event.images).length + texts(event.local_images).length > 0
    return previewOf(text(event.message), hasImages)
  }
  const item = event.type === 'item_completed' ? members(event.item) : {}
  if (item.type !== 'UserMessage') return ''
  const hasImages = list(item.content).some((part) => /image/.test(text(members(part).type)))
  return previewOf(textOfInputs(item.content), hasImages)
}

function previewOf(message: string, hasImages: boolean): string {
  const trimmed = message.trim()
  return trimmed === '' && hasImages ? imageOnly : trimmed
}

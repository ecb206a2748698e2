import { list, type Members, members, text, textOrNull, texts } from './members.js'

/** What a person put in, in the wire's words, from a `UserMessage` item. */
export function userInputs(content: unknown): unknown[] {
  return list(content).map((entry) => userInput(members(entry)))
}

/** The same from a `user_message` event, which keeps text, images and sounds apart. */
export function userInputsOfEvent(event: Members): unknown[] {
  const message = text(event.message)
  const written = message.trim() === '' ? [] : [textInput(message, event.text_elements)]
  return [
    ...written,
    ...texts(event.images).map((url) => ({ type: 'image', url, detail: null })),
    ...texts(event.local_images).map((path) => ({ type: 'localImage', detail: null, path })),
    ...texts(event.audio).map((url) => ({ type: 'audio', url })),
    ...texts(event.local_audio).map((path) => ({ type: 'localAudio', path })),
  ]
}

/** What a `UserMessage` item says, for finding the event that says the same. */
export function textOfInputs(content: unknown): string {
  return list(content)
    .map((entry) => text(members(entry).text))
    .join('')
}

function userInput(input: Members): unknown {
  switch (input.type) {
    case 'text':
      return textInput(text(input.text), input.text_elements)
    case 'image':
      return { type: 'image', url: text(input.image_url ?? input.url), detail: textOrNull(input.detail) }
    case 'local_image':
      return { type: 'localImage', detail: textOrNull(input.detail), path: plainPathOf(input) }
    case 'audio':
      return { type: 'audio', url: text(input.audio_url ?? input.url) }
    case 'local_audio':
      return { type: 'localAudio', path: plainPathOf(input) }
    default:
      // Skills, mentions, and what comes later: already in the wire's words.
      return input
  }
}

function plainPathOf(input: Members): string {
  return text(input.path)
}

function textInput(value: string, elements: unknown): unknown {
  return { type: 'text', text: value, text_elements: list(elements).map(textElement) }
}

function textElement(value: unknown): unknown {
  const element = members(value)
  return {
    byteRange: element.byte_range ?? element.byteRange ?? null,
    placeholder: textOrNull(element.placeholder),
  }
}

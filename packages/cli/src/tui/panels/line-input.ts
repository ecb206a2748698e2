import type { Key } from '../view/view.js'

/** One line that is typed into: the text after `key`; undefined when the key does nothing to it. */
export function typedInto(text: string, key: Key): string | undefined {
  switch (key.name) {
    case 'backspace':
      return [...text].slice(0, -1).join('')
    case 'ctrl+u':
      return ''
    case 'ctrl+w':
      return text.replace(/\S+\s*$/, '')
    default: {
      const typed = key.text.replaceAll(/[\r\n]+/g, ' ')
      return typed === '' ? undefined : text + typed
    }
  }
}

import { jsonText, plainValue } from '../json-text.js'
import { wellFormed } from '../plain-text.js'
import { duration, snakeStatus, type ToolView } from '../tool-view.js'

/** Any tool that the new agent has nothing like: its name, what it was given and what it gave. */
export const otherTool: ToolView = {
  kind: 'other',
  item(call, outcome) {
    const isOpen = outcome.status === 'inProgress'
    const content = [
      ...(outcome.text === '' ? [] : [{ type: 'inputText', text: outcome.text }]),
      ...outcome.imageUrls.map((imageUrl) => ({ type: 'inputImage', imageUrl })),
    ]
    return {
      item: {
        type: 'DynamicToolCall',
        id: call.id,
        namespace: null,
        tool: wellFormed(call.tool),
        arguments: plainValue(call.input, jsonText(call.input)),
        status: outcome.status === 'declined' ? 'failed' : snakeStatus(outcome.status),
        content_items: isOpen ? null : content,
        success: isOpen ? null : outcome.status === 'completed',
        duration: isOpen ? null : duration(call.atMs, outcome.atMs),
      },
      event: null,
    }
  },
}

import { asRecord, asText } from '../../../reading/sessions/record.js'
import { blockOf, blocksOf, resultOf } from './blocks.js'
import type { PlacedRecord, ReadingState } from './reading-state.js'

/** Model name of texts that Claude Code writes itself. */
const SYNTHETIC = '<synthetic>'

/** Turns what the agent said, thought and called into events; gives the record's fate. */
export function agentBlocks({ record, id, atMs }: PlacedRecord, state: ReadingState): string {
  const { flow, tally, surrogates } = state
  const message = asRecord(record.message)
  const messageId = asText(message?.id) ?? id
  const model = asText(message?.model) ?? null
  let isShown = false
  let isNote = false
  blocksOf(record).forEach((value, place) => {
    const block = blockOf(value)
    const eventId = place === 0 ? id : `${id}:${place}`
    switch (block.type) {
      case 'text': {
        const text = surrogates.text(asText(block.text) ?? '')
        if (text.trim() === '') return
        if (model === SYNTHETIC) {
          tally.seen('notes')
          flow.add({ type: 'note', code: 'synthetic', atMs, text })
          isNote = true
          return
        }
        tally.seen('agent-messages')
        flow.agentMessage({ type: 'agentMessage', id: eventId, atMs, text, model }, messageId)
        break
      }
      case 'thinking': {
        const text = surrogates.text(asText(block.thinking) ?? '')
        // Newer versions keep only the signature.
        tally.seen(text.trim() === '' ? 'redacted-thinking' : 'thinking')
        if (text.trim() === '') return
        flow.add({ type: 'reasoning', id: eventId, atMs, text })
        break
      }
      case 'redacted_thinking':
        tally.seen('redacted-thinking')
        return
      case 'tool_use':
      case 'server_tool_use':
      case 'mcp_tool_use': {
        const callId = asText(block.id) ?? eventId
        const server = asText(block.server_name)
        const name = asText(block.name) ?? 'unknown'
        const tool = block.type === 'mcp_tool_use' && server ? `mcp__${server}__${name}` : name
        const input = surrogates.value(block.input ?? {})
        tally.seen('tool-calls')
        state.helpers.call(callId, tool, input)
        flow.add({ type: 'toolCall', id: callId, atMs, tool: surrogates.text(tool), input })
        break
      }
      case 'image':
      case 'document':
      case 'unknown':
        tally.seen('unknown-blocks')
        flow.add({ type: 'note', code: `unknown-block:${block.type}`, atMs, text: JSON.stringify(value) ?? '' })
        isNote = true
        return
      default:
        if (!block.type.endsWith('tool_result')) {
          tally.seen('unknown-blocks')
          flow.add({ type: 'note', code: `unknown-block:${block.type}`, atMs, text: JSON.stringify(value) })
          isNote = true
          return
        }
        addResult(block, atMs, state)
    }
    isShown = true
  })
  if (isShown) return 'shown'
  return isNote ? 'note' : 'empty'
}

/** The result of a tool that ran at the model's side: web searches, fetched pages, remote servers. */
function addResult(block: { readonly [key: string]: unknown }, atMs: number | null, state: ReadingState): void {
  const { flow, tally, surrogates } = state
  const error = asText(asRecord(block.content)?.error_code)
  const { text, images, otherBlocks } = resultOf(block.content)
  tally.seen('tool-results')
  tally.seen('images', images.length)
  tally.seen('unknown-blocks', error === undefined ? otherBlocks : 0)
  flow.add({
    type: 'toolResult',
    callId: asText(block.tool_use_id) ?? '',
    atMs,
    text: surrogates.text(error ?? text),
    images,
    isError: block.is_error === true || error !== undefined,
    details: surrogates.value(block.content ?? null),
  })
}

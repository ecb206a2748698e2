import { jsonText } from './json-text.js'
import type { LineSink, Payload } from './line-sink.js'
import type { ToolCall, ToolOutcome, ToolView } from './tool-view.js'

/** What the person said, and what they attached. */
export function userResponse(sink: LineSink, text: string, imageUrls: readonly string[]): void {
  const words = text === '' && imageUrls.length > 0 ? [] : [{ type: 'input_text', text }]
  sink.response({ type: 'message', role: 'user', content: [...words, ...imageUrls.map(inputImage)] }, text)
}

/** What the agent said. */
export function agentResponse(sink: LineSink, text: string): void {
  sink.response({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }, text)
}

/** The call of a tool. Gives what of its input the model is not shown. */
export function callResponse(sink: LineSink, call: ToolCall, view: ToolView, inputJson: string): Payload | null {
  const native = view.modelCall?.(call)
  const given = native ? jsonText(native.arguments) : inputJson
  const name = functionName(native?.name ?? call.tool)
  sink.response({ type: 'function_call', name, arguments: given, call_id: call.id }, given)
  return native?.leftOut ?? null
}

/** The result of a call. */
export function outputResponse(sink: LineSink, callId: string, outcome: ToolOutcome): void {
  const text = statedText(outcome)
  const images = outcome.imageUrls.map(inputImage)
  const words = text === '' ? [] : [{ type: 'input_text', text }]
  const output = images.length === 0 ? text : [...words, ...images]
  sink.response({ type: 'function_call_output', call_id: callId, output }, text)
}

/** The longest name that model servers take. */
const maxNameLength = 64

/** A name that model servers take: letters, digits, `_` and `-`. */
function functionName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/gu, '_').slice(0, maxNameLength) || 'unknown'
}

/** Outputs have no mark for failure: where the words do not say it, one is put before them. */
function statedText({ status, text }: ToolOutcome): string {
  if (status !== 'failed' || /error|fail|abort|exit code|not found|denied|invalid/i.test(text.slice(0, 200)))
    return text
  return text === '' ? 'Error' : `Error: ${text}`
}

function inputImage(imageUrl: string): Payload {
  return { type: 'input_image', image_url: imageUrl }
}

import type { ToolCall, ToolResult } from '../tools/tool.js'

/** A call of a tool, as hooks see it. */
export interface HookedCall {
  readonly toolName: string
  readonly toolUseId: string
  readonly toolInput: unknown
  /** What the tool is given instead when a hook says so. */
  withInput(updated: unknown): ToolCall
  /** What hooks are told of the output. */
  response(result: ToolResult): unknown
  /** What the model gets for a call that a hook forbids. Source: reference 0.169.0 */
  refusal(reason: string): string
}

/** Commands and patches have the names that hooks of other agents know; other tools have their own. */
export function hookedCall(call: ToolCall): HookedCall {
  const input = inputOf(call)
  if (call.namespace === null && call.name === 'exec_command') return hookedCommand(call, input)
  const isPatch = call.name === 'apply_patch'
  const toolName = call.namespace === null ? call.name : `${call.namespace}__${call.name}`
  return {
    toolName,
    toolUseId: call.callId,
    toolInput: isPatch && call.kind === 'custom' ? { command: call.input } : input,
    withInput: (updated) => ({
      ...call,
      input: isPatch ? textMember(updated, 'command', call.input) : JSON.stringify(updated),
    }),
    response: (result) => result.hookResponse ?? textOf(result),
    refusal: (reason) => `Tool call blocked by PreToolUse hook: ${reason}. Tool: ${toolName}`,
  }
}

function hookedCommand(call: ToolCall, input: unknown): HookedCall {
  const command = textMember(input, 'cmd', '')
  return {
    toolName: 'Bash',
    toolUseId: call.callId,
    toolInput: { command },
    withInput: (updated) => ({
      ...call,
      input: JSON.stringify({ ...(input as object), cmd: textMember(updated, 'command', command) }),
    }),
    response: (result) => result.hookResponse ?? textOf(result).replace(/^[\s\S]*?\nOutput:\n/, ''),
    refusal: (reason) => `Command blocked by PreToolUse hook: ${reason}. Command: ${command}`,
  }
}

function inputOf({ kind, input }: ToolCall): unknown {
  if (kind === 'custom') return input
  try {
    return JSON.parse(input === '' ? '{}' : input)
  } catch {
    return input
  }
}

function textMember(value: unknown, name: string, otherwise: string): string {
  const member = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  return typeof member === 'string' ? member : otherwise
}

function textOf({ output }: ToolResult): string {
  if (typeof output === 'string') return output
  return output.map((part) => (part.type === 'input_text' ? part.text : '[image]')).join('\n')
}

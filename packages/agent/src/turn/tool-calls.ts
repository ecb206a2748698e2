import type { ResponseItem } from '@gangway/protocol'
import { abortedOutput } from '../history.js'
import { hookedCall } from '../hooks/hooked-call.js'
import type { ThreadHooks } from '../hooks/thread-hooks.js'
import type { Tool, ToolCall, ToolContext, ToolResult } from '../tools/tool.js'
import { withPermissionHooks } from './hooked-questions.js'

interface Running {
  readonly call: ResponseItem
  readonly output: Promise<ResponseItem>
}

/** The tool calls of one response: each begins as soon as it may, and they are answered in the order they were made. */
export class ToolCalls {
  readonly #calls: Running[] = []
  /** Work that a call which needs to be alone waits for; and the last such call, which all others wait for. */
  #all: Promise<unknown>[] = []
  #alone: Promise<unknown> | undefined
  #open = 0

  constructor(
    readonly tools: readonly Tool[],
    readonly context: ToolContext,
    readonly hooks: ThreadHooks,
    /** Gathers what hooks want the model to know. */
    readonly onContext: (words: readonly string[]) => void,
  ) {}

  get count(): number {
    return this.#calls.length
  }

  get isRunning(): boolean {
    return this.#open > 0
  }

  start(call: ToolCall, raw: ResponseItem): void {
    const tool = this.tools.find(({ name, namespace }) => name === call.name && namespace === call.namespace)
    const before = tool?.isParallel === false ? this.#all : this.#alone ? [this.#alone] : []
    this.#open += 1
    const work = this.#run(tool, call, raw, before).finally(() => {
      this.#open -= 1
    })
    if (tool?.isParallel === false) {
      this.#alone = work
      this.#all = [work]
    } else this.#all.push(work)
    this.#calls.push({ call: raw, output: work })
  }

  /** Outputs of all calls, in order, once all have ended. Never rejects. */
  outputs(): Promise<ResponseItem[]> {
    return Promise.all(this.#calls.map(({ output }) => output))
  }

  /** The calls themselves, in order. */
  get calls(): readonly ResponseItem[] {
    return this.#calls.map(({ call }) => call)
  }

  #inSpan(tool: Tool, call: ToolCall): Promise<ToolResult> {
    const { host, threadId, turnId } = this.context
    const work = () => this.#withHooks(tool, call)
    const attributes = { 'gangway.tool': call.name, 'gangway.thread_id': threadId, 'gangway.turn_id': turnId }
    return host.inSpan?.('tool', attributes, work) ?? work()
  }

  /** Hooks may forbid the call, change its input, and have a word on its output. */
  async #withHooks(tool: Tool, call: ToolCall): Promise<ToolResult> {
    const { turnId, signal } = this.context
    // A search for tools does nothing that a hook could forbid.
    if (call.kind === 'search') return tool.run(call, this.context)
    const hooked = hookedCall(call)
    const { toolName, toolUseId, toolInput } = hooked
    const before = await this.hooks.run('PreToolUse', { turnId, toolName, toolUseId, toolInput }, signal)
    this.onContext(before.context)
    if (before.blocked !== null) return { output: hooked.refusal(before.blocked), success: false }
    const changed = before.updatedInput === undefined ? call : hooked.withInput(before.updatedInput)
    const context = withPermissionHooks(this.context, hookedCall(changed), (reason) => this.onContext([reason]))
    const result = await tool.run(changed, context)
    if (!result.success) return result
    const toolResponse = hooked.response(result)
    const told = { turnId, toolName, toolUseId, toolInput: hookedCall(changed).toolInput, toolResponse }
    const after = await this.hooks.run('PostToolUse', told, signal)
    this.onContext(after.context)
    return after.blocked === null ? result : { ...result, output: after.blocked }
  }

  async #run(
    tool: Tool | undefined,
    call: ToolCall,
    raw: ResponseItem,
    before: readonly Promise<unknown>[],
  ): Promise<ResponseItem> {
    if (tool === undefined) return abortedOutput(raw, `unsupported call: ${call.name}`)
    const { signal } = this.context
    const startedAt = performance.now()
    try {
      if (before.length > 0) await Promise.all(before)
      signal.throwIfAborted()
      const result = await orStopped(this.#inSpan(tool, call), signal)
      return signal.aborted ? aborted(raw, startedAt) : outputItem(raw, result)
    } catch (error) {
      if (signal.aborted) return aborted(raw, startedAt)
      return abortedOutput(raw, error instanceof Error ? error.message : String(error))
    }
  }
}

/** As long as a tool has for its end once the person stopped the turn. What it shows later is shown behind the turn. */
const graceMs = 60

/** What `work` gives, unless the signal aborts and it does not end soon after. */
async function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = () => void setTimeout(() => reject(signal.reason), graceMs)
  })
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, stopped])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Outputs of calls that the person stopped. */
function aborted(call: ResponseItem, startedAt: number): ResponseItem {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  return abortedOutput(call, `aborted by user after ${seconds}s`)
}

function outputItem(call: ResponseItem, { output, foundTools }: ToolResult): ResponseItem {
  if (call.type === 'tool_search_call') return { ...abortedOutput(call), tools: foundTools ?? [] } as ResponseItem
  return { ...abortedOutput(call), output } as ResponseItem
}

import type { ServerRequests, ThreadItem } from '@gangway/protocol'
import type { DeferredTool, OutputPart, ToolCall, ToolContext, ToolFamily, ToolResult, ToolSpec } from './tool.js'

type Members = { readonly [member: string]: unknown }
type Answer = ServerRequests['item/tool/call']['result']
type DynamicItem = Extract<ThreadItem, { type: 'dynamicToolCall' }>

/** Tools that the client brings, and runs itself when the model calls them. */
export const dynamicFamily: ToolFamily = {
  name: 'dynamic',
  open: (thread) => {
    const tools = thread.dynamicTools.flatMap(toolsOf)
    return {
      tools: () => [...tools.filter(({ isDeferred }) => !isDeferred).map(({ tool }) => tool)],
      deferred: () => tools.filter(({ isDeferred }) => isDeferred).map(({ tool }) => tool),
      close: async () => {},
    }
  },
}

interface Dynamic {
  readonly tool: DeferredTool
  readonly isDeferred: boolean
}

/** The tools of one entry of `dynamicTools`: a function, or a namespace of functions. */
function toolsOf(entry: unknown): Dynamic[] {
  const { type, name, description, tools } = entry as Members
  if (type !== 'namespace') return [dynamicTool(entry as Members, null, '')]
  const own = (Array.isArray(tools) ? tools : []).map((tool: unknown) =>
    dynamicTool(tool as Members, String(name), String(description ?? '')),
  )
  const direct = own.filter(({ isDeferred }) => !isDeferred)
  const [first] = direct
  if (first === undefined) return own
  // The model is told of a namespace as one; the first of its tools says it for all.
  const spec = {
    type: 'namespace',
    name,
    description: description ?? '',
    tools: direct.map(({ tool }) => tool.spec),
  } as unknown as ToolSpec
  return own.map((one) =>
    one.isDeferred ? one : { ...one, tool: { ...one.tool, spec: one === first ? spec : null } as DeferredTool },
  )
}

function dynamicTool(entry: Members, namespace: string | null, namespaceDescription: string): Dynamic {
  const name = String(entry.name)
  const tool: DeferredTool = {
    name,
    namespace,
    namespaceDescription,
    spec: {
      type: 'function',
      name,
      description: String(entry.description ?? ''),
      strict: false,
      parameters: entry.inputSchema ?? { type: 'object', properties: {} },
    },
    isParallel: true,
    run: (call, context) => run(call, context),
  }
  return { tool, isDeferred: entry.deferLoading === true }
}

async function run(call: ToolCall, context: ToolContext): Promise<ToolResult> {
  const { callId, name: tool, namespace } = call
  const input = parsed(call.input)
  if (input === undefined) return { output: `failed to parse function arguments: ${call.input}`, success: false }
  const item: DynamicItem = {
    type: 'dynamicToolCall',
    id: callId,
    namespace,
    tool,
    arguments: input.value,
    status: 'inProgress',
    contentItems: null,
    success: null,
    durationMs: null,
  }
  context.items.started(item)
  const startedAt = performance.now()
  const ended = () => ({ durationMs: Math.round(performance.now() - startedAt) })
  const { threadId, turnId } = context
  try {
    // No status: the client answers by itself, and nobody waits for a person.
    const params = { callId, namespace, tool, arguments: input.value, threadId, turnId }
    const { contentItems, success }: Answer = await context.ask('item/tool/call', params, null)
    const status = success ? ('completed' as const) : ('failed' as const)
    await context.items.completed({ ...item, status, contentItems, success, ...ended() })
    return { output: outputOf(contentItems), success }
  } catch (error) {
    const text = `dynamic tool request failed: ${error instanceof Error ? error.message : String(error)}`
    const contentItems = [{ type: 'inputText' as const, text }]
    await context.items.completed({ ...item, status: 'failed', contentItems, success: false, ...ended() })
    context.signal.throwIfAborted()
    return { output: text, success: false }
  }
}

/** One text is told as it is; anything else as parts. Source: reference 0.169.0 */
function outputOf(items: Answer['contentItems']): ToolResult['output'] {
  const [only] = items
  if (items.length === 1 && only?.type === 'inputText') return only.text
  return items.map((part): OutputPart => {
    if (part.type === 'inputText') return { type: 'input_text', text: part.text }
    if (part.type === 'inputImage') return { type: 'input_image', image_url: part.imageUrl }
    return { type: 'input_text', text: '[audio that cannot be passed on]' }
  })
}

function parsed(input: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(input === '' ? '{}' : input) }
  } catch {
    return undefined
  }
}

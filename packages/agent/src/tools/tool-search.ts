import { ToolArgumentError, ToolArguments } from './arguments.js'
import type { DeferredTool, Tool, ToolCall, ToolResult, ToolSpec } from './tool.js'

/** As many tools as a search gives where the model does not say. Source: reference 0.169.0 */
const defaultLimit = 8

/** The tools that are looked for, and the search that finds them; nothing when there are none. */
export function searchedTools(deferred: readonly DeferredTool[]): Tool[] {
  if (deferred.length === 0) return []
  return [...deferred.map((tool): Tool => ({ ...tool, spec: null })), searchTool(deferred)]
}

function searchTool(deferred: readonly DeferredTool[]): Tool {
  const namespaces = new Map(deferred.map(({ namespace, namespaceDescription }) => [namespace, namespaceDescription]))
  const known = [...namespaces].map(
    ([name, words]) => `- ${name ?? 'tools of the client'}${words === '' ? '' : `: ${words}`}`,
  )
  return {
    name: 'tool_search',
    namespace: null,
    spec: {
      type: 'tool_search',
      execution: 'client',
      description: `Finds tools that you were not told of. Those it gives can be called from then on. Look here before you say that you have no tool for something. There are tools in:\n${known.join('\n')}`,
      parameters: {
        type: 'object',
        properties: {
          query: { type: 'string', description: 'Words of what the tool should do.' },
          limit: { type: 'number', description: `How many tools at most; ${defaultLimit} when left out.` },
        },
        required: ['query'],
        additionalProperties: false,
      },
    },
    isParallel: true,
    run: async (call) => search(call, deferred),
  }
}

function search(call: ToolCall, deferred: readonly DeferredTool[]): ToolResult {
  try {
    const values = ToolArguments.parse(call.input)
    const limit = Math.max(1, Math.floor(values.optionalNumber('limit') ?? defaultLimit))
    return { output: '', success: true, foundTools: specsOf(best(values.text('query'), deferred).slice(0, limit)) }
  } catch (error) {
    if (error instanceof ToolArgumentError) return { output: error.message, success: false, foundTools: [] }
    throw error
  }
}

/** By namespace, in the order in which they were found. */
function specsOf(tools: readonly DeferredTool[]): ToolSpec[] {
  const specs: ToolSpec[] = []
  const groups = new Map<string, ToolSpec[]>()
  for (const { spec, namespace, namespaceDescription } of tools) {
    const found = { ...spec, defer_loading: true }
    if (namespace === null) {
      specs.push(found)
      continue
    }
    const group = groups.get(namespace)
    if (group !== undefined) {
      group.push(found)
      continue
    }
    const own = [found]
    groups.set(namespace, own)
    specs.push({ type: 'namespace', name: namespace, description: namespaceDescription, tools: own })
  }
  return specs
}

/** Tools that share words with the query, the best first: BM25 over names, descriptions and names of arguments. */
function best(query: string, tools: readonly DeferredTool[]): DeferredTool[] {
  const texts = tools.map((tool) => wordsOf(textOf(tool)))
  const average = texts.reduce((sum, words) => sum + words.length, 0) / texts.length
  const asked = [...new Set(wordsOf(query))]
  const scores = texts.map((words) => asked.reduce((sum, word) => sum + scoreOf(word, words, texts, average), 0))
  return tools
    .map((tool, index) => ({ tool, score: scores[index] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .map(({ tool }) => tool)
}

/** The usual constants of BM25. */
const saturation = 1.2
const lengthWeight = 0.75

function scoreOf(
  word: string,
  words: readonly string[],
  texts: readonly (readonly string[])[],
  average: number,
): number {
  const count = words.filter((own) => own === word).length
  if (count === 0) return 0
  const holders = texts.filter((text) => text.includes(word)).length
  const rarity = Math.log(1 + (texts.length - holders + 0.5) / (holders + 0.5))
  const length = 1 - lengthWeight + lengthWeight * (words.length / average)
  return (rarity * count * (saturation + 1)) / (count + saturation * length)
}

function textOf({ name, namespace, namespaceDescription, spec }: DeferredTool): string {
  const { properties } = (spec.parameters ?? {}) as { readonly properties?: object }
  const names = Object.keys(properties ?? {}).join(' ')
  return `${namespace ?? ''} ${name} ${String(spec.description ?? '')} ${namespaceDescription} ${names}`
}

function wordsOf(text: string): string[] {
  const split = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return (split.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
}

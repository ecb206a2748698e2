import { expect, it } from 'vitest'
import type { DeferredTool, ToolContext } from '../../src/tools/tool.js'
import { searchedTools } from '../../src/tools/tool-search.js'

const tool = (name: string, description: string, namespace: string | null = 'mcp__fx'): DeferredTool => ({
  name,
  namespace,
  namespaceDescription: namespace === null ? '' : 'Notes.',
  spec: { type: 'function', name, description, parameters: { type: 'object', properties: { text: {} } } },
  isParallel: true,
  run: async () => ({ output: '', success: true }),
})
const deferred = [
  tool('add_note', 'Writes a note.'),
  tool('weather', 'Tells the weather of a town.'),
  tool('alone', 'Finds a town.', null),
]

async function search(input: unknown) {
  const found = searchedTools(deferred).find(({ name }) => name === 'tool_search')
  const call = {
    callId: 'c',
    kind: 'search' as const,
    name: 'tool_search',
    namespace: null,
    input: JSON.stringify(input),
  }
  return found?.run(call, {} as ToolContext)
}

it('offers the search and no tool that has to be looked for', () => {
  const offered = searchedTools(deferred).filter(({ spec }) => spec !== null)

  expect(offered.map(({ name }) => name)).toEqual(['tool_search'])
  expect(offered[0]?.spec).toMatchObject({ type: 'tool_search', execution: 'client' })
  expect(offered[0]?.spec?.description).toContain('- mcp__fx: Notes.')
})

it('is not there where nothing has to be looked for', () => {
  expect(searchedTools([])).toEqual([])
})

it('gives what shares words with the query, in namespaces, to be loaded', async () => {
  const result = await search({ query: 'weather towns' })

  expect(result?.foundTools).toEqual([
    {
      type: 'namespace',
      name: 'mcp__fx',
      description: 'Notes.',
      tools: [{ ...deferred[1]?.spec, defer_loading: true }],
    },
    { ...deferred[2]?.spec, defer_loading: true },
  ])
})

it('gives no more than it is asked for', async () => {
  const result = await search({ query: 'weather town note', limit: 1 })

  expect(result?.foundTools).toHaveLength(1)
})

it('says what is wrong with a search without words', async () => {
  const result = await search({})

  expect(result).toMatchObject({
    success: false,
    foundTools: [],
    output: 'failed to parse function arguments: missing field `query`',
  })
})

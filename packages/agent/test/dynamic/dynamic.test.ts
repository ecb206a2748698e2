import { expect, it } from 'vitest'
import { dynamicFamily } from '../../src/tools/dynamic-tools.js'
import { ToolPlace } from '../mcp/tool-place.js'

const inputSchema = { type: 'object', properties: { id: { type: 'string' } } }
const lookup = { type: 'function', name: 'lookup', description: 'Looks up.', inputSchema }

async function placeWith(...tools: readonly unknown[]): Promise<ToolPlace> {
  const place = new ToolPlace()
  place.dynamicTools = tools
  await place.open(dynamicFamily)
  return place
}

it('has the client run its tool, and shows the call as an item', async () => {
  await using place = await placeWith(lookup)
  place.answers.set('item/tool/call', () => ({ contentItems: [{ type: 'inputText', text: 'found' }], success: true }))

  const result = await place.call('lookup', { id: 'x' })

  expect(result).toEqual({ output: 'found', success: true })
  expect(place.seen.map(({ method }) => method)).toEqual(['item/started', 'item/tool/call', 'item/completed'])
  expect(place.of('item/tool/call')[0]?.params).toEqual({
    callId: 'c-1',
    namespace: null,
    tool: 'lookup',
    arguments: { id: 'x' },
    threadId: 't-1',
    turnId: 'u-1',
    flag: null,
  })
  expect(place.lastItem).toMatchObject({ type: 'dynamicToolCall', status: 'completed', success: true })
})

it('passes several parts on as parts', async () => {
  await using place = await placeWith(lookup)
  const parts = [
    { type: 'inputText', text: 'a' },
    { type: 'inputImage', imageUrl: 'data:image/png;base64,AA==' },
  ]
  place.answers.set('item/tool/call', () => ({ contentItems: parts, success: false }))

  const result = await place.call('lookup')

  expect(result.output).toEqual([
    { type: 'input_text', text: 'a' },
    { type: 'input_image', image_url: 'data:image/png;base64,AA==' },
  ])
  expect(place.lastItem.status).toBe('failed')
})

it('tells the model when the client refuses', async () => {
  await using place = await placeWith(lookup)

  const result = await place.call('lookup')

  expect(result).toEqual({ output: 'dynamic tool request failed: nobody answers item/tool/call', success: false })
  expect(place.lastItem).toMatchObject({ status: 'failed', success: false })
})

it('tells the model of a namespace as one, and leaves out what it has to look for', async () => {
  const tools = [lookup, { ...lookup, name: 'later', deferLoading: true }, { ...lookup, name: 'second' }]
  await using place = await placeWith({ type: 'namespace', name: 'crm', description: 'Customers.', tools })
  const all = await place.tools()

  const specs = all.map(({ name, namespace, spec }) => [name, namespace, spec?.type ?? null])

  expect(specs).toEqual([
    ['lookup', 'crm', 'namespace'],
    ['second', 'crm', null],
    ['later', 'crm', 'function'],
  ])
  expect(all[0]?.spec?.tools).toMatchObject([{ name: 'lookup' }, { name: 'second' }])
})

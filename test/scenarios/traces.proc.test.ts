import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { place } from './support/place.js'
import { start } from './support/server-process.js'

const setUp = fileURLToPath(new URL('./support/collect-spans.mjs', import.meta.url))
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'

it('gives the spans of the built program to an SDK that is loaded before it', async () => {
  using at = place()
  const spans = `${at.home}/spans.jsonl`
  const child = start({ ...at, env: { ...at.env, NODE_OPTIONS: `--import ${setUp}`, SPANS_FILE: spans } })
  child.stdout.resume()
  child.stderr.resume()
  const exit = once(child, 'exit')

  child.stdin.end(
    `{"id":1,"method":"initialize","params":{"clientInfo":{"name":"a","version":"1"}},"trace":{"traceparent":"00-${TRACE_ID}-b7ad6b7169203331-01"}}\n`,
  )

  expect(await exit).toEqual([0, null])
  expect(
    readFileSync(spans, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([{ name: 'initialize', traceId: TRACE_ID, parent: 'b7ad6b7169203331' }])
})

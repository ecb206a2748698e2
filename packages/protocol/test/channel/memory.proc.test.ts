import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { EventQueue } from '../../src/channel/index.js'
import { outputDelta, textDelta } from './events.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

it.each([
  ['text', textDelta],
  ['output', outputDelta],
])(
  'holds no more memory than it may for a reader that has stopped, however many short deltas of %s come',
  (_, make) => {
    collect()
    const before = process.memoryUsage().heapUsed
    const queue = new EventQueue({ maxBytes: 4 * 1024 * 1024 })
    let last = ''

    for (let i = 0; i < 1_000_000 && last !== 'wait'; i += 1) last = queue.push(make('m', `word${i % 10} `))
    collect()

    expect(queue.bytes).toBeLessThanOrEqual(4 * 1024 * 1024)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(4 * 1024 * 1024)
  },
)

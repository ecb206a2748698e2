import { message, reasoning, respond } from '../../packages/testkit/dist/index.js'
import type { Script } from '../support/golden.js'

/** The smallest conversation. */
export const plain: Script = {
  name: 'plain',
  stage: {
    rules: [
      {
        hears: 'hello',
        says: [() => respond([reasoning(['**Thinking** about it']), message('Hi there, this is a model.')])],
      },
    ],
  },
  async play(stage) {
    await stage.initialize()
    await stage.turn(await stage.thread(), 'hello model')
  },
}

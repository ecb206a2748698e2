// A server, for deltas.js: `thread/read` is answered at once; `turn/start` is followed by as many deltas as its input says.
import { agentMessage, ScriptedPeer, serveStreams, turnEvents, turnOf } from '@gangway/testkit'

const peer = new ScriptedPeer()
  .on('turn/start', async (params, { connection }) => {
    const turn = { threadId: params.threadId, turnId: 'u' }
    const count = Number(params.input[0].text)
    setImmediate(async () => {
      let text = ''
      for (let index = 0; index < count; index += 1) {
        const delta = `word${index} `
        text += delta
        connection.notify(...turnEvents.delta(turn, 'm', delta))
        if (index % 100 === 99) await new Promise(setImmediate)
      }
      connection.notify(...turnEvents.itemCompleted(turn, agentMessage('m', text)))
      connection.notify(...turnEvents.completed(turn))
    })
    return { turn: turnOf('u', 'inProgress') }
  })
  .on('thread/loaded/list', () => ({ data: [], nextCursor: null }))
serveStreams(peer, { input: process.stdin, output: process.stdout })

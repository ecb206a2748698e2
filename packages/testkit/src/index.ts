export {
  type ModelRequest,
  type ModelServer,
  type ModelServerOptions,
  startModelServer,
} from './model-server.js'
export {
  initializeResult,
  noAnswer,
  type PeerAnswer,
  type PeerCall,
  type PeerIntake,
  ScriptedPeer,
} from './peer.js'
export { PeerConnection } from './peer-connection.js'
export { connectInMemory, type MemoryReceiver, type MemoryTransport } from './peer-memory.js'
export { type PeerStreams, serveStreams } from './peer-stdio.js'
export { listenWebsocket, type PeerListener, type PeerListenOptions } from './peer-websocket.js'
export type { PeerEnd, PeerWire } from './peer-wire.js'
export { type ChildServerOptions, childServer } from './replay/child-server.js'
export { parseRecording, type RecordedConnection, type RecordedStep } from './replay/recording.js'
export {
  type ReplayConnection,
  type ReplayOptions,
  type ReplayReport,
  type ReplayServer,
  replay,
} from './replay/replay.js'
export type { SamenessOptions } from './replay/sameness.js'
export {
  customCall,
  type ModelEvent,
  type ModelReply,
  manyDeltas,
  message,
  modelId,
  type ReplyStep,
  type RespondOptions,
  rawItem,
  reasoning,
  refusal,
  respond,
  type ScriptedItem,
  type ScriptedUsage,
  textReply,
  toolCall,
} from './script.js'
export { agentMessage, type PeerItem, type PeerNotification, type TurnName, turnEvents, turnOf } from './turn-events.js'

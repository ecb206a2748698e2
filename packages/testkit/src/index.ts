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
export { agentMessage, type PeerItem, type PeerNotification, type TurnName, turnEvents, turnOf } from './turn-events.js'

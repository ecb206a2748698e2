export type {
  AppServer,
  AppServerOptions,
  CapabilityTokenAuth,
  CloseOptions,
  ConnectOptions,
  InProcessLink,
  Listener,
  ListenOptions,
  SignedTokenAuth,
  WebSocketAuth,
} from './app-server.js'
export { createAppServer } from './create-app-server.js'
export { type ListenAddress, parseListenAddress } from './listen-address.js'
export type { SocketsToOpen } from './open-listener.js'
export { type ServeProxyOptions, serveProxy } from './serve-proxy.js'
export { type ServeSocketsOptions, serveSockets } from './serve-sockets.js'
export { type ServeStdioOptions, serveStdio } from './serve-stdio.js'
export { type AppServerLease, type SharedAppServer, shareAppServer } from './shared-app-server.js'
export { type WebSocketAuthFlags, webSocketAuthOf } from './transports/websocket/auth-flags.js'

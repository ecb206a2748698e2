export type {
  AppServer,
  AppServerOptions,
  CloseOptions,
  ConnectOptions,
  InProcessLink,
  Listener,
  ListenOptions,
} from './app-server.js'
export { createAppServer } from './create-app-server.js'
export { type ServeStdioOptions, serveStdio } from './serve-stdio.js'

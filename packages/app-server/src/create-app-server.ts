import type { AppServer, AppServerOptions } from './app-server.js'

/** Makes a server over a Codex home. Reads the configuration; writes nothing. */
export async function createAppServer(_options: AppServerOptions = {}): Promise<AppServer> {
  throw new Error('the app-server has no runtime yet')
}

import type { ClientMethodRow } from './row.js'
import { experimental, experimentalRefused, stable, stableRefused } from './state.js'

const WINDOWS = 'is for Windows only'
const MOCK = 'exists in the reference’s tests only'

/** Files, commands and processes of the machine. In the reference’s order. */
export const machineMethods = {
  'server/diagnostics': experimental,
  'fs/readFile': stable,
  'fs/writeFile': stable,
  'fs/createDirectory': stable,
  'fs/getMetadata': stable,
  'fs/readDirectory': stable,
  'fs/remove': stable,
  'fs/copy': stable,
  'fs/watch': stable,
  'fs/unwatch': stable,
  'mock/experimentalMethod': experimentalRefused(MOCK),
  'environment/add': experimental,
  'environment/info': experimental,
  'environment/status': experimental,
  'windowsSandbox/setupStart': stableRefused(WINDOWS),
  'windowsSandbox/readiness': stableRefused(WINDOWS),
  'command/exec': stable,
  'command/exec/write': stable,
  'command/exec/terminate': stable,
  'command/exec/resize': stable,
  'process/spawn': experimental,
  'process/writeStdin': experimental,
  'process/kill': experimental,
  'process/resizePty': experimental,
  fuzzyFileSearch: stable,
  'fuzzyFileSearch/sessionStart': experimental,
  'fuzzyFileSearch/sessionUpdate': experimental,
  'fuzzyFileSearch/sessionStop': experimental,
  gitDiffToRemote: stable,
} as const satisfies Record<string, ClientMethodRow>

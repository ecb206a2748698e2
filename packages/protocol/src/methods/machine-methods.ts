import type { ClientMethodRow } from './row.js'
import { experimental, experimentalRefused, stable, stableRefused } from './state.js'

const WINDOWS = 'is for Windows only'
const MOCK = 'exists in the reference’s tests only'

/** Files, commands and processes of the machine. In the reference’s order. */
export const machineMethods = {
  'server/diagnostics': experimental,
  'fs/readFile': { ...stable, params: 'FsReadFileParams', result: 'FsReadFileResponse' },
  'fs/writeFile': { ...stable, params: 'FsWriteFileParams', result: 'FsWriteFileResponse' },
  'fs/createDirectory': { ...stable, params: 'FsCreateDirectoryParams', result: 'FsCreateDirectoryResponse' },
  'fs/getMetadata': { ...stable, params: 'FsGetMetadataParams', result: 'FsGetMetadataResponse' },
  'fs/readDirectory': { ...stable, params: 'FsReadDirectoryParams', result: 'FsReadDirectoryResponse' },
  'fs/remove': { ...stable, params: 'FsRemoveParams', result: 'FsRemoveResponse' },
  'fs/copy': { ...stable, params: 'FsCopyParams', result: 'FsCopyResponse' },
  'fs/watch': { ...stable, params: 'FsWatchParams', result: 'FsWatchResponse' },
  'fs/unwatch': { ...stable, params: 'FsUnwatchParams', result: 'FsUnwatchResponse' },
  'mock/experimentalMethod': experimentalRefused(MOCK),
  'environment/add': experimental,
  'environment/info': experimental,
  'environment/status': experimental,
  'windowsSandbox/setupStart': stableRefused(WINDOWS),
  'windowsSandbox/readiness': stableRefused(WINDOWS),
  'command/exec': { ...stable, params: 'CommandExecParams', result: 'CommandExecResponse' },
  'command/exec/write': { ...stable, params: 'CommandExecWriteParams', result: 'CommandExecWriteResponse' },
  'command/exec/terminate': { ...stable, params: 'CommandExecTerminateParams', result: 'CommandExecTerminateResponse' },
  'command/exec/resize': { ...stable, params: 'CommandExecResizeParams', result: 'CommandExecResizeResponse' },
  'process/spawn': { ...experimental, params: 'ProcessSpawnParams', result: 'ProcessSpawnResponse' },
  'process/writeStdin': { ...experimental, params: 'ProcessWriteStdinParams', result: 'ProcessWriteStdinResponse' },
  'process/kill': { ...experimental, params: 'ProcessKillParams', result: 'ProcessKillResponse' },
  'process/resizePty': { ...experimental, params: 'ProcessResizePtyParams', result: 'ProcessResizePtyResponse' },
  fuzzyFileSearch: { ...stable, params: 'FuzzyFileSearchParams', result: 'FuzzyFileSearchResponse' },
  'fuzzyFileSearch/sessionStart': {
    ...experimental,
    params: 'FuzzyFileSearchSessionStartParams',
    result: 'FuzzyFileSearchSessionStartResponse',
  },
  'fuzzyFileSearch/sessionUpdate': {
    ...experimental,
    params: 'FuzzyFileSearchSessionUpdateParams',
    result: 'FuzzyFileSearchSessionUpdateResponse',
  },
  'fuzzyFileSearch/sessionStop': {
    ...experimental,
    params: 'FuzzyFileSearchSessionStopParams',
    result: 'FuzzyFileSearchSessionStopResponse',
  },
  gitDiffToRemote: { ...stable, paramsOptional: true },
} as const satisfies Record<string, ClientMethodRow>

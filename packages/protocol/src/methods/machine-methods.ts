import type { ClientMethodRow } from './row.js'
import { experimental, experimentalRefused, stableRefused } from './state.js'

const WINDOWS = 'is for Windows only'
const MOCK = 'exists in the reference’s tests only'

/** Files, commands and processes of the machine. In the reference’s order. */
export const machineMethods = {
  'server/diagnostics': {
    stability: 'experimental',
    state: 'served',
    params: 'ServerDiagnosticsParams',
    result: 'ServerDiagnosticsResponse',
  },
  'fs/readFile': { stability: 'stable', state: 'served', params: 'FsReadFileParams', result: 'FsReadFileResponse' },
  'fs/writeFile': { stability: 'stable', state: 'served', params: 'FsWriteFileParams', result: 'FsWriteFileResponse' },
  'fs/createDirectory': {
    stability: 'stable',
    state: 'served',
    params: 'FsCreateDirectoryParams',
    result: 'FsCreateDirectoryResponse',
  },
  'fs/getMetadata': {
    stability: 'stable',
    state: 'served',
    params: 'FsGetMetadataParams',
    result: 'FsGetMetadataResponse',
  },
  'fs/readDirectory': {
    stability: 'stable',
    state: 'served',
    params: 'FsReadDirectoryParams',
    result: 'FsReadDirectoryResponse',
  },
  'fs/remove': { stability: 'stable', state: 'served', params: 'FsRemoveParams', result: 'FsRemoveResponse' },
  'fs/copy': { stability: 'stable', state: 'served', params: 'FsCopyParams', result: 'FsCopyResponse' },
  'fs/watch': { stability: 'stable', state: 'served', params: 'FsWatchParams', result: 'FsWatchResponse' },
  'fs/unwatch': { stability: 'stable', state: 'served', params: 'FsUnwatchParams', result: 'FsUnwatchResponse' },
  'mock/experimentalMethod': experimentalRefused(MOCK),
  'environment/add': experimental,
  'environment/info': {
    stability: 'experimental',
    state: 'served',
    params: 'EnvironmentInfoParams',
    result: 'EnvironmentInfoResponse',
  },
  'environment/status': {
    stability: 'experimental',
    state: 'served',
    params: 'EnvironmentStatusParams',
    result: 'EnvironmentStatusResponse',
  },
  'windowsSandbox/setupStart': stableRefused(WINDOWS),
  'windowsSandbox/readiness': stableRefused(WINDOWS),
  'command/exec': { stability: 'stable', state: 'served', params: 'CommandExecParams', result: 'CommandExecResponse' },
  'command/exec/write': {
    stability: 'stable',
    state: 'served',
    params: 'CommandExecWriteParams',
    result: 'CommandExecWriteResponse',
  },
  'command/exec/terminate': {
    stability: 'stable',
    state: 'served',
    params: 'CommandExecTerminateParams',
    result: 'CommandExecTerminateResponse',
  },
  'command/exec/resize': {
    stability: 'stable',
    state: 'served',
    params: 'CommandExecResizeParams',
    result: 'CommandExecResizeResponse',
  },
  'process/spawn': {
    stability: 'experimental',
    state: 'served',
    params: 'ProcessSpawnParams',
    result: 'ProcessSpawnResponse',
  },
  'process/writeStdin': {
    stability: 'experimental',
    state: 'served',
    params: 'ProcessWriteStdinParams',
    result: 'ProcessWriteStdinResponse',
  },
  'process/kill': {
    stability: 'experimental',
    state: 'served',
    params: 'ProcessKillParams',
    result: 'ProcessKillResponse',
  },
  'process/resizePty': {
    stability: 'experimental',
    state: 'served',
    params: 'ProcessResizePtyParams',
    result: 'ProcessResizePtyResponse',
  },
  fuzzyFileSearch: {
    stability: 'stable',
    state: 'served',
    params: 'FuzzyFileSearchParams',
    result: 'FuzzyFileSearchResponse',
  },
  'fuzzyFileSearch/sessionStart': {
    stability: 'experimental',
    state: 'served',
    params: 'FuzzyFileSearchSessionStartParams',
    result: 'FuzzyFileSearchSessionStartResponse',
  },
  'fuzzyFileSearch/sessionUpdate': {
    stability: 'experimental',
    state: 'served',
    params: 'FuzzyFileSearchSessionUpdateParams',
    result: 'FuzzyFileSearchSessionUpdateResponse',
  },
  'fuzzyFileSearch/sessionStop': {
    stability: 'experimental',
    state: 'served',
    params: 'FuzzyFileSearchSessionStopParams',
    result: 'FuzzyFileSearchSessionStopResponse',
  },
  gitDiffToRemote: {
    stability: 'stable',
    state: 'served',
    params: 'GitDiffToRemoteParams',
    result: 'GitDiffToRemoteResponse',
  },
} as const satisfies Record<string, ClientMethodRow>

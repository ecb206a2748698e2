import { describe, expectTypeOf, it } from 'vitest'
import type * as commandSchema from '../../src/schema/command.js'
import type * as environment from '../../src/schema/environment.js'
import type * as fileSearch from '../../src/schema/file-search.js'
import type * as fs from '../../src/schema/fs.js'
import type * as legacy from '../../src/schema/legacy.js'
import type * as processSchema from '../../src/schema/process.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of command equal what the schemas infer', () => {
    expectTypeOf<Plain<types.CommandExecParams>>().toEqualTypeOf<Of<typeof commandSchema.CommandExecParams>>()
    expectTypeOf<Plain<types.CommandExecResponse>>().toEqualTypeOf<Of<typeof commandSchema.CommandExecResponse>>()
    expectTypeOf<Plain<types.CommandExecWriteParams>>().toEqualTypeOf<Of<typeof commandSchema.CommandExecWriteParams>>()
    expectTypeOf<Plain<types.CommandExecWriteResponse>>().toEqualTypeOf<
      Of<typeof commandSchema.CommandExecWriteResponse>
    >()
    expectTypeOf<Plain<types.CommandExecTerminateParams>>().toEqualTypeOf<
      Of<typeof commandSchema.CommandExecTerminateParams>
    >()
    expectTypeOf<Plain<types.CommandExecTerminateResponse>>().toEqualTypeOf<
      Of<typeof commandSchema.CommandExecTerminateResponse>
    >()
    expectTypeOf<Plain<types.CommandExecResizeParams>>().toEqualTypeOf<
      Of<typeof commandSchema.CommandExecResizeParams>
    >()
    expectTypeOf<Plain<types.CommandExecResizeResponse>>().toEqualTypeOf<
      Of<typeof commandSchema.CommandExecResizeResponse>
    >()
    expectTypeOf<Plain<types.CommandExecOutputDeltaNotification>>().toEqualTypeOf<
      Of<typeof commandSchema.CommandExecOutputDeltaNotification>
    >()
  })

  it('of environment equal what the schemas infer', () => {
    expectTypeOf<Plain<types.EnvironmentInfoParams>>().toEqualTypeOf<Of<typeof environment.EnvironmentInfoParams>>()
    expectTypeOf<Plain<types.EnvironmentInfoResponse>>().toEqualTypeOf<Of<typeof environment.EnvironmentInfoResponse>>()
    expectTypeOf<Plain<types.EnvironmentStatusParams>>().toEqualTypeOf<Of<typeof environment.EnvironmentStatusParams>>()
    expectTypeOf<Plain<types.EnvironmentStatusResponse>>().toEqualTypeOf<
      Of<typeof environment.EnvironmentStatusResponse>
    >()
    expectTypeOf<Plain<types.ServerDiagnosticsParams>>().toEqualTypeOf<Of<typeof environment.ServerDiagnosticsParams>>()
    expectTypeOf<Plain<types.ServerDiagnosticsResponse>>().toEqualTypeOf<
      Of<typeof environment.ServerDiagnosticsResponse>
    >()
  })

  it('of file-search equal what the schemas infer', () => {
    expectTypeOf<Plain<types.FuzzyFileSearchParams>>().toEqualTypeOf<Of<typeof fileSearch.FuzzyFileSearchParams>>()
    expectTypeOf<Plain<types.FuzzyFileSearchResponse>>().toEqualTypeOf<Of<typeof fileSearch.FuzzyFileSearchResponse>>()
    expectTypeOf<Plain<types.FuzzyFileSearchSessionStartParams>>().toEqualTypeOf<
      Of<typeof fileSearch.FuzzyFileSearchSessionStartParams>
    >()
    expectTypeOf<Plain<types.FuzzyFileSearchSessionStartResponse>>().toEqualTypeOf<
      Of<typeof fileSearch.FuzzyFileSearchSessionStartResponse>
    >()
    expectTypeOf<Plain<types.FuzzyFileSearchSessionUpdateParams>>().toEqualTypeOf<
      Of<typeof fileSearch.FuzzyFileSearchSessionUpdateParams>
    >()
    expectTypeOf<Plain<types.FuzzyFileSearchSessionUpdateResponse>>().toEqualTypeOf<
      Of<typeof fileSearch.FuzzyFileSearchSessionUpdateResponse>
    >()
    expectTypeOf<Plain<types.FuzzyFileSearchSessionStopParams>>().toEqualTypeOf<
      Of<typeof fileSearch.FuzzyFileSearchSessionStopParams>
    >()
    expectTypeOf<Plain<types.FuzzyFileSearchSessionStopResponse>>().toEqualTypeOf<
      Of<typeof fileSearch.FuzzyFileSearchSessionStopResponse>
    >()
    expectTypeOf<Plain<types.FuzzyFileSearchSessionUpdatedNotification>>().toEqualTypeOf<
      Of<typeof fileSearch.FuzzyFileSearchSessionUpdatedNotification>
    >()
    expectTypeOf<Plain<types.FuzzyFileSearchSessionCompletedNotification>>().toEqualTypeOf<
      Of<typeof fileSearch.FuzzyFileSearchSessionCompletedNotification>
    >()
  })

  it('of fs equal what the schemas infer', () => {
    expectTypeOf<Plain<types.FsReadFileParams>>().toEqualTypeOf<Of<typeof fs.FsReadFileParams>>()
    expectTypeOf<Plain<types.FsReadFileResponse>>().toEqualTypeOf<Of<typeof fs.FsReadFileResponse>>()
    expectTypeOf<Plain<types.FsWriteFileParams>>().toEqualTypeOf<Of<typeof fs.FsWriteFileParams>>()
    expectTypeOf<Plain<types.FsWriteFileResponse>>().toEqualTypeOf<Of<typeof fs.FsWriteFileResponse>>()
    expectTypeOf<Plain<types.FsCreateDirectoryParams>>().toEqualTypeOf<Of<typeof fs.FsCreateDirectoryParams>>()
    expectTypeOf<Plain<types.FsCreateDirectoryResponse>>().toEqualTypeOf<Of<typeof fs.FsCreateDirectoryResponse>>()
    expectTypeOf<Plain<types.FsGetMetadataParams>>().toEqualTypeOf<Of<typeof fs.FsGetMetadataParams>>()
    expectTypeOf<Plain<types.FsGetMetadataResponse>>().toEqualTypeOf<Of<typeof fs.FsGetMetadataResponse>>()
    expectTypeOf<Plain<types.FsReadDirectoryParams>>().toEqualTypeOf<Of<typeof fs.FsReadDirectoryParams>>()
    expectTypeOf<Plain<types.FsReadDirectoryResponse>>().toEqualTypeOf<Of<typeof fs.FsReadDirectoryResponse>>()
    expectTypeOf<Plain<types.FsRemoveParams>>().toEqualTypeOf<Of<typeof fs.FsRemoveParams>>()
    expectTypeOf<Plain<types.FsRemoveResponse>>().toEqualTypeOf<Of<typeof fs.FsRemoveResponse>>()
    expectTypeOf<Plain<types.FsCopyParams>>().toEqualTypeOf<Of<typeof fs.FsCopyParams>>()
    expectTypeOf<Plain<types.FsCopyResponse>>().toEqualTypeOf<Of<typeof fs.FsCopyResponse>>()
    expectTypeOf<Plain<types.FsWatchParams>>().toEqualTypeOf<Of<typeof fs.FsWatchParams>>()
    expectTypeOf<Plain<types.FsWatchResponse>>().toEqualTypeOf<Of<typeof fs.FsWatchResponse>>()
    expectTypeOf<Plain<types.FsUnwatchParams>>().toEqualTypeOf<Of<typeof fs.FsUnwatchParams>>()
    expectTypeOf<Plain<types.FsUnwatchResponse>>().toEqualTypeOf<Of<typeof fs.FsUnwatchResponse>>()
    expectTypeOf<Plain<types.FsChangedNotification>>().toEqualTypeOf<Of<typeof fs.FsChangedNotification>>()
  })

  it('of legacy equal what the schemas infer', () => {
    expectTypeOf<Plain<types.GetAuthStatusParams>>().toEqualTypeOf<Of<typeof legacy.GetAuthStatusParams>>()
    expectTypeOf<Plain<types.GetAuthStatusResponse>>().toEqualTypeOf<Of<typeof legacy.GetAuthStatusResponse>>()
    expectTypeOf<Plain<types.GitDiffToRemoteParams>>().toEqualTypeOf<Of<typeof legacy.GitDiffToRemoteParams>>()
    expectTypeOf<Plain<types.GitDiffToRemoteResponse>>().toEqualTypeOf<Of<typeof legacy.GitDiffToRemoteResponse>>()
  })

  it('of process equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ProcessSpawnParams>>().toEqualTypeOf<Of<typeof processSchema.ProcessSpawnParams>>()
    expectTypeOf<Plain<types.ProcessSpawnResponse>>().toEqualTypeOf<Of<typeof processSchema.ProcessSpawnResponse>>()
    expectTypeOf<Plain<types.ProcessWriteStdinParams>>().toEqualTypeOf<
      Of<typeof processSchema.ProcessWriteStdinParams>
    >()
    expectTypeOf<Plain<types.ProcessWriteStdinResponse>>().toEqualTypeOf<
      Of<typeof processSchema.ProcessWriteStdinResponse>
    >()
    expectTypeOf<Plain<types.ProcessKillParams>>().toEqualTypeOf<Of<typeof processSchema.ProcessKillParams>>()
    expectTypeOf<Plain<types.ProcessKillResponse>>().toEqualTypeOf<Of<typeof processSchema.ProcessKillResponse>>()
    expectTypeOf<Plain<types.ProcessResizePtyParams>>().toEqualTypeOf<Of<typeof processSchema.ProcessResizePtyParams>>()
    expectTypeOf<Plain<types.ProcessResizePtyResponse>>().toEqualTypeOf<
      Of<typeof processSchema.ProcessResizePtyResponse>
    >()
    expectTypeOf<Plain<types.ProcessOutputDeltaNotification>>().toEqualTypeOf<
      Of<typeof processSchema.ProcessOutputDeltaNotification>
    >()
    expectTypeOf<Plain<types.ProcessExitedNotification>>().toEqualTypeOf<
      Of<typeof processSchema.ProcessExitedNotification>
    >()
  })
})

import { describe, expectTypeOf, it } from 'vitest'
import type { Config as ConfigSchema } from '../../src/schema/config.js'
import type * as read from '../../src/schema/config-read.js'
import type * as requirements from '../../src/schema/config-requirements.js'
import type * as write from '../../src/schema/config-write.js'
import type * as external from '../../src/schema/external-agent-config.js'
import type * as preview from '../../src/schema/import-preview.js'
import type * as result from '../../src/schema/import-result.js'
import type * as initialize from '../../src/schema/initialize.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of the handshake equal what the schemas infer', () => {
    expectTypeOf<Plain<types.InitializeParams>>().toEqualTypeOf<Of<typeof initialize.InitializeParams>>()
    expectTypeOf<Plain<types.InitializeResponse>>().toEqualTypeOf<Of<typeof initialize.InitializeResponse>>()
  })

  it('of the configuration equal what the schemas infer', () => {
    expectTypeOf<Plain<types.Config>>().toEqualTypeOf<Of<typeof ConfigSchema>>()
    expectTypeOf<Plain<types.ConfigReadParams>>().toEqualTypeOf<Of<typeof read.ConfigReadParams>>()
    expectTypeOf<Plain<types.ConfigReadResponse>>().toEqualTypeOf<Of<typeof read.ConfigReadResponse>>()
    expectTypeOf<Plain<types.ConfigValueWriteParams>>().toEqualTypeOf<Of<typeof write.ConfigValueWriteParams>>()
    expectTypeOf<Plain<types.ConfigBatchWriteParams>>().toEqualTypeOf<Of<typeof write.ConfigBatchWriteParams>>()
    expectTypeOf<Plain<types.ConfigWriteResponse>>().toEqualTypeOf<Of<typeof write.ConfigWriteResponse>>()
    expectTypeOf<Plain<types.ConfigWarningNotification>>().toEqualTypeOf<Of<typeof write.ConfigWarningNotification>>()
    expectTypeOf<Plain<types.ConfigRequirementsReadResponse>>().toEqualTypeOf<
      Of<typeof requirements.ConfigRequirementsReadResponse>
    >()
  })

  it('of detect and import equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ExternalAgentConfigDetectParams>>().toEqualTypeOf<
      Of<typeof external.ExternalAgentConfigDetectParams>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigDetectResponse>>().toEqualTypeOf<
      Of<typeof external.ExternalAgentConfigDetectResponse>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportParams>>().toEqualTypeOf<
      Of<typeof external.ExternalAgentConfigImportParams>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportResponse>>().toEqualTypeOf<
      Of<typeof external.ExternalAgentConfigImportResponse>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportCancelParams>>().toEqualTypeOf<
      Of<typeof external.ExternalAgentConfigImportCancelParams>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportCancelResponse>>().toEqualTypeOf<
      Of<typeof external.ExternalAgentConfigImportCancelResponse>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportPreviewParams>>().toEqualTypeOf<
      Of<typeof external.ExternalAgentConfigImportPreviewParams>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportPreviewResponse>>().toEqualTypeOf<
      Of<typeof preview.ExternalAgentConfigImportPreviewResponse>
    >()
  })

  it('of the accounting equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ExternalAgentConfigImportProgressNotification>>().toEqualTypeOf<
      Of<typeof result.ExternalAgentConfigImportProgressNotification>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportCompletedNotification>>().toEqualTypeOf<
      Of<typeof result.ExternalAgentConfigImportCompletedNotification>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportHistoriesReadResponse>>().toEqualTypeOf<
      Of<typeof result.ExternalAgentConfigImportHistoriesReadResponse>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportHistoryRecordParams>>().toEqualTypeOf<
      Of<typeof result.ExternalAgentConfigImportHistoryRecordParams>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportHistoryRecordResponse>>().toEqualTypeOf<
      Of<typeof result.ExternalAgentConfigImportHistoryRecordResponse>
    >()
  })

  it('narrow params and result by the name of the method', () => {
    expectTypeOf<types.ClientRequests['config/read']['params']>().toEqualTypeOf<types.ConfigReadParams>()
    expectTypeOf<types.ClientRequests['thread/start']['result']>().toEqualTypeOf<types.ThreadStartResponse>()
    expectTypeOf<types.ClientRequests['project/list']['result']>().toEqualTypeOf<unknown>()
    expectTypeOf<types.ServerNotifications['configWarning']>().toEqualTypeOf<types.ConfigWarningNotification>()
  })
})

import { describe, expectTypeOf, it } from 'vitest'
import type * as itemEvent from '../../src/schema/item-event.js'
import type * as turnSetting from '../../src/schema/turn-setting.js'
import type * as turnStart from '../../src/schema/turn-start.js'
import type * as userQuestion from '../../src/schema/user-question.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of item-event equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ItemStartedNotification>>().toEqualTypeOf<Of<typeof itemEvent.ItemStartedNotification>>()
    expectTypeOf<Plain<types.ItemCompletedNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.ItemCompletedNotification>
    >()
    expectTypeOf<Plain<types.AgentMessageDeltaNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.AgentMessageDeltaNotification>
    >()
    expectTypeOf<Plain<types.PlanDeltaNotification>>().toEqualTypeOf<Of<typeof itemEvent.PlanDeltaNotification>>()
    expectTypeOf<Plain<types.CommandExecutionOutputDeltaNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.CommandExecutionOutputDeltaNotification>
    >()
    expectTypeOf<Plain<types.TerminalInteractionNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.TerminalInteractionNotification>
    >()
    expectTypeOf<Plain<types.FileChangeOutputDeltaNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.FileChangeOutputDeltaNotification>
    >()
    expectTypeOf<Plain<types.FileChangePatchUpdatedNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.FileChangePatchUpdatedNotification>
    >()
    expectTypeOf<Plain<types.McpToolCallProgressNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.McpToolCallProgressNotification>
    >()
    expectTypeOf<Plain<types.ReasoningSummaryTextDeltaNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.ReasoningSummaryTextDeltaNotification>
    >()
    expectTypeOf<Plain<types.ReasoningSummaryPartAddedNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.ReasoningSummaryPartAddedNotification>
    >()
    expectTypeOf<Plain<types.ReasoningTextDeltaNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.ReasoningTextDeltaNotification>
    >()
    expectTypeOf<Plain<types.ServerRequestResolvedNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.ServerRequestResolvedNotification>
    >()
    expectTypeOf<Plain<types.WarningNotification>>().toEqualTypeOf<Of<typeof itemEvent.WarningNotification>>()
    expectTypeOf<Plain<types.DeprecationNoticeNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.DeprecationNoticeNotification>
    >()
    expectTypeOf<Plain<types.GuardianWarningNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.GuardianWarningNotification>
    >()
    expectTypeOf<Plain<types.ModelReroutedNotification>>().toEqualTypeOf<
      Of<typeof itemEvent.ModelReroutedNotification>
    >()
  })

  it('of turn-setting equal what the schemas infer', () => {
    expectTypeOf<Plain<types.TurnEnvironmentParams>>().toEqualTypeOf<Of<typeof turnSetting.TurnEnvironmentParams>>()
  })

  it('of turn-start equal what the schemas infer', () => {
    expectTypeOf<Plain<types.TurnStartParams>>().toEqualTypeOf<Of<typeof turnStart.TurnStartParams>>()
    expectTypeOf<Plain<types.TurnStartResponse>>().toEqualTypeOf<Of<typeof turnStart.TurnStartResponse>>()
    expectTypeOf<Plain<types.TurnSteerParams>>().toEqualTypeOf<Of<typeof turnStart.TurnSteerParams>>()
    expectTypeOf<Plain<types.TurnSteerResponse>>().toEqualTypeOf<Of<typeof turnStart.TurnSteerResponse>>()
    expectTypeOf<Plain<types.TurnInterruptParams>>().toEqualTypeOf<Of<typeof turnStart.TurnInterruptParams>>()
    expectTypeOf<Plain<types.TurnInterruptResponse>>().toEqualTypeOf<Of<typeof turnStart.TurnInterruptResponse>>()
    expectTypeOf<Plain<types.TurnSettingsUpdateParams>>().toEqualTypeOf<Of<typeof turnStart.TurnSettingsUpdateParams>>()
    expectTypeOf<Plain<types.TurnSettingsUpdateResponse>>().toEqualTypeOf<
      Of<typeof turnStart.TurnSettingsUpdateResponse>
    >()
    expectTypeOf<Plain<types.TurnStartedNotification>>().toEqualTypeOf<Of<typeof turnStart.TurnStartedNotification>>()
    expectTypeOf<Plain<types.TurnCompletedNotification>>().toEqualTypeOf<
      Of<typeof turnStart.TurnCompletedNotification>
    >()
    expectTypeOf<Plain<types.TurnDiffUpdatedNotification>>().toEqualTypeOf<
      Of<typeof turnStart.TurnDiffUpdatedNotification>
    >()
    expectTypeOf<Plain<types.TurnPlanUpdatedNotification>>().toEqualTypeOf<
      Of<typeof turnStart.TurnPlanUpdatedNotification>
    >()
    expectTypeOf<Plain<types.ErrorNotification>>().toEqualTypeOf<Of<typeof turnStart.ErrorNotification>>()
  })

  it('of user-question equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ToolRequestUserInputParams>>().toEqualTypeOf<
      Of<typeof userQuestion.ToolRequestUserInputParams>
    >()
    expectTypeOf<Plain<types.ToolRequestUserInputResponse>>().toEqualTypeOf<
      Of<typeof userQuestion.ToolRequestUserInputResponse>
    >()
    expectTypeOf<Plain<types.DynamicToolCallParams>>().toEqualTypeOf<Of<typeof userQuestion.DynamicToolCallParams>>()
    expectTypeOf<Plain<types.DynamicToolCallResponse>>().toEqualTypeOf<
      Of<typeof userQuestion.DynamicToolCallResponse>
    >()
  })
})

import { describe, expectTypeOf, it } from 'vitest'
import type * as approval from '../../src/schema/approval.js'
import type * as approvalLegacy from '../../src/schema/approval-legacy.js'
import type * as clock from '../../src/schema/clock.js'
import type * as elicitation from '../../src/schema/elicitation.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of approval-legacy equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ApplyPatchApprovalParams>>().toEqualTypeOf<
      Of<typeof approvalLegacy.ApplyPatchApprovalParams>
    >()
    expectTypeOf<Plain<types.ApplyPatchApprovalResponse>>().toEqualTypeOf<
      Of<typeof approvalLegacy.ApplyPatchApprovalResponse>
    >()
    expectTypeOf<Plain<types.ExecCommandApprovalParams>>().toEqualTypeOf<
      Of<typeof approvalLegacy.ExecCommandApprovalParams>
    >()
    expectTypeOf<Plain<types.ExecCommandApprovalResponse>>().toEqualTypeOf<
      Of<typeof approvalLegacy.ExecCommandApprovalResponse>
    >()
  })

  it('of approval equal what the schemas infer', () => {
    expectTypeOf<Plain<types.CommandExecutionRequestApprovalParams>>().toEqualTypeOf<
      Of<typeof approval.CommandExecutionRequestApprovalParams>
    >()
    expectTypeOf<Plain<types.CommandExecutionRequestApprovalResponse>>().toEqualTypeOf<
      Of<typeof approval.CommandExecutionRequestApprovalResponse>
    >()
    expectTypeOf<Plain<types.FileChangeRequestApprovalParams>>().toEqualTypeOf<
      Of<typeof approval.FileChangeRequestApprovalParams>
    >()
    expectTypeOf<Plain<types.FileChangeRequestApprovalResponse>>().toEqualTypeOf<
      Of<typeof approval.FileChangeRequestApprovalResponse>
    >()
    expectTypeOf<Plain<types.PermissionsRequestApprovalParams>>().toEqualTypeOf<
      Of<typeof approval.PermissionsRequestApprovalParams>
    >()
    expectTypeOf<Plain<types.PermissionsRequestApprovalResponse>>().toEqualTypeOf<
      Of<typeof approval.PermissionsRequestApprovalResponse>
    >()
  })

  it('of clock equal what the schemas infer', () => {
    expectTypeOf<Plain<types.CurrentTimeReadParams>>().toEqualTypeOf<Of<typeof clock.CurrentTimeReadParams>>()
    expectTypeOf<Plain<types.CurrentTimeReadResponse>>().toEqualTypeOf<Of<typeof clock.CurrentTimeReadResponse>>()
  })

  it('of elicitation equal what the schemas infer', () => {
    expectTypeOf<Plain<types.McpServerElicitationRequestParams>>().toEqualTypeOf<
      Of<typeof elicitation.McpServerElicitationRequestParams>
    >()
    expectTypeOf<Plain<types.McpServerElicitationRequestResponse>>().toEqualTypeOf<
      Of<typeof elicitation.McpServerElicitationRequestResponse>
    >()
  })
})

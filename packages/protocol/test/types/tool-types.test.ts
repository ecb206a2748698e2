import { describe, expectTypeOf, it } from 'vitest'
import type * as hooks from '../../src/schema/hooks.js'
import type * as mcpServer from '../../src/schema/mcp-server.js'
import type * as skills from '../../src/schema/skills.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of hooks equal what the schemas infer', () => {
    expectTypeOf<Plain<types.HooksListParams>>().toEqualTypeOf<Of<typeof hooks.HooksListParams>>()
    expectTypeOf<Plain<types.HooksListResponse>>().toEqualTypeOf<Of<typeof hooks.HooksListResponse>>()
    expectTypeOf<Plain<types.HookStartedNotification>>().toEqualTypeOf<Of<typeof hooks.HookStartedNotification>>()
    expectTypeOf<Plain<types.HookCompletedNotification>>().toEqualTypeOf<Of<typeof hooks.HookCompletedNotification>>()
  })

  it('of mcp-server equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ListMcpServerStatusParams>>().toEqualTypeOf<
      Of<typeof mcpServer.ListMcpServerStatusParams>
    >()
    expectTypeOf<Plain<types.ListMcpServerStatusResponse>>().toEqualTypeOf<
      Of<typeof mcpServer.ListMcpServerStatusResponse>
    >()
    expectTypeOf<Plain<types.McpResourceReadParams>>().toEqualTypeOf<Of<typeof mcpServer.McpResourceReadParams>>()
    expectTypeOf<Plain<types.McpResourceReadResponse>>().toEqualTypeOf<Of<typeof mcpServer.McpResourceReadResponse>>()
    expectTypeOf<Plain<types.McpServerToolCallParams>>().toEqualTypeOf<Of<typeof mcpServer.McpServerToolCallParams>>()
    expectTypeOf<Plain<types.McpServerToolCallResponse>>().toEqualTypeOf<
      Of<typeof mcpServer.McpServerToolCallResponse>
    >()
    expectTypeOf<Plain<types.McpServerOauthLoginParams>>().toEqualTypeOf<
      Of<typeof mcpServer.McpServerOauthLoginParams>
    >()
    expectTypeOf<Plain<types.McpServerOauthLoginResponse>>().toEqualTypeOf<
      Of<typeof mcpServer.McpServerOauthLoginResponse>
    >()
    expectTypeOf<Plain<types.McpServerRefreshResponse>>().toEqualTypeOf<Of<typeof mcpServer.McpServerRefreshResponse>>()
    expectTypeOf<Plain<types.McpServerOauthLoginCompletedNotification>>().toEqualTypeOf<
      Of<typeof mcpServer.McpServerOauthLoginCompletedNotification>
    >()
    expectTypeOf<Plain<types.McpServerStatusUpdatedNotification>>().toEqualTypeOf<
      Of<typeof mcpServer.McpServerStatusUpdatedNotification>
    >()
  })

  it('of skills equal what the schemas infer', () => {
    expectTypeOf<Plain<types.SkillsListParams>>().toEqualTypeOf<Of<typeof skills.SkillsListParams>>()
    expectTypeOf<Plain<types.SkillsListResponse>>().toEqualTypeOf<Of<typeof skills.SkillsListResponse>>()
    expectTypeOf<Plain<types.SkillsExtraRootsSetParams>>().toEqualTypeOf<Of<typeof skills.SkillsExtraRootsSetParams>>()
    expectTypeOf<Plain<types.SkillsExtraRootsSetResponse>>().toEqualTypeOf<
      Of<typeof skills.SkillsExtraRootsSetResponse>
    >()
    expectTypeOf<Plain<types.SkillsConfigWriteParams>>().toEqualTypeOf<Of<typeof skills.SkillsConfigWriteParams>>()
    expectTypeOf<Plain<types.SkillsConfigWriteResponse>>().toEqualTypeOf<Of<typeof skills.SkillsConfigWriteResponse>>()
    expectTypeOf<Plain<types.SkillsChangedNotification>>().toEqualTypeOf<Of<typeof skills.SkillsChangedNotification>>()
  })
})

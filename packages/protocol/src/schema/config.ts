import { z } from 'zod'
import { experimental, i64, named, table } from './named.js'
import {
  AllowDenyRequirement,
  ApprovalsReviewer,
  AskForApproval,
  ForcedLoginMethod,
  ReasoningEffort,
  SandboxMode,
  WebSearchMode,
} from './setting.js'

const AnalyticsConfig = named('AnalyticsConfig', 'Usage statistics.', z.looseObject({ enabled: z.boolean().nullish() }))

const AppToolApproval = named(
  'AppToolApproval',
  'How calls of an app’s tools are approved.',
  z.enum(['auto', 'prompt', 'writes', 'approve']),
)

const AppsDefaultConfig = named(
  'AppsDefaultConfig',
  'What holds for every app that has no entry of its own.',
  z.object({
    enabled: z.boolean().optional(),
    approvals_reviewer: ApprovalsReviewer.nullish(),
    destructive_enabled: z.boolean().optional(),
    open_world_enabled: z.boolean().optional(),
    default_tools_approval_mode: AppToolApproval.nullish(),
  }),
)

const AppsConfig = named(
  'AppsConfig',
  'Apps (connectors), by id.',
  z.looseObject({ _default: AppsDefaultConfig.nullish() }),
)

const BrowserUseOriginPolicyConfig = named(
  'BrowserUseOriginPolicyConfig',
  'What the browser tool may do on an origin.',
  z.object({
    access: AllowDenyRequirement.nullish(),
    downloads: AllowDenyRequirement.nullish(),
    uploads: AllowDenyRequirement.nullish(),
    full_cdp_access: AllowDenyRequirement.nullish(),
  }),
)

const BrowserUseConfig = named(
  'BrowserUseConfig',
  'The browser tool.',
  z.object({
    allow_history_access: z.boolean().nullish(),
    default_origin_policy: BrowserUseOriginPolicyConfig.nullish(),
    origins: z.record(z.string(), BrowserUseOriginPolicyConfig).nullish(),
  }),
)

const WebSearchProvider = named(
  'WebSearchProvider',
  'Who runs a web search for the client.',
  z.enum(['standalone', 'search_mcp']),
)

const ComputerUseMacosConfig = named(
  'ComputerUseMacosConfig',
  'Apps of macOS that the computer tool may use, by bundle id.',
  z.object({ bundle_ids: z.record(z.string(), AllowDenyRequirement).nullish() }),
)

const ComputerUseWindowsExeConfig = named(
  'ComputerUseWindowsExeConfig',
  'A program of Windows that the computer tool may or may not use.',
  z.object({
    publisher_name: z.string(),
    product_name: z.string(),
    binary_name: z.string().nullish(),
    access: AllowDenyRequirement,
  }),
)

const ComputerUseWindowsConfig = named(
  'ComputerUseWindowsConfig',
  'Apps of Windows that the computer tool may use.',
  z.object({
    aumids: z.record(z.string(), AllowDenyRequirement).nullish(),
    exes: z.array(ComputerUseWindowsExeConfig).nullish(),
  }),
)

const ComputerUseConfig = named(
  'ComputerUseConfig',
  'The computer tool.',
  z.object({
    default_app_access: AllowDenyRequirement.nullish(),
    macos: ComputerUseMacosConfig.nullish(),
    windows: ComputerUseWindowsConfig.nullish(),
  }),
)

const ForcedChatgptWorkspaceIds = named(
  'ForcedChatgptWorkspaceIds',
  'The workspace, or workspaces, that a sign-in is limited to.',
  z.union([z.string(), z.array(z.string())]),
)

const AutoCompactTokenLimitScope = named(
  'AutoCompactTokenLimitScope',
  'What the limit for automatic compaction counts.',
  z.enum(['total', 'body_after_prefix']),
)

export const ReasoningSummary = named(
  'ReasoningSummary',
  'How much of the model’s thinking is summed up.',
  z.enum(['auto', 'concise', 'detailed', 'none']),
)

const Verbosity = named('Verbosity', 'How long the model’s answers are.', z.enum(['low', 'medium', 'high']))

const SandboxWorkspaceWrite = named(
  'SandboxWorkspaceWrite',
  'Details of the sandbox mode `workspace-write`.',
  z.object({
    writable_roots: z.array(z.string()).optional(),
    network_access: z.boolean().optional(),
    exclude_tmpdir_env_var: z.boolean().optional(),
    exclude_slash_tmp: z.boolean().optional(),
  }),
)

const WebSearchContextSize = named(
  'WebSearchContextSize',
  'How much of what was found the model gets.',
  z.enum(['low', 'medium', 'high']),
)

const WebSearchLocation = named(
  'WebSearchLocation',
  'Where a search is made from.',
  z.object({
    country: z.string().nullish(),
    region: z.string().nullish(),
    city: z.string().nullish(),
    timezone: z.string().nullish(),
  }),
)

const WebSearchToolConfig = named(
  'WebSearchToolConfig',
  'The web search tool.',
  z.object({
    context_size: WebSearchContextSize.nullish(),
    allowed_domains: z.array(z.string()).nullish(),
    location: WebSearchLocation.nullish(),
  }),
)

const ToolsV2 = named(
  'ToolsV2',
  'Tools of the model provider.',
  z.object({ web_search: WebSearchToolConfig.nullish() }),
)

/** The effective configuration, in the spelling of `config.toml`. Members that are not listed here are passed on as they are. */
export const Config = named(
  'Config',
  'The effective configuration, in the spelling of `config.toml`. Members that are not listed here are passed on as they are.',
  z.looseObject({
    model: z.string().nullish(),
    review_model: z.string().nullish(),
    model_context_window: i64.nullish(),
    model_auto_compact_token_limit: i64.nullish(),
    model_auto_compact_token_limit_scope: AutoCompactTokenLimitScope.nullish(),
    model_provider: z.string().nullish(),
    approval_policy: AskForApproval.nullish(),
    approvals_reviewer: ApprovalsReviewer.nullish(),
    sandbox_mode: SandboxMode.nullish(),
    sandbox_workspace_write: SandboxWorkspaceWrite.nullish(),
    forced_chatgpt_workspace_id: ForcedChatgptWorkspaceIds.nullish(),
    forced_login_method: ForcedLoginMethod.nullish(),
    web_search: WebSearchMode.nullish(),
    client_search_provider: WebSearchProvider.nullish(),
    tools: ToolsV2.nullish(),
    instructions: z.string().nullish(),
    developer_instructions: z.string().nullish(),
    compact_prompt: z.string().nullish(),
    model_reasoning_effort: ReasoningEffort.nullish(),
    model_reasoning_summary: ReasoningSummary.nullish(),
    model_verbosity: Verbosity.nullish(),
    service_tier: z.string().nullish(),
    analytics: AnalyticsConfig.nullish(),
    apps: experimental(AppsConfig.nullish()),
    browser_use: BrowserUseConfig.nullish(),
    computer_use: ComputerUseConfig.nullish(),
    desktop: table.nullish(),
  }),
)

/** What a value must be: the words in which the reference says so, or the names that it may have. */
export type Expected =
  | { readonly type: 'words'; readonly words: string }
  | { readonly type: 'names'; readonly names: readonly string[] }

/** Keys by what they must be; `*` stands for any one key. Source: reference 0.169.0, by writing wrong values. */
const byWords: { readonly [words: string]: string } = {
  'a string':
    'model review_model model_provider instructions developer_instructions compact_prompt model_reasoning_effort service_tier default_permissions plan_mode_reasoning_effort oss_provider mcp_oauth_callback_url openai_base_url chatgpt_base_url mcp_servers.*.command mcp_servers.*.cwd mcp_servers.*.bearer_token mcp_servers.*.bearer_token_env_var mcp_servers.*.url mcp_servers.*.env.* mcp_servers.*.http_headers.* mcp_servers.*.env_http_headers.* tui.theme model_providers.*.name model_providers.*.base_url model_providers.*.env_key',
  'a boolean':
    'include_environment_context hide_agent_reasoning daybreak check_for_update_on_startup include_apps_instructions allow_symlinked_codex_home allow_login_shell suppress_unstable_features_warning experimental_use_unified_exec_tool include_permissions_instructions show_raw_agent_reasoning include_collaboration_mode_instructions disable_paste_burst include_environment_context_time mcp_servers.*.enabled mcp_servers.*.required tui.animations sandbox_workspace_write.network_access sandbox_workspace_write.exclude_slash_tmp sandbox_workspace_write.exclude_tmpdir_env_var',
  i64: 'model_context_window model_auto_compact_token_limit',
  u64: 'background_terminal_max_timeout mcp_optional_startup_grace_ms thread_unload_delay_secs mcp_servers.*.startup_timeout_ms model_providers.*.request_max_retries model_providers.*.stream_max_retries model_providers.*.stream_idle_timeout_ms',
  u16: 'mcp_oauth_callback_port',
  u8: 'model_post_turn_compact_threshold_percent',
  usize: 'tool_output_token_limit project_doc_max_bytes',
  f64: 'mcp_servers.*.startup_timeout_sec mcp_servers.*.tool_timeout_sec',
  'a sequence':
    'project_root_markers project_doc_fallback_filenames notify js_repl_node_module_dirs mcp_servers.*.args mcp_servers.*.env_vars mcp_servers.*.enabled_tools mcp_servers.*.disabled_tools mcp_servers.*.scopes sandbox_workspace_write.writable_roots',
  'a map':
    'desktop model_providers projects mcp_servers marketplaces mcp_servers.*.env mcp_servers.*.http_headers mcp_servers.*.env_http_headers',
  'path string':
    'sqlite_home log_dir model_instructions_file js_repl_node_path model_catalog_json experimental_compact_prompt_file',
  'struct SandboxWorkspaceWrite': 'sandbox_workspace_write',
  'struct ToolsToml': 'tools',
  'struct AnalyticsConfigToml': 'analytics',
  'struct PermissionsToml': 'permissions',
  'struct PermissionProfileToml': 'permissions.*',
  'struct FeaturesToml': 'features',
  'struct PluginsConfigToml': 'plugins',
  'struct AgentsToml': 'agents',
  'struct Tui': 'tui',
  'struct SkillsConfig': 'skills',
  'struct History': 'history',
  'struct HooksToml': 'hooks',
  'struct ProjectConfig': 'projects.*',
  'struct ModelProviderInfo': 'model_providers.*',
}

const byNames: { readonly [key: string]: string } = {
  model_auto_compact_token_limit_scope: 'total body_after_prefix',
  approval_policy: 'untrusted on-failure on-request granular never',
  approvals_reviewer: 'user auto_review guardian_subagent',
  sandbox_mode: 'read-only workspace-write danger-full-access',
  forced_login_method: 'chatgpt api',
  web_search: 'disabled cached indexed live',
  model_reasoning_summary: 'auto concise detailed none',
  model_verbosity: 'low medium high',
  cli_auth_credentials_store: 'file keyring auto ephemeral',
  mcp_oauth_credentials_store: 'auto file keyring',
  personality: 'none friendly pragmatic',
  file_opener: 'vscode vscode-insiders windsurf cursor none',
  'mcp_servers.*.default_tools_approval_mode': 'auto prompt writes approve',
  'projects.*.trust_level': 'trusted untrusted',
  'tui.alternate_screen': 'auto always never',
  'model_providers.*.wire_api': 'responses',
}

/** What each known key must be. */
export const expectedOf: ReadonlyMap<string, Expected> = new Map<string, Expected>([
  ...Object.entries(byWords).flatMap(([words, keys]) =>
    keys.split(' ').map((key) => pair(key, { type: 'words', words })),
  ),
  ...Object.entries(byNames).map(([key, names]) => pair(key, { type: 'names', names: names.split(' ') })),
])

function pair(key: string, expected: Expected): readonly [string, Expected] {
  return [key, expected]
}

import type { TreeNode } from '../core/temp-tree.js'

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
const script = { text: '#!/bin/sh\ncat\n', mode: 0o755 }

/** A home and a repository with something of every kind that Cursor knows, and every form that is told apart. */
export const richCursor: { readonly [path: string]: TreeNode } = {
  'home/.cursor/cli-config.json': json({
    version: 1,
    env: { EDITOR: 'vi', COUNT: 3, NOTHING: null, API_TOKEN: 'ghp_0123456789abcdefghijklmnopqrstuvwxyzAB' },
    permissions: {
      allow: ['Shell(git)', 'Shell(npm:run test*)', 'Read(src/**)', 'Mcp(search:find)'],
      deny: ['Shell(rm)', 'Write(**/*.key)', 'Mcp(search:drop)', 'Mcp(elsewhere:*)', 7],
    },
    approvalMode: 'allowlist',
    sandbox: { mode: 'enabled', networkAccess: 'disabled' },
    model: { modelId: 'fast' },
    editor: { vimMode: true },
  }),
  'home/.cursor/sandbox.json': json({
    type: 'workspace_readwrite',
    additionalReadwritePaths: ['/data/shared', 'below', '~/notes'],
    disableTmpWrite: true,
    networkPolicy: { default: 'deny', allow: ['example.org'], deny: ['example.com'] },
  }),
  'home/.cursor/mcp.json': json({
    mcpServers: {
      search: {
        command: 'npx',
        args: ['-y', 'search'],
        env: { TOKEN: '${env:TOKEN}', OTHER: '${env:MINE}', MODE: 'fast' },
      },
      remote: {
        url: 'https://mcp.example.org/x',
        headers: { Authorization: 'Bearer ${env:REMOTE}' },
        auth: { CLIENT_ID: 'me' },
      },
      events: { url: 'https://mcp.example.org/sse', type: 'sse' },
      off: { command: 'off', disabled: true },
      placed: { command: '${workspaceFolder}/serve' },
      mine: { command: 'serve', args: ['${userHome}/data'], envFile: '.env' },
    },
  }),
  'home/.cursor/hooks.json': json({
    version: 1,
    hooks: {
      preToolUse: [
        { command: './hooks/check.sh', matcher: 'Shell|Write', timeout: 10 },
        { command: 'guard', failClosed: true },
        { type: 'prompt', prompt: 'is it safe?' },
      ],
      beforeShellExecution: [{ command: 'guard', matcher: 'curl' }, { command: 'shell-guard' }],
      beforeMCPExecution: [{ command: 'mcp-guard' }],
      beforeReadFile: [{ command: 'read-guard' }],
      afterFileEdit: [{ command: '~/.cursor/hooks/format.sh' }],
      sessionEnd: [{ command: 'bye' }],
      stop: [{ command: 'stop', loop_limit: 3 }, 'not a handler'],
      afterAgentResponse: [{ command: 'said' }],
    },
  }),
  'home/.cursor/hooks/check.sh': script,
  'home/.cursor/hooks/format.sh': script,
  'home/.cursor/hooks/unused.sh': script,
  'home/.cursor/rules/always.mdc': '---\nalwaysApply: true\n---\nAnswer briefly, says Cursor. The cursor blinks.\n',
  'home/.cursor/skills/notes/SKILL.md':
    '---\nname: notes\ndescription: Take notes\nallowed-tools: Read\n---\nTake notes.\n',
  'home/.cursor/skills/notes/form.txt': 'a form\n',
  'home/.cursor/skills/loose.md': 'no skill\n',
  'home/.cursor/skills-cursor/builtin/SKILL.md': '---\nname: builtin\ndescription: Of Cursor\n---\nBuild it in.\n',
  'home/.cursor/commands/fix.md': 'Fix $ARGUMENTS in Cursor.\n',
  'home/.cursor/commands/README.md': 'about\n',
  'home/.cursor/agents/reader.md':
    '---\nname: reader\ndescription: Reads only\nmodel: fast\nreadonly: true\nis_background: true\n---\nYou read.\n',
  'repo/.cursorrules': 'Old rules of Cursor.\n@notes.md\n@missing.md\n',
  'repo/notes.md': 'Notes that are included.\n',
  'repo/.cursor/cli.json': json({ permissions: { allow: ['Shell(make)'], deny: ['Read(.env)'] } }),
  'repo/.cursor/sandbox.json': json({ type: 'workspace_readonly' }),
  'repo/.cursor/mcp.json': json({
    mcpServers: { local: { command: '${workspaceFolder}/bin/serve', cwd: '${workspaceFolder}' } },
  }),
  'repo/.cursor/hooks.json': json({ version: 1, hooks: { stop: [{ command: '.cursor/hooks/stop.sh' }] } }),
  'repo/.cursor/hooks/stop.sh': script,
  'repo/.cursor/rules/always.mdc': '---\ndescription: House rules\nglobs:\nalwaysApply: true\n---\nTabs, not spaces.\n',
  'repo/.cursor/rules/scripts.mdc': '---\nglobs: *.sh,*.bash\nalwaysApply: false\n---\nSet -e.\n',
  'repo/.cursor/rules/api.mdc':
    '---\nglobs: ["src/api/**", "src/api/**/*"]\nalwaysApply: false\n---\nEvery call is logged.\n',
  'repo/src/api/index.ts': '',
  'repo/.cursor/rules/release.mdc':
    '---\ndescription: How to release\nalwaysApply: false\nowner: ops\n---\nTag, then publish.\n',
  'repo/.cursor/rules/deep/manual.mdc': '---\nalwaysApply: false\n---\nOnly when asked.\n',
  'repo/.cursor/rules/blank.mdc': '---\nalwaysApply: true\n---\n\n',
  'repo/pkg/.cursor/rules/near.mdc': '---\nalwaysApply: true\n---\nOnly here.\n',
  'repo/node_modules/x/.cursor/rules/far.mdc': '---\nalwaysApply: true\n---\nNot ours.\n',
  'repo/.cursor/skills/build/SKILL.md': '---\nname: build\ndescription: Build it\n---\nmake\n',
  'repo/.cursor/commands/ship.md': 'Ship it.\n',
  'repo/.cursor/agents/tester.md': '---\nname: tester\ndescription: Tests\n---\nTest.\n',
}

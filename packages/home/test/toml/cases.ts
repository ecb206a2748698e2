/** Documents that are awkward to edit, each with the merge patch wanted. Lists are given whole, as a merge patch takes them. */
export interface EditCase {
  readonly name: string
  readonly text: string
  readonly patch: { readonly [key: string]: unknown }
  /** Comments that belong to what the patch takes away. */
  readonly mayLose?: readonly string[]
}

const command = (text: string) => ({ type: 'command', command: text })

export const editCases: readonly EditCase[] = [
  {
    name: 'a new table after commented ones',
    text: '# top\nmodel = "m" # inline\n\n# servers\n[mcp_servers.a]\ncommand = "a" # cmd\n',
    patch: { mcp_servers: { docs: { command: 'npx', args: ['-y', 'docs'] } } },
  },
  {
    name: 'keys in a table that stands in the middle',
    text: '[mcp_servers.docs]\n# runs\ncommand = "npx"\n\n# start\nstartup_timeout_sec = 20\n\n[tui]\ntheme = "dark" # keep\n',
    patch: { mcp_servers: { docs: { args: ['-y'], command: 'bunx' } } },
  },
  {
    name: 'dotted keys at the root',
    text: 'model = "x"\nfeatures.hooks = true\nfeatures.apps = false # no apps\n[tui]\nnotifications = true\n',
    patch: { features: { plugins: true } },
  },
  {
    name: 'a parent that is an inline table',
    text: '# inline\nmcp_servers = { a = { command = "x" } }\n[tui]\nnotifications = true\n',
    patch: { mcp_servers: { b: { command: 'y', args: ['1'] } } },
  },
  {
    name: 'an inline environment',
    text: '[mcp_servers.a]\ncommand = "x"\nenv = { A = "1" } # the env\nenabled = true\n',
    patch: { mcp_servers: { a: { env: { B: '2' } } } },
  },
  {
    name: 'a longer list of tables',
    text: '# hooks\n[[hooks.PreToolUse]]\nmatcher = "Bash"\n# first\n[[hooks.PreToolUse.hooks]]\ntype = "command"\ncommand = "echo 1"\n\n[tui]\nnotifications = true # t\n',
    patch: {
      hooks: {
        PreToolUse: [
          { matcher: 'Bash', hooks: [command('echo 1')] },
          { matcher: 'Edit', hooks: [command('echo 2')] },
        ],
      },
    },
  },
  {
    name: 'new lists of tables inside tables',
    text: 'model = "m"\n',
    patch: {
      hooks: {
        PreToolUse: [{ matcher: 'Bash', hooks: [command('echo "q" \\ x')] }],
        Stop: [{ hooks: [command('b')] }],
      },
    },
  },
  {
    name: 'keys with dots, blanks and quotes',
    text: '[projects."/home/u/my.proj"]\ntrust_level = "trusted"\n\n[plugins."foo@bar.baz"]\nenabled = false\n',
    patch: {
      projects: { '/home/u/o.ther "q"': { trust_level: 'trusted' } },
      plugins: { 'foo@bar.baz': { enabled: true }, 'n@m.x': { enabled: true } },
    },
  },
  {
    name: 'tables out of order',
    text: '[mcp_servers.b]\ncommand = "b"\n\n[tui]\nnotifications = true\n\n[mcp_servers.a] # late\ncommand = "a"\n[mcp_servers.b.env]\nX = "1"\n',
    patch: { mcp_servers: { b: { env: { Y: '2' }, args: [] }, c: { command: 'c' } } },
  },
  {
    name: 'CRLF and no final line end',
    text: '# c\r\nmodel = "m"\r\n\r\n[mcp_servers.a]\r\ncommand = "a"',
    patch: { mcp_servers: { b: { command: 'b' } } },
  },
  {
    name: 'long strings that look like tables and comments',
    text: 'developer_instructions = """\n# not a comment\n[not.a.table]\nline \\\n   continued "quoted" \\u00e9\n"""\ninstructions = \'\'\'\nraw \\n [x]\n\'\'\'\n# real comment\n[tui]\nnotifications = true\n',
    patch: { tui: { theme: 'x' }, model: 'm' },
  },
  {
    name: 'lists over several lines with comments inside',
    text: 'notify = [\n  "a", # first\n  # lonely\n  "b",\n]\n[mcp_servers.a]\ncommand = "x"\nargs = [\n    "-y",   # yes\n    "pkg",\n]\n',
    patch: { notify: ['a', 'b', 'c'], mcp_servers: { a: { args: ['-y', 'pkg', '--flag'] } } },
  },
  {
    name: 'numbers and dates in every spelling',
    text: 'model_context_window = 1_000_000\na.big = 9007199254740993\na.hex = 0xFF\na.f = 1.0\na.e = 5e+22\na.inf = inf\na.nan = nan\na.d = 1979-05-27\na.dt = 1979-05-27T07:32:00.999999-07:00\na.ldt = 1979-05-27T07:32:00\na.lt = 07:32:00\n',
    patch: { a: { zzz: 1 } },
  },
  {
    name: 'a file of comments only',
    text: '# nothing here\n# yet\n',
    patch: { mcp_servers: { x: { command: 'c', env: { A: 'b' } } }, model: 'm' },
  },
  {
    name: 'a root key where only a table is',
    text: '# about tui\n[tui]\nnotifications = true\n',
    patch: { model: 'm', features: { hooks: true } },
  },
  {
    name: 'a byte order mark and letters of many alphabets',
    text: '\uFEFF# b\n"ʎǝʞ" = "é" # ü\n[mcp_servers."ключ"]\ncommand = "x"\n',
    patch: { mcp_servers: { ключ: { args: ['日本'] } } },
  },
  {
    name: 'dotted keys under a table',
    text: '[mcp_servers]\ndocs.command = "x" # c1\ndocs.args = []\n# after\nother = { command = "o" }\n',
    patch: { mcp_servers: { docs: { env: { FOO: 'bar' } }, third: { command: 't' } } },
  },
  {
    name: 'a value of another type',
    text: '[mcp_servers.a]\ncommand = "x" # c\nargs = "oops" # was string\nenv = { A = "1" }\n',
    patch: { mcp_servers: { a: { args: ['oops'] } } },
  },
  {
    name: 'odd blanks and tabs',
    text: '[ mcp_servers . "docs" ]   # trailing\n\tcommand   =   "x"      # aligned\n\targs      =   [ "a" ]  # aligned too\n\t[ mcp_servers . "docs" . env ]\n\t\tA = "1"\n',
    patch: { mcp_servers: { docs: { env: { B: '2' }, cwd: '/x' } } },
  },
  {
    name: 'a table and a key that go away',
    text: 'model = "m" # keep\n# about a\n[mcp_servers.a]\ncommand = "a"\n[mcp_servers.a.env]\nX = "1"\n\n# about b\n[mcp_servers.b]\ncommand = "b"\ncwd = "/x" # gone\n',
    patch: { mcp_servers: { a: null, b: { cwd: null } } },
    mayLose: ['# about a', '# gone'],
  },
  {
    name: 'a new table under one whose header comes later',
    text: '[hooks.state]\nx = 1\n\n[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = "s"\n',
    patch: { hooks: { PreToolUse: [{ matcher: 'A', hooks: [command('c')] }] } },
  },
  {
    name: 'profiles with nested permissions',
    text: 'default_permissions = "dev"\n[permissions.dev.filesystem]\n":root" = "read"\n":project_roots" = { "." = "write", "**/*.env" = "deny" } # nested\n[profiles.x]\nmodel = "m" # p\n',
    patch: {
      permissions: { dev: { filesystem: { ':project_roots': { 'docs/**': 'read' } }, network: { enabled: true } } },
    },
  },
]

/** The options of `gangway app-server`, for its help, its completion and its parser. */
export const appServerOptions = [
  {
    name: 'listen',
    flags: '--listen <url>',
    value: true,
    text: 'where to serve: stdio:// (the default), ws://IP:PORT, unix://, unix://PATH, off',
  },
  {
    name: 'stdio',
    flags: '--stdio',
    value: false,
    text: 'serve on standard input and output; same as --listen stdio://',
  },
  {
    name: 'config',
    short: 'c',
    flags: '-c, --config <key=value>',
    value: true,
    text: 'override a configuration value; the value is TOML, else text; may be repeated',
  },
  {
    name: 'ws-auth',
    flags: '--ws-auth <mode>',
    value: true,
    text: 'who may connect to ws://: capability-token or signed-bearer-token',
  },
  {
    name: 'ws-token-file',
    flags: '--ws-token-file <path>',
    value: true,
    text: 'file with the token (capability-token)',
  },
  {
    name: 'ws-token-sha256',
    flags: '--ws-token-sha256 <hex>',
    value: true,
    text: 'SHA-256 of the token, instead of its file (capability-token)',
  },
  {
    name: 'ws-shared-secret-file',
    flags: '--ws-shared-secret-file <path>',
    value: true,
    text: 'file with the secret that tokens are signed with, HS256 (signed-bearer-token)',
  },
  {
    name: 'ws-issuer',
    flags: '--ws-issuer <issuer>',
    value: true,
    text: 'issuer that tokens must name (signed-bearer-token)',
  },
  {
    name: 'ws-audience',
    flags: '--ws-audience <audience>',
    value: true,
    text: 'audience that tokens must name (signed-bearer-token)',
  },
  {
    name: 'ws-max-clock-skew-seconds',
    flags: '--ws-max-clock-skew-seconds <seconds>',
    value: true,
    text: 'seconds by which clocks may differ; default 30 (signed-bearer-token)',
  },
  {
    name: 'log-wire',
    flags: '--log-wire <file>',
    value: true,
    text: 'note everything said to and by clients in a file, as JSON lines without secrets',
  },
  {
    name: 'out',
    flags: '--out <dir>',
    value: true,
    text: 'folder to write the generated files to (generate-json-schema, generate-ts)',
  },
  {
    name: 'sock',
    flags: '--sock <path>',
    value: true,
    text: 'the socket to connect to, instead of that of the Codex home (proxy)',
  },
  { name: 'experimental', flags: '--experimental', value: false, text: 'generate experimental methods and fields too' },
  { name: 'help', short: 'h', flags: '-h, --help', value: false, text: 'show this help' },
] as const

/** The sub-commands of `gangway app-server`. */
export const appServerCommands = [
  { name: 'proxy', text: 'connect standard input and output to the socket of a running server' },
  { name: 'generate-json-schema', text: 'write the protocol as JSON Schema' },
  { name: 'generate-ts', text: 'write the protocol as TypeScript types' },
] as const

/** Room for most of the options; a longer one pushes its text aside. */
const LEFT_WIDTH = 30

/** The full help text of `gangway app-server`. */
export function appServerHelp(): string {
  const rows = (list: readonly (readonly [string, string])[]) =>
    list.map(([left, right]) => `  ${left.padEnd(LEFT_WIDTH)}  ${right}`)
  return [
    'Usage: gangway app-server [options] [proxy|generate-json-schema|generate-ts]',
    '',
    'Serve the Codex app-server protocol: to one client, one JSON message a line, until the input ends;',
    'or to any number of clients over websockets, until SIGTERM, SIGINT or SIGHUP comes.',
    '',
    'Options:',
    ...rows(appServerOptions.map((option) => [option.flags, option.text])),
    '',
    'Commands:',
    ...rows(appServerCommands.map((command) => [command.name, command.text])),
    '',
  ].join('\n')
}

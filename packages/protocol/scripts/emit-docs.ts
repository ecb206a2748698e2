import { accountMethods } from '../src/methods/account-methods.js'
import { homeMethods } from '../src/methods/home-methods.js'
import { machineMethods } from '../src/methods/machine-methods.js'
import type { ClientMethodRow, MethodState, ServerNotificationRow, ServerRequestRow } from '../src/methods/row.js'
import { serverNotifications } from '../src/methods/server-notifications.js'
import { clientNotifications, serverRequests } from '../src/methods/server-requests.js'
import { threadMethods } from '../src/methods/thread-methods.js'
import { turnMethods } from '../src/methods/turn-methods.js'
import { clientMethods } from '../src/methods.js'

const families: readonly (readonly [string, Readonly<Record<string, ClientMethodRow>>])[] = [
  ['Handshake, configuration, skills, hooks, plugins, servers, imports', homeMethods],
  ['Threads, sections, projects, memory', threadMethods],
  ['Turns, models, spoken conversations', turnMethods],
  ['Accounts and the vendor’s services', accountMethods],
  ['Files, commands, processes', machineMethods],
]

/** The text of `docs/protocol.md`: every method, and whether we serve it. */
export function emitDocs(): string {
  const all: readonly ClientMethodRow[] = Object.values(clientMethods)
  const count = (state: MethodState['state']) => all.filter((row) => row.state === state).length
  return `${head(all.length, count('served'), count('notYet'), count('refused'))}
## Methods a client may call

${families.map(([title, rows]) => `### ${title}\n\n${methodTable(Object.entries(rows))}`).join('\n')}
## Notifications of the server

*lossless*: waits for room, never dropped while the consumer lives. *best effort*: dropped when there is no room, and
counted. Pieces of a *text* are joined whole while they wait, pieces of an *output* keep their newest part.

${notificationTable()}
## Requests of the server

${methodTable(Object.entries<ServerRequestRow>(serverRequests))}
## Notifications of a client

${Object.keys(clientNotifications)
  .map((method) => `- \`${method}\`\n`)
  .join('')}`
}

function head(total: number, served: number, notYet: number, refused: number): string {
  return `# The protocol, method by method

Made by \`npm run generate\` from \`packages/protocol/src/methods\`. Do not edit.

The wire is that of the Codex app-server, version 0.169.0: JSON-RPC 2.0 without the member \`jsonrpc\`. The tables hold
every method, notification and request that the reference knows, and ours. Of ${total} methods a client may call, ${served} are
served, ${notYet} are not served yet, and ${refused} are refused for good.

- A method is *experimental* when it needs the capability \`experimentalApi\`; without it the answer is -32600
  \`M requires experimentalApi capability\`. So are members marked with it: -32600 \`M.member requires …\`.
- Every refusal of wrong params is -32600 \`Invalid request: …\` in the words of the reference.
`
}

function methodTable(rows: readonly (readonly [string, ServerRequestRow & { readonly ours?: true }])[]): string {
  const lines = rows.map(
    ([method, row]) => `| \`${method}\` | ${row.stability}${row.ours ? ', ours' : ''} | ${stateText(row)} |\n`,
  )
  return `| method | | state |\n| --- | --- | --- |\n${lines.join('')}`
}

function notificationTable(): string {
  const lines = Object.entries<ServerNotificationRow>(serverNotifications).map(([method, row]) => {
    const delivery = row.delivery === 'lossless' ? 'lossless' : 'best effort'
    return `| \`${method}\` | ${delivery}${row.delta ? `, ${row.delta.joining}` : ''} | ${row.params ? 'sent' : 'not yet'} |\n`
  })
  return `| notification | delivery | state |\n| --- | --- | --- |\n${lines.join('')}`
}

function stateText(row: MethodState): string {
  switch (row.state) {
    case 'served':
      return 'served'
    case 'notYet':
      return 'not yet'
    case 'refused':
      return `refused: ${row.reason}`
    default:
      return row satisfies never
  }
}

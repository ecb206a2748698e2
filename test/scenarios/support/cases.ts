/** A test elsewhere that shows a case, or a part of it: its file, and its title as it stands there. */
type Cited = readonly [file: string, title: string]

interface Case {
  readonly says: string
  /** Tests outside this folder; those in it carry the number in their title. */
  readonly cited?: readonly Cited[]
}

const server = (name: string) => `packages/app-server/test/${name}`
const client = (name: string) => `packages/client/test/${name}`
const queue = 'packages/protocol/test/channel/event-queue.test.ts'

/** Everything that a client of an app-server may rely on, by number, and where it is shown. */
export const cases: { readonly [id: number]: Case } = {
  1: { says: 'known methods before initialize are refused, ids echoed with their type' },
  2: { says: 'an unknown method before initialize is named' },
  3: { says: 'a second initialize is refused' },
  4: { says: 'a bad initialize names the field; a good one may follow' },
  5: { says: 'a client name with control characters is refused' },
  6: { says: 'initialize gives four members and a user agent in the known form' },
  7: { says: 'initialized is not waited for' },
  8: { says: 'opting out is exact, and effective from the first event' },
  9: { says: 'experimental methods and fields need the capability' },
  10: { says: 'what is no message gets no answer' },
  11: { says: 'an id that is none makes a notification' },
  12: { says: 'ids come back byte for byte' },
  13: { says: 'a jsonrpc member is ignored, and never sent' },
  14: { says: 'missing params are named' },
  15: {
    says: 'long lines are taken up to a limit that is named',
    cited: [
      [server('stdio-lines.test.ts'), 'takes a line of 20 MB'],
      [server('stdio-lines.test.ts'), 'refuses a line over the limit by its id, and goes on'],
    ],
  },
  16: {
    says: 'a line that is not UTF-8 is dropped and logged',
    cited: [
      ['packages/protocol/test/channel/json-lines.test.ts', 'drops a line that is not UTF-8 and goes on with the next'],
    ],
  },
  17: {
    says: 'CRLF is taken, a byte order mark is not',
    cited: [
      ['packages/protocol/test/channel/json-lines.test.ts', 'cuts at LF and drops a CR before it'],
      [
        'packages/protocol/test/channel/json-lines.test.ts',
        'leaves a byte order mark in its line, where no JSON may stand',
      ],
    ],
  },
  18: {
    says: 'one id twice over stdio gets two answers; in process it is refused',
    cited: [
      [server('stdio-lines.test.ts'), 'answers two open requests with one id twice'],
      [server('in-process.test.ts'), 'refuses a second request under an open id, and answers the first'],
    ],
  },
  19: {
    says: 'a remote client refuses an id that is open',
    cited: [
      [client('requests.test.ts'), 'refuses an id that is open already without sending it, and the first call goes on'],
    ],
  },
  20: {
    says: 'an answer to nothing is ignored, on both sides',
    cited: [[client('requests.test.ts'), 'ignores an answer that nobody waits for']],
  },
  21: {
    says: 'a client ignores unknown notifications and refuses unknown requests',
    cited: [
      [client('events.test.ts'), 'ignores a notification that the protocol does not have'],
      [client('server-requests.test.ts'), 'is refused at once when the method is unknown'],
    ],
  },
  22: {
    says: 'what comes before the answer to initialize is the first of the events',
    cited: [
      [client('startup.test.ts'), 'keeps what comes before the answer for the first reader, in order'],
      [client('connect.test.ts'), 'keeps what comes before the answer to initialize as the first events'],
    ],
  },
  23: {
    says: 'an initialize without an answer ends in time, and leaves nothing open',
    cited: [
      [client('connect.test.ts'), 'gives up when initialize is not answered, and closes the connection'],
      [client('spawn.proc.test.ts'), 'fails in time when the server does not answer, and leaves no process'],
    ],
  },
  24: {
    says: 'a token does not go over an open wire',
    cited: [
      [
        client('connect.test.ts'),
        "it.each(['ws://example.com', 'ws://127.0.0.1.example.com:80', 'ws://10.0.0.1:4500'])",
      ],
      [client('connect.test.ts'), 'sends its token to this machine exactly'],
    ],
  },
  25: {
    says: 'who has no right token is told so',
    cited: [
      [client('connect.test.ts'), 'tells with which status and words the server refused'],
      [server('websocket-auth.test.ts'), 'may be known by its digest only, and is not looked for in the address'],
      [server('websocket-auth.test.ts'), 'is held to the clock as closely as told'],
    ],
  },
  26: {
    says: 'pages in a browser are refused; health checks are answered',
    cited: [
      [server('websocket-http.test.ts'), 'H16: a page in a browser is refused at %s'],
      [server('websocket-http.test.ts'), 'H16: a page in a browser opens no websocket'],
      [server('websocket-auth.test.ts'), 'is not asked of health checks'],
    ],
  },
  27: {
    says: 'an unsafe address or secret ends the program with 1 and a message',
    cited: [
      ['packages/cli/test/program/sockets.proc.test.ts', 'refusing to start non-loopback websocket listener 0.0.0.0:0'],
      [server('websocket-auth.test.ts'), 'names a secret that it cannot use'],
    ],
  },
  28: {
    says: 'frames that hold no single message are dropped; pings are answered',
    cited: [[server('websocket-frames.test.ts'), 'answers a ping']],
  },
  29: {
    says: 'too long a message closes the websocket with 1009',
    cited: [
      [
        server('websocket-frames.test.ts'),
        'H7: closes with 1009 and says why at a message of 17 MiB, and serves the others',
      ],
    ],
  },
  30: {
    says: 'the order of the reference with a capacity of one',
    cited: [[queue, 'reproduces the order of the reference with a capacity of one']],
  },
  31: {
    says: 'a capacity of 0 counts as 1',
    cited: [
      [queue, 'treats a capacity under 1 as 1'],
      [server('in-process.test.ts'), 'takes a capacity of 0 for 1'],
    ],
  },
  32: {
    says: 'a request that finds no room is refused with -32001 and counted',
    cited: [
      [queue, 'refuses a server request that finds no room, and counts it'],
      [client('server-requests.test.ts'), 'is refused at once with -32001 when there is no room for it'],
    ],
  },
  33: { says: 'the report of an import arrives whatever the queue' },
  34: {
    says: 'a slow reader loses no letter, and the queue stays bounded',
    cited: [
      [
        'packages/protocol/test/channel/event-queue.random.test.ts',
        'gives 100,000 deltas of three items as the same text, through one slot',
      ],
      [client('spawn.proc.test.ts'), 'gives every letter of a long text to a reader that is slower than the server'],
      [client('connect.test.ts'), 'gets every letter, and every lossless event, through a queue of 8'],
    ],
  },
  35: {
    says: 'a request in the event loop does not hang',
    cited: [[client('events.test.ts'), 'does not hang when a request is awaited in the loop while the queue is full']],
  },
  36: {
    says: 'drops are told as soon as there is room',
    cited: [[queue, 'announces drops as soon as one slot is free, without a further event']],
  },
  37: {
    says: 'shutdown is bounded, and settles what is open',
    cited: [
      [client('shutdown.test.ts'), 'fails accepted requests when its time is over'],
      [client('shutdown.test.ts'), 'refuses the open requests of the server with -32603'],
    ],
  },
  38: {
    says: 'a shutdown in two steps loses nothing that is queued',
    cited: [
      [client('shutdown.test.ts'), 'can be begun, with events read until the end, and finished'],
      [client('shutdown.test.ts'), 'leaves what was queued to be read, and then the events end'],
    ],
  },
  39: {
    says: 'accepted requests are answered, later ones refused',
    cited: [[server('closing.test.ts'), 'finishes what was accepted, and refuses what comes after']],
  },
  40: { says: 'SIGTERM on an idle server: 1001, exit 0' },
  41: {
    says: 'SIGTERM in a turn: the turn ends first, a second signal forces',
    cited: [
      [
        server('draining.test.ts'),
        'waits for the turn that runs at the first signal, and gives its end to the clients',
      ],
      [server('draining.test.ts'), 'does not wait for the turn at the second signal, and still says goodbye'],
      [server('draining.test.ts'), 'refuses new threads and turns, serves the rest, and is done when accepted work is'],
    ],
  },
  42: {
    says: 'the end of the input: exit 0, everything due is written',
    cited: [
      [server('serve-stdio.proc.test.ts'), 'answers everything that was asked before its input ended, and exits 0'],
    ],
  },
  43: {
    says: 'an approval outlives its connection',
    cited: [
      [
        server('thread-requests.test.ts'),
        'outlives the client that was asked, and is put to the next one under the same id',
      ],
      [client('reconnect.test.ts'), 'shows an approval once that is asked again, and answers it on the new connection'],
    ],
  },
  44: {
    says: 'of two answers to one approval the first counts',
    cited: [
      [server('thread-requests.test.ts'), 'takes the first answer, tells all who were asked, and ignores the second'],
    ],
  },
  45: {
    says: 'a slow client is told why it is closed',
    cited: [
      [
        server('slow-sockets.test.ts'),
        'H8: is closed with 1013 and a reason when it does not read at all, and the others get everything',
      ],
    ],
  },
  46: {
    says: 'every request of a flood is answered',
    cited: [
      [server('stdio-lines.test.ts'), 'answers every one of 20,000 requests that come at once'],
      [server('stdio-lines.test.ts'), 'stops reading while its answers are not read, and loses none'],
    ],
  },
  47: {
    says: 'a Unix socket is the person’s alone, and one server’s',
    cited: [
      [
        server('unix-socket.test.ts'),
        'makes folders and a socket that are the person’s alone, and a link that clients open',
      ],
      [server('unix-socket.test.ts'), 'is refused where another one is, which goes on'],
      [server('unix-socket.test.ts'), 'leaves nothing behind when it closes'],
      [
        server('serve-sockets.proc.test.ts'),
        'takes its place again after it was killed, and leaves nothing after a signal',
      ],
    ],
  },
  48: {
    says: 'the end of a connection is told once, with one reason for all',
    cited: [
      [client('connect.test.ts'), 'the end of a connection'],
      [
        client('requests.test.ts'),
        'fails every open call with the reason when the connection is lost, and every later one',
      ],
    ],
  },
  49: {
    says: 'a signal ends the wait and nothing else',
    cited: [
      [
        client('requests.test.ts'),
        'ends the wait at once when its signal aborts, sends nothing, and ignores the late answer',
      ],
      [client('turns.test.ts'), 'ends the wait when its signal aborts, and sends no interrupt'],
    ],
  },
  50: {
    says: 'a result that is none is a DecodeError',
    cited: [
      [
        client('requests.test.ts'),
        'fails with DecodeError when another process answers with something else than the result',
      ],
    ],
  },
}

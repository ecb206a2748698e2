import { RolloutAppender } from '@gangway/home'

const [path = ''] = process.argv.slice(2)
const appender = RolloutAppender.open(path)
for (let n = 0; ; n++) {
  const message = `${n}:${'x'.repeat((n * 7919) % 60_000)}`
  appender.append([
    { timestamp: '2026-03-04T05:06:07.000Z', type: 'event_msg', payload: { type: 'user_message', message } },
  ])
  process.stdout.write(`${n}\n`)
}

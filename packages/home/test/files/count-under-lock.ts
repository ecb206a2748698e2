// Run as a process of its own: adds one to the number in a file, many times, each time under the lock.
import { readFileSync, writeFileSync } from 'node:fs'
import { withLock } from '@gangway/home'

const [path = '', times = '0'] = process.argv.slice(2)
for (let n = 0; n < Number(times); n++) {
  await withLock(`${path}.lock`, () => writeFileSync(path, String(Number(readFileSync(path, 'utf8')) + 1)))
}

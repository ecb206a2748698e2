// Everything that must hold before a change lands, but for the tests: build, types of the tests, lint, dead code,
// package faces, generated files. Stops at the first that fails and names it.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

const packages = readdirSync('packages')
const steps = [
  ['build', 'npm', ['run', '--silent', 'build']],
  ['types of the tests', 'npx', ['tsc', '-p', 'tsconfig.tests.json']],
  ['lint and format', 'npx', ['biome', 'check', '--error-on-warnings', '.']],
  ['unused files, exports and dependencies', 'npx', ['knip']],
  ...packages.map((name) => [`package face of ${name}`, 'npx', ['publint', '--strict', `packages/${name}`]]),
  ['generated files', 'npm', ['run', '--silent', 'generate', '--', '--check']],
]

for (const [title, command, args] of steps) {
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (status !== 0) {
    process.stdout.write(stdout ?? '')
    process.stderr.write(stderr ?? '')
    console.error(`check: ${title} failed: ${command} ${args.join(' ')}`)
    process.exit(1)
  }
  console.log(`check: ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
}

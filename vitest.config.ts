import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['@gangway/source', 'node', 'import', 'default'] }
const base = { resolve, ssr: { resolve } }

/** `unit`: no process, environment or working directory is touched. `process` (`*.proc.test.ts`): may spawn and change them. */
export default defineConfig({
  test: {
    // Most of the time of a process test is waiting: two at once make use of a small machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        ...base,
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/*.proc.test.ts', '**/node_modules/**'],
          isolate: false,
          pool: 'threads',
        },
      },
      {
        ...base,
        test: {
          name: 'process',
          include: ['packages/*/test/**/*.proc.test.ts', 'test/**/*.proc.test.ts'],
          isolate: true,
          pool: 'forks',
          testTimeout: 30_000,
          globalSetup: ['packages/cli/test/program/build-program.ts'],
        },
      },
    ],
  },
})

// Bundles the gangway program into packages/cli/dist, split so that a command loads only what it needs.
import { build } from 'esbuild'

await build({
  entryPoints: { gangway: 'packages/cli/src/main.ts' },
  outdir: 'packages/cli/dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['@gangway/source'],
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  logLevel: 'warning',
})

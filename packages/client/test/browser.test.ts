import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

it('bundles for a browser: nothing of the remote core needs Node, save the child process that is loaded on demand', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['@gangway/source'],
    external: ['./child-process.js'],
    write: false,
    metafile: true,
  })

  expect(outputFiles).toHaveLength(1)
  expect(Object.keys(metafile.inputs).filter((input) => /child-process|app-server/.test(input))).toEqual([])
})

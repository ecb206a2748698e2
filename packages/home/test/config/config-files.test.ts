import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ConfigReadError } from '../../src/config/config-errors.js'
import { readConfigLayers } from '../../src/config/read-layers.js'
import { homeLayout } from '../../src/layout.js'
import { temporaryFolder, write } from '../folder.js'

function homeWith(files: { readonly [name: string]: string }) {
  const layout = homeLayout(temporaryFolder())
  for (const [name, text] of Object.entries(files)) write(join(layout.root, name), text)
  return layout
}

it('lays the file of a profile over that of the person, and shows both', () => {
  const layout = homeWith({ 'config.toml': 'model = "a"\nreview_model = "r"\n', 'deep.config.toml': 'model = "b"\n' })

  const { config, layers } = readConfigLayers({ layout, files: { profile: 'deep' } })

  expect(config).toMatchObject({ model: 'b', review_model: 'r' })
  expect(layers.filter(({ name }) => name.type === 'user').map(({ name }) => name)).toEqual([
    { type: 'user', file: join(layout.root, 'deep.config.toml'), profile: 'deep' },
    { type: 'user', file: layout.configToml, profile: null },
  ])
})

it('takes a profile that is not there for an empty one', () => {
  const layout = homeWith({ 'config.toml': 'model = "a"\n' })

  expect(readConfigLayers({ layout, files: { profile: 'none' } }).config).toMatchObject({ model: 'a' })
})

it('does without the file of the person', () => {
  const layout = homeWith({ 'config.toml': 'model = "a"\n' })

  expect(readConfigLayers({ layout, files: { ignoresUser: true } }).config.model).toBeNull()
})

it('refuses a key that is not known only when it is strict', () => {
  const layout = homeWith({ 'config.toml': 'model = "a"\n[mcp_servers.x]\ncommand = "x"\n[nope]\n' })

  expect(readConfigLayers({ layout }).config.model).toBe('a')
  expect(() => readConfigLayers({ layout, files: { isStrict: true } })).toThrow(
    new ConfigReadError('invalid', `unknown configuration field \`nope\` in ${layout.configToml}`),
  )
})

import { ScriptedPeer } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { type FoundModels, findModels } from '../../src/tui/first-run/find-models.js'
import { firstRun, offerImport } from '../../src/tui/first-run/first-run.js'
import { type AppRun, runApp } from './app-run.js'
import { keys } from './virtual-terminal.js'

const nothing: FoundModels = { usable: undefined, local: [] }
const startDemo = async () => ({ config: { model: 'scripted-demo' }, label: 'DEMO', close: async () => {} })

function home(config: object, account: unknown = null): ScriptedPeer {
  return new ScriptedPeer()
    .on('config/read', () => ({ config, origins: {} }))
    .on('account/read', () => ({ account, requiresOpenaiAuth: true }))
}

async function found(run: AppRun, env = {}, fetchModels: (url: string) => Promise<unknown> = refused) {
  return findModels(run.conversation.client.requestHandle(), env, fetchModels)
}

async function refused(): Promise<unknown> {
  throw new Error('connection refused')
}

it.each([
  ['configured', { model_provider: 'mine' }, null, {}],
  ['OPENAI_API_KEY', {}, null, { OPENAI_API_KEY: 'k' }],
  ['signed in', {}, { type: 'apiKey' }, {}],
  [undefined, { model: 'gpt-5.5' }, null, { OPENAI_API_KEY: '' }],
])('knows what model could answer: %j', async (usable, config, account, env) => {
  await using run = await runApp({ peer: home(config, account) })

  expect(await found(run, env)).toEqual({ usable, local: [] })
})

it('finds the models of programs on this machine, and leaves out those that only embed', async () => {
  await using run = await runApp({ peer: home({}) })

  const { local } = await found(run, {}, async (url) => {
    if (url.includes('1234')) throw new Error('connection refused')
    return { data: [{ id: 'qwen3:8b' }, { id: 'nomic-embed-text' }, { id: 7 }] }
  })

  expect(local).toEqual([{ provider: 'ollama', program: 'Ollama', model: 'qwen3:8b' }])
})

it('sets a model that was found in the configuration, for this session and later ones', async () => {
  await using run = await runApp()
  run.peer.on('config/batchWrite', () => ({ status: 'ok', version: 'v', filePath: '/c', overriddenMetadata: null }))
  const local = [{ provider: 'ollama', program: 'Ollama', model: 'qwen3:8b' } as const]

  const done = firstRun({ app: run.app, found: { usable: undefined, local }, startDemo })
  await run.terminal.shows('› Use qwen3:8b of Ollama')
  run.terminal.press(keys.enter)
  await done

  expect(run.conversation.defaults).toMatchObject({ model: 'qwen3:8b', modelProvider: 'ollama' })
  expect(await run.server.request('config/batchWrite')).toMatchObject({
    params: {
      edits: [
        { keyPath: 'model_provider', value: 'ollama' },
        { keyPath: 'model', value: 'qwen3:8b' },
      ],
    },
  })
})

it('signs in with a key that is not shown', async () => {
  await using run = await runApp()
  run.peer.on('account/login/start', () => ({ type: 'apiKey' }))

  const done = firstRun({ app: run.app, found: nothing, startDemo })
  await run.terminal.shows('› Enter an OpenAI API key')
  run.terminal.press(keys.enter)
  await run.terminal.shows('Your OpenAI API key')
  run.terminal.press(keys.paste('sk-secret'))
  const screen = await run.terminal.shows('•••••••••')
  run.terminal.press(keys.enter)
  await done

  expect(screen).not.toContain('sk-secret')
  expect(await run.server.request('account/login/start')).toMatchObject({ params: { apiKey: 'sk-secret' } })
})

it('shows scripted answers under a label that stays', async () => {
  await using run = await runApp()

  const done = firstRun({ app: run.app, found: nothing, startDemo })
  await run.terminal.shows('Which model?')
  run.terminal.press(keys.down)
  await run.terminal.shows('› See how it works')
  run.terminal.press(keys.enter)
  await done

  await run.terminal.shows('DEMO · gpt-5.5')
  expect(run.conversation.defaults).toMatchObject({ modelProvider: 'scripted', config: { model: 'scripted-demo' } })
})

it.each([
  [[], '--from cursor brings them over'],
  [[{ id: 'there' }], undefined],
])('offers what other agents left, in a home with %j only', async (threads, words) => {
  await using run = await runApp()
  run.peer.on('thread/list', () => ({ data: threads, nextCursor: null }))
  run.peer.on('externalAgentConfig/detect', (params) => ({
    items: (params as { migrationSource: string }).migrationSource === 'cursor' ? [{ itemType: 'SKILLS' }] : [],
    connectors: [],
  }))

  await offerImport(run.app, '/projects/project')

  if (words === undefined) expect(await run.terminal.text()).not.toContain('has left things here')
  else expect(await run.terminal.shows('has left things here')).toContain(words)
})

import type { ScriptedModel } from '../../demo/scripted-model.js'
import type { App } from '../app.js'
import { formPanel } from '../panels/form.js'
import { type Choice, choicesIn, Picker } from '../panels/picker.js'
import type { FoundModels, LocalModel } from './find-models.js'

/** What a person without a model can do. */
type Step =
  | { readonly type: 'local'; readonly model: LocalModel }
  | { readonly type: 'key' }
  | { readonly type: 'demo' }
  | { readonly type: 'nothing' }

/** Whom the first run asks for things that are not the screen's. */
export interface FirstRunParts {
  readonly app: App
  readonly found: FoundModels
  readonly startDemo: () => Promise<ScriptedModel>
}

/**
 * Says that no model is set up, offers what was found, and does what is picked. When it resolves, threads can be opened:
 * with a model where one was picked.
 */
export async function firstRun({ app, found, startDemo }: FirstRunParts): Promise<void> {
  app.say('info', 'Welcome. No model is set up yet; docs/models.md tells every way to do so.')
  const step = await picked(app, stepsOf(found))
  const { conversation } = app.parts
  const { client } = conversation
  switch (step.type) {
    case 'local': {
      const { provider, model, program } = step.model
      const edit = (keyPath: string, value: string) => ({ keyPath, value, mergeStrategy: 'replace' as const })
      await client.request('config/batchWrite', {
        edits: [edit('model_provider', provider), edit('model', model)],
        reloadUserConfig: true,
      })
      conversation.defaults = { ...conversation.defaults, modelProvider: provider, model }
      app.say('info', `${model} of ${program} is set in config.toml of the Codex home`)
      return
    }
    case 'key': {
      const apiKey = await askForKey(app)
      if (apiKey === undefined) return firstRun({ app, found, startDemo })
      await client.request('account/login/start', { type: 'apiKey', apiKey })
      app.say('info', 'the key is kept in auth.json of the Codex home, for nobody else to read')
      return
    }
    case 'demo': {
      const { config, label } = await startDemo()
      conversation.defaults = {
        ...conversation.defaults,
        config,
        model: String(config.model),
        modelProvider: 'scripted',
      }
      app.label = label
      return
    }
    case 'nothing':
      return
    default:
      return step satisfies never
  }
}

/** In a home without threads, says what of other agents could be brought over. Says nothing when there is nothing. */
export async function offerImport(app: App, cwd: string): Promise<void> {
  const { client } = app.parts.conversation
  const { data } = await client.request('thread/list', { limit: 1 })
  if (data.length > 0) return
  const agents = [
    ['claude-code', 'Claude Code', 'gangway import'],
    ['cursor', 'Cursor', 'gangway import --from cursor'],
  ] as const
  for (const [migrationSource, name, command] of agents) {
    const answer = await client.requestRaw('externalAgentConfig/detect', {
      includeHome: true,
      cwds: [cwd],
      migrationSource,
    })
    const items = answer.ok ? (answer.result as { readonly items: readonly unknown[] }).items : []
    if (items.length === 0) continue
    app.say(
      'info',
      `${name} has left things here (${items.length}, say /import to see them): ${command} brings them over`,
    )
  }
}

function stepsOf(found: FoundModels): readonly Choice<Step>[] {
  return [
    ...found.local.map((model) => ({
      value: { type: 'local', model } as const,
      label: `Use ${model.model} of ${model.program}`,
      hint: 'found on this machine',
    })),
    { value: { type: 'key' }, label: 'Enter an OpenAI API key', hint: 'or leave, and set OPENAI_API_KEY' },
    { value: { type: 'demo' }, label: 'See how it works, with scripted answers', hint: 'no model, no network' },
    { value: { type: 'nothing' }, label: 'Go on without' },
  ]
}

function picked(app: App, choices: readonly Choice<Step>[]): Promise<Step> {
  return new Promise((resolve) => {
    const end = (step: Step) => {
      app.show(undefined)
      resolve(step)
    }
    app.show(
      new Picker({
        title: 'Which model?',
        load: choicesIn(choices),
        searchable: false,
        theme: app.parts.theme,
        rows: () => app.parts.view.rows,
        changed: () => app.parts.view.paint(),
        picked: end,
        cancelled: () => end({ type: 'nothing' }),
      }),
    )
  })
}

function askForKey(app: App): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = (key: string | undefined) => {
      app.show(undefined)
      resolve(key)
    }
    const field = {
      id: 'key',
      heading: '',
      question: 'It is sent to the model provider only.',
      options: [],
      takesText: true,
      isSecret: true,
      isRequired: true,
      initial: '',
      fault: () => undefined,
    }
    app.show(
      formPanel({
        title: 'Your OpenAI API key',
        fields: [field],
        theme: app.parts.theme,
        done: (answers) => end(answers.get('key')?.trim()),
        cancelled: () => end(undefined),
      }),
    )
  })
}

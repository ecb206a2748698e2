import type { AskForApproval, SandboxPolicy } from '@gangway/protocol'
import type { AppFace } from './app-face.js'
import { helpLines } from './help-lines.js'
import { type Choice, choicesIn, Picker, type PickerOptions } from './panels/picker.js'
import { threadPages } from './panels/thread-pages.js'
import { diffLines } from './screen/diff-lines.js'
import { permissionWords } from './screen/status-lines.js'
import { countWords } from './screen/words.js'
import type { SlashName } from './slash-commands.js'
import { hanging, safeText } from './view/measure.js'

/** What each `/` command does. Failures are the caller's to say. */
export function createCommands(app: AppFace): {
  readonly [name in SlashName]: (argument: string) => Promise<void> | void
} {
  const { conversation, theme, home, now } = app.parts
  const { client } = conversation
  const pick = <T>(options: Pick<PickerOptions<T>, 'title' | 'load' | 'searchable'>): Promise<T | undefined> =>
    new Promise((resolve) => {
      const end = (value: T | undefined) => {
        app.show(undefined)
        resolve(value)
      }
      app.show(
        new Picker({
          ...options,
          theme,
          rows: () => app.parts.view.rows,
          changed: () => app.parts.view.paint(),
          picked: end,
          cancelled: () => end(undefined),
        }),
      )
    })
  const isIdle = () => {
    if (app.state.turn !== undefined) throw new Error('the agent is working: wait for it, or press esc first')
  }
  const rows = (lines: readonly (readonly [string, string])[]) =>
    app.sayLines((width) =>
      lines.flatMap(([what, words]) => hanging(`  ${theme.cyan(what.padEnd(14))}`, safeText(words), width)),
    )
  const update = async (settings: {
    model?: string
    approvalPolicy?: AskForApproval
    sandboxPolicy?: SandboxPolicy
  }) => {
    await client.request('thread/settings/update', { threadId: conversation.threadId, ...settings })
  }

  return {
    async new() {
      isIdle()
      app.forget()
      await conversation.start()
    },
    async resume(id) {
      isIdle()
      const pages = threadPages(client, home, now)
      const chosen = id || (await pick({ title: 'Go on with', load: pages, searchable: true }))
      if (chosen === undefined) return
      app.forget()
      await conversation.resume(chosen)
    },
    async fork() {
      isIdle()
      app.forget()
      await conversation.fork()
      app.say('info', 'this is a copy: the conversation before stays as it was')
    },
    async rename(name) {
      if (name === '') throw new Error('/rename needs a name')
      await client.request('thread/name/set', { threadId: conversation.threadId, name })
      app.say('info', `named ${name}`)
    },
    async model(name) {
      const chosen = name || (await pick({ title: 'Model', load: choicesIn(await models(app)), searchable: true }))
      if (chosen === undefined) return
      await update({ model: chosen })
      app.say('info', `from the next turn on: ${chosen}`)
    },
    async approvals() {
      const chosen = await pick({
        title: 'What may the agent do?',
        load: choicesIn(approvalChoices),
        searchable: false,
      })
      if (chosen === undefined) return
      await update(chosen)
      app.say(
        'info',
        `from the next turn on: ${permissionWords({ sandbox: chosen.sandboxPolicy, approvalPolicy: chosen.approvalPolicy })}`,
      )
    },
    status() {
      const { thread, usage, skipped } = app.state
      if (thread === undefined) return app.say('info', 'no thread is open yet')
      rows([
        ['thread', `${thread.id}${thread.name === null ? '' : ` (${thread.name})`}`],
        [
          'model',
          `${thread.model} of ${thread.modelProvider}${thread.reasoningEffort ? `, ${thread.reasoningEffort}` : ''}`,
        ],
        ['folder', thread.cwd],
        ['permissions', permissionWords(thread)],
        ['instructions', thread.instructionSources.join(', ') || 'none'],
        [
          'tokens',
          usage === undefined
            ? 'none yet'
            : `${countWords(usage.total.inputTokens)} in (${countWords(usage.total.cachedInputTokens)} cached), ${countWords(usage.total.outputTokens)} out`,
        ],
        ['file', thread.path ?? 'not on disk'],
        ['server', client.server.userAgent],
        ...(skipped === 0 ? [] : [['skipped', `${skipped} events were left out to keep up`] as const]),
      ])
    },
    async diff() {
      const cwd = app.state.thread?.cwd
      const run = (command: readonly string[]) => client.request('command/exec', { command, ...(cwd && { cwd }) })
      const git = ['git', '--no-optional-locks']
      const diff = [...git, 'diff', '--no-ext-diff', '--no-textconv', '--no-color']
      const hasCommits = (await run([...git, 'rev-parse', '--verify', '-q', 'HEAD'])).exitCode === 0
      const changed = await run([...diff, hasCommits ? 'HEAD' : emptyTree])
      if (changed.exitCode !== 0) {
        throw new Error(`git diff: ${changed.stderr.trim().split('\n')[0] || `exit code ${changed.exitCode}`}`)
      }
      const others = await run([...git, 'ls-files', '--others', '--exclude-standard'])
      const untracked = others.stdout.split('\n').filter((path) => path !== '')
      if (changed.stdout === '' && untracked.length === 0) return app.say('info', 'nothing has changed')
      app.sayLines((width) => [
        ...(changed.stdout === '' ? [] : diffLines(changed.stdout, width, theme)),
        ...untracked.flatMap((path) => hanging(theme.green('    new '), safeText(path), width)),
      ])
    },
    async compact() {
      isIdle()
      await client.request('thread/compact/start', { threadId: conversation.threadId })
    },
    async mcp() {
      const { data } = await client.request('mcpServerStatus/list', { limit: 100 })
      if (data.length === 0) return app.say('info', 'no MCP servers are configured')
      rows(data.map((one) => [one.name, one.toolsError ?? (Object.keys(one.tools).join(', ') || 'no tools')]))
    },
    async skills() {
      const cwd = app.state.thread?.cwd
      const { data } = await client.request('skills/list', { ...(cwd && { cwds: [cwd] }) })
      const skills = data.flatMap((entry) => entry.skills).filter(({ enabled }) => enabled)
      if (skills.length === 0) return app.say('info', 'there are no skills')
      rows(skills.map((skill) => [skill.name, skill.shortDescription ?? skill.description]))
    },
    async import() {
      const cwd = app.state.thread?.cwd
      const params = { includeHome: true, ...(cwd && { cwds: [cwd] }) }
      let count = 0
      for (const migrationSource of importSources) {
        const { items } = await client.request('externalAgentConfig/detect', { ...params, migrationSource })
        if (items.length === 0) continue
        count += items.length
        rows(items.map((item) => [item.itemType, item.description]))
        app.say('info', `leave with /quit, and bring it over with: gangway import --from ${migrationSource}`)
      }
      if (count === 0) app.say('info', 'nothing of other agents was found that is not here yet')
    },
    help() {
      app.sayLines((width) => helpLines(width, theme))
    },
    quit() {
      app.quit()
    },
  }
}

/** Agents that things are looked for of. */
const importSources = ['claude-code', 'cursor'] as const

/** What a repository without commits is compared with. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

async function models(app: AppFace): Promise<readonly Choice<string>[]> {
  const { data } = await app.parts.conversation.client.request('model/list', { limit: 100 })
  return data
    .filter(({ hidden }) => !hidden)
    .map(({ model, displayName, description }) => ({
      value: model,
      label: safeText(displayName || model),
      hint: safeText(description),
    }))
}

const approvalChoices: readonly Choice<{
  readonly approvalPolicy: AskForApproval
  readonly sandboxPolicy: SandboxPolicy
}>[] = [
  {
    label: 'Read only',
    hint: 'reads everything, asks before it changes anything',
    value: { approvalPolicy: 'on-request', sandboxPolicy: { type: 'readOnly' } },
  },
  {
    label: 'Work here',
    hint: 'changes files in this folder, asks to leave it or to use the network',
    value: { approvalPolicy: 'on-request', sandboxPolicy: { type: 'workspaceWrite' } },
  },
  {
    label: 'Ask for nearly everything',
    hint: 'only commands that are known to be harmless run unasked',
    value: { approvalPolicy: 'untrusted', sandboxPolicy: { type: 'workspaceWrite' } },
  },
  {
    label: 'Full access',
    hint: 'no sandbox, never asks: for machines that are a sandbox themselves',
    value: { approvalPolicy: 'never', sandboxPolicy: { type: 'dangerFullAccess' } },
  },
]

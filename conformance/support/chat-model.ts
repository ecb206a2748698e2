import {
  customCall,
  type ModelReply,
  type ModelRequest,
  message,
  reasoning,
  respond,
  type ScriptedItem,
  toolCall,
} from '../../packages/testkit/dist/index.js'

interface Rule {
  /** Found in the last words of the person. */
  readonly hears: string
  /** Answers to the first request of the turn, and to those that follow. */
  readonly says: readonly (() => readonly ScriptedItem[])[]
}

const patch = '*** Begin Patch\n*** Add File: added.txt\n+one\n*** End Patch\n'
const question = {
  id: 'berth',
  header: 'Berth',
  question: 'Which berth should it be?',
  options: [
    { label: 'North', description: 'Calm water' },
    { label: 'South', description: 'Near the town' },
  ],
}
const escalated = (cmd: string) =>
  toolCall('exec_command', { cmd, sandbox_permissions: 'require_escalated', justification: 'It is needed' })

const rules: readonly Rule[] = [
  {
    hears: 'approval',
    says: [() => [message('Running.'), escalated('echo escalated')], () => [message('All done after approval.')]],
  },
  { hears: 'decline', says: [() => [escalated('touch never')], () => [message('Not done, then.')]] },
  { hears: 'patch', says: [() => [customCall('apply_patch', patch)], () => [message('Patched it.')]] },
  {
    hears: 'long command',
    says: [() => [toolCall('exec_command', { cmd: 'echo begun; sleep 60', yield_time_ms: 30_000 })]],
  },
  { hears: 'slow', says: [() => [slowly('word '.repeat(300))]] },
  {
    hears: 'question',
    says: [() => [toolCall('request_user_input', { questions: [question] })], () => [message('As you wish, then.')]],
  },
  { hears: 'prefix', says: [() => [escalated('echo prefixed')], () => [message('That was prefixed.')]] },
  { hears: 'steered', says: [() => [message('Steered that way.')]] },
  {
    hears: 'hello',
    says: [() => [reasoning(['**Thinking** about it']), message('Hi there, this is the scripted model.')]],
  },
]

/** A scripted model to chat with: what it says depends on the last words of the person, and on how often it was asked. */
export function chatModel(request: ModelRequest): ModelReply {
  const body = request.body as { input: readonly InputItem[]; text?: { format?: unknown } }
  const at = body.input.findLastIndex(isWordOfPerson)
  const words = textOf(body.input[at])
  // The program asks for a title in a thread of its own.
  if (body.text?.format) return respond([message(JSON.stringify({ title: titleOf(words) }))])
  if (/summary|summar/i.test(words) && words.length > 200) return respond([message('A summary of it all.')])
  const asked = body.input.slice(at).filter(({ type }) => /_output$/.test(type ?? '')).length
  const { says } = rules.find(({ hears }) => words.includes(hears)) ?? { says: [() => [message('Whatever you say.')]] }
  return respond(says[Math.min(asked, says.length - 1)]!())
}

function titleOf(words: string): string {
  return /hello the first/.test(words) ? 'The first talk' : 'Another talk'
}

interface InputItem {
  readonly type?: string
  readonly role?: string
  readonly content?: unknown
}

function isWordOfPerson(item: InputItem): boolean {
  return item.role === 'user' && !/^(<|# AGENTS)/.test(textOf(item))
}

function textOf(item: InputItem | undefined): string {
  const { content } = item ?? {}
  if (typeof content === 'string') return content
  const parts = Array.isArray(content) ? (content as readonly { text?: string }[]) : []
  return parts.map((part) => part.text ?? '').join('\n')
}

/** A message that takes half a minute. */
function slowly(text: string): ScriptedItem {
  const item = message(text)
  return { item: item.item, steps: (index) => item.steps(index).flatMap((step) => [step, { do: 'wait', ms: 100 }]) }
}

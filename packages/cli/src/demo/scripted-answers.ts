/** One thing that the scripted model says or does. */
export type ScriptedPart =
  | { readonly type: 'message' | 'reasoning' | 'patch'; readonly text: string }
  | { readonly type: 'call'; readonly name: string; readonly input: unknown }

/** What the scripted model answers to the input of a request: by the last words of the person, and how often it was asked since. */
export function scriptedAnswer(input: readonly unknown[]): readonly ScriptedPart[] {
  const items = input as readonly Item[]
  const at = items.findLastIndex((item) => item.role === 'user' && !isSurroundings(item))
  const words = textOf(items[at]).toLowerCase()
  const isAfterTool = items.slice(at + 1).some((item) => item.type?.endsWith('_output'))
  if (/\b(command|run|ls|list|test)\b/.test(words)) return isAfterTool ? [afterCommand] : [thinking, lookAround]
  if (/\b(ask|approv\w*|permission|network)\b/.test(words)) return isAfterTool ? [afterApproval] : [askFirst]
  if (/\b(patch|file|edit|write|change|diff)\b/.test(words)) return isAfterTool ? [afterPatch] : [writeFile]
  if (/\b(code|markdown|example|show)\b/.test(words)) return [codeSample]
  return [greeting]
}

interface Item {
  readonly type?: string
  readonly role?: string
  readonly content?: readonly { readonly text?: string }[]
}

function textOf(item: Item | undefined): string {
  return (item?.content ?? []).map(({ text }) => text ?? '').join('\n')
}

/** What the server tells of folder and instructions is no question. */
function isSurroundings(item: Item): boolean {
  return /^\s*(?:<|# AGENTS)/.test(textOf(item))
}

const greeting: ScriptedPart = {
  type: 'message',
  text: [
    '**This is a scripted answer**, not a model. It shows how a conversation looks. Write one of these words, and see:',
    '',
    '- `run` runs a command that changes nothing,',
    '- `ask` asks for your approval first,',
    '- `patch` writes a small file,',
    '- `code` shows an example with highlighted code.',
    '',
    'To talk to a real model, set `OPENAI_API_KEY`, or start Ollama or LM Studio, and open `gangway` without `--demo`.',
  ].join('\n'),
}

const thinking: ScriptedPart = {
  type: 'reasoning',
  text: '**Looking around**\n\nI list the files of the folder first.',
}

const lookAround: ScriptedPart = { type: 'call', name: 'exec_command', input: { cmd: 'ls -la | head -20' } }

const afterCommand: ScriptedPart = {
  type: 'message',
  text: 'That was a command. Its output is folded above; press ctrl+o to see all of it. (Scripted answer.)',
}

const askFirst: ScriptedPart = {
  type: 'call',
  name: 'exec_command',
  input: {
    cmd: 'echo "this ran outside the sandbox"',
    sandbox_permissions: 'require_escalated',
    justification: 'To show you how an approval looks. It only prints a line.',
  },
}

const afterApproval: ScriptedPart = {
  type: 'message',
  text: 'You decided, and the agent was told. That is how approvals work. (Scripted answer.)',
}

const writeFile: ScriptedPart = {
  type: 'patch',
  text: [
    '*** Begin Patch',
    '*** Add File: gangway-demo.txt',
    '+Written by the scripted demo of gangway.',
    '+You may delete it.',
    '*** End Patch',
  ].join('\n'),
}

const afterPatch: ScriptedPart = {
  type: 'message',
  text: 'I wrote `gangway-demo.txt`. `/diff` shows what has changed in a repository. (Scripted answer.)',
}

const codeSample: ScriptedPart = {
  type: 'message',
  text: [
    '## An example',
    '',
    'Greets in several languages:',
    '',
    '```ts',
    "const greetings = ['Hello', 'Bonjour', 'こんにちは']",
    '',
    '// One line each.',
    'for (const word of greetings) {',
    '  console.log(`${word}, world`)',
    '}',
    '```',
    '',
    'It prints three lines. (Scripted answer.)',
  ].join('\n'),
}

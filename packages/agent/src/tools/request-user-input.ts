import type { ServerRequests } from '@gangway/protocol'
import { ToolArgumentError, ToolArguments } from './arguments.js'
import type { Tool, ToolCall, ToolContext, ToolFamily, ToolResult } from './tool.js'

type Params = ServerRequests['item/tool/requestUserInput']['params']
type Question = Params['questions'][number]

const text = (description: string) => ({ type: 'string', description })
const option = {
  type: 'object',
  properties: { label: text('One to five words.'), description: text('What choosing it leads to, in a sentence.') },
  required: ['label', 'description'],
  additionalProperties: false,
}
const question = {
  type: 'object',
  properties: {
    id: text('A name for the answer, in snake_case.'),
    header: text('A heading of at most 12 characters.'),
    question: text('The question, in one sentence.'),
    options: {
      type: 'array',
      description:
        'Two or three answers that exclude each other, the one you advise first. The person can always say something else.',
      items: option,
    },
  },
  required: ['id', 'header', 'question', 'options'],
  additionalProperties: false,
}

const requestUserInput: Tool = {
  name: 'request_user_input',
  namespace: null,
  spec: {
    type: 'function',
    name: 'request_user_input',
    description: 'Asks the person one to three short questions, and waits for the answers. It works in Plan mode only.',
    strict: false,
    parameters: {
      type: 'object',
      properties: { questions: { type: 'array', description: 'One to three; one is best.', items: question } },
      required: ['questions'],
      additionalProperties: false,
    },
  },
  isParallel: false,
  run,
}

/** The tool by which a model asks the person, in plan mode. */
export const questionFamily: ToolFamily = {
  name: 'questions',
  open: () => ({ tools: () => [requestUserInput], close: async () => {} }),
}

async function run(call: ToolCall, context: ToolContext): Promise<ToolResult> {
  const { mode } = context.settings.collaborationMode
  if (mode !== 'plan') {
    return { output: 'request_user_input is unavailable in Default mode', success: false }
  }
  let questions: Question[]
  let autoResolutionMs: number | null
  try {
    const values = ToolArguments.parse(call.input)
    questions = questionsOf(values.value('questions'))
    autoResolutionMs = values.optionalNumber('autoResolutionMs') ?? null
  } catch (error) {
    if (error instanceof ToolArgumentError) return { output: error.message, success: false }
    throw error
  }
  const { threadId, turnId } = context
  const params = { itemId: call.callId, questions, isBlocking: true, autoResolutionMs, threadId, turnId }
  try {
    // A time limit is the client's to keep: it answers with nothing once it is over.
    const { answers } = await context.ask('item/tool/requestUserInput', params, 'waitingOnUserInput')
    return { output: JSON.stringify({ answers }), success: true }
  } catch (error) {
    context.signal.throwIfAborted()
    return { output: `request_user_input was cancelled before receiving a response: ${wordsOf(error)}`, success: false }
  }
}

function questionsOf(value: unknown): Question[] {
  if (!Array.isArray(value)) throw new ToolArgumentError('missing field `questions`')
  if (value.length === 0 || value.length > 3) {
    throw new ToolArgumentError(`invalid length ${value.length}, expected one to three questions`)
  }
  return value.map((entry: unknown) => {
    const values = ToolArguments.parse(JSON.stringify(entry))
    const options = values.value('options')
    if (!Array.isArray(options) || options.length === 0) {
      throw new ToolArgumentError('request_user_input requires non-empty options for every question')
    }
    return {
      id: values.text('id'),
      header: values.text('header'),
      question: values.text('question'),
      isOther: true,
      isSecret: false,
      options: options.map((choice: unknown) => {
        const members = ToolArguments.parse(JSON.stringify(choice))
        return { label: members.text('label'), description: members.text('description') }
      }),
    }
  })
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

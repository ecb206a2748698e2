import type { ToolSpec } from '../tool.js'

const limits = {
  yield_time_ms: {
    type: 'number',
    description: 'How long to wait for output, in milliseconds, before the command goes on without you.',
  },
  max_output_tokens: {
    type: 'number',
    description: 'How much of the output you get; 10000 tokens unless said otherwise.',
  },
}

/** What a model is told of `exec_command`. */
export const execCommandSpec: ToolSpec = {
  type: 'function',
  name: 'exec_command',
  description:
    'Runs a shell command. You get its output and exit code, or, where it takes longer than yield_time_ms, a session id by which write_stdin follows it.',
  strict: false,
  parameters: {
    type: 'object',
    properties: {
      cmd: { type: 'string', description: 'The command, as typed into a shell.' },
      workdir: { type: 'string', description: 'Folder to run it in; that of the conversation unless said otherwise.' },
      shell: {
        type: 'string',
        description: 'Program that reads the command; the person’s shell unless said otherwise.',
      },
      login: { type: 'boolean', description: 'False: the shell does not read the profile.' },
      tty: {
        type: 'boolean',
        description: 'True: it runs in a terminal, and can be written to. Otherwise with pipes.',
      },
      ...limits,
      sandbox_permissions: {
        type: 'string',
        enum: ['use_default', 'require_escalated'],
        description: 'require_escalated: run it outside the sandbox; the person is asked.',
      },
      justification: {
        type: 'string',
        description: 'With require_escalated: a short question to the person that says why.',
      },
      prefix_rule: {
        type: 'array',
        items: { type: 'string' },
        description:
          'With require_escalated: first words of commands that the person could allow for good, e.g. ["cargo", "test"].',
      },
    },
    required: ['cmd'],
    additionalProperties: false,
  },
}

/** What a model is told of `write_stdin`. */
export const writeStdinSpec: ToolSpec = {
  type: 'function',
  name: 'write_stdin',
  description: 'Types into a command that goes on, or, without chars, waits for what it writes next.',
  strict: false,
  parameters: {
    type: 'object',
    properties: {
      session_id: { type: 'number', description: 'As exec_command gave it.' },
      chars: { type: 'string', description: 'What to type. Empty: only look.' },
      ...limits,
    },
    required: ['session_id'],
    additionalProperties: false,
  },
}

import { expect, it } from 'vitest'
import { NoPromptError, type PromptInput, readPrompt } from '../../src/exec/read-prompt.js'

function piped(bytes: string | Uint8Array): PromptInput & { readonly told: string[] } {
  const told: string[] = []
  return {
    isTerminal: false,
    read: async () => Buffer.from(bytes as string),
    tell: (line) => void told.push(line),
    told,
  }
}

const terminal: PromptInput = {
  isTerminal: true,
  read: () => Promise.reject(new Error('a terminal is not read')),
  tell: () => {},
}

it('puts what is piped in behind the prompt, in a block of its own', async () => {
  const input = piped('line\n')

  expect(await readPrompt('look', input, { appends: true })).toBe('look\n\n<stdin>\nline\n</stdin>')
  expect(input.told).toEqual(['Reading additional input from stdin...'])
})

it('ends the last line of what is piped in', async () => {
  expect(await readPrompt('look', piped('line'), { appends: true })).toBe('look\n\n<stdin>\nline\n</stdin>')
})

it('leaves the prompt alone when nothing is piped in, and when the input is a terminal', async () => {
  expect(await readPrompt('look', piped(' \n'), { appends: true })).toBe('look')
  expect(await readPrompt('look', terminal, { appends: true })).toBe('look')
})

it('does not read on when it may not append', async () => {
  const input = piped('line\n')

  expect([await readPrompt('look', input, { appends: false }), input.told]).toEqual(['look', []])
})

it('takes standard input as the prompt, for a dash and for none', async () => {
  expect(await readPrompt('-', piped('from in\n'), { appends: true })).toBe('from in\n')
  expect(await readPrompt(undefined, piped('from in'), { appends: true })).toBe('from in')
})

it('reads UTF-16 with its mark, and refuses what is no text', async () => {
  expect(await readPrompt('-', piped(Buffer.from('\ufeffwords', 'utf16le')), { appends: true })).toBe('words')
  await expect(readPrompt('-', piped(Buffer.from([0xc3, 0x28])), { appends: true })).rejects.toThrow(
    'Standard input is not valid UTF-8 text.',
  )
})

it('refuses when there is nothing to say', async () => {
  await expect(readPrompt('-', piped('\n'), { appends: true })).rejects.toThrow(
    new NoPromptError('No prompt provided via stdin.'),
  )
  await expect(readPrompt(undefined, terminal, { appends: true })).rejects.toThrow(NoPromptError)
})

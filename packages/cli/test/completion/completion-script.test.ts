import { expect, it } from 'vitest'
import { commands, shells } from '../../src/commands/commands.js'
import { completionScript } from '../../src/completion/completion-script.js'
import { flagNames } from '../../src/completion/flag-names.js'

it.each(shells)('knows every command and option for %s', (shell) => {
  const script = completionScript(shell)

  for (const command of commands) {
    expect(script).toContain(command.name)
    for (const flag of command.options.flatMap(flagNames)) {
      expect(script).toContain(shell === 'fish' ? flag.replace(/^--?/, '') : flag)
    }
  }
})

it('names an unknown shell and the nearest', () => {
  expect(() => completionScript('fihs')).toThrow(
    'completion: unknown shell fihs; known: bash, zsh, fish (did you mean fish?)',
  )
})

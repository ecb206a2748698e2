import { commands, shells } from '../commands/commands.js'
import { UsageError } from '../exit-codes.js'
import { suggestion } from '../terminal/nearest.js'
import { bashScript } from './bash.js'
import { fishScript } from './fish.js'
import { zshScript } from './zsh.js'

/**
 * The completion script for a shell, without a line end.
 *
 * @throws UsageError for an unknown shell
 */
export function completionScript(shell: string): string {
  switch (shell) {
    case 'bash':
      return bashScript(commands)
    case 'zsh':
      return zshScript(commands)
    case 'fish':
      return fishScript(commands)
    default:
      throw new UsageError(
        `completion: unknown shell ${shell}; known: ${shells.join(', ')}${suggestion(shell, shells)}`,
      )
  }
}

import { plainCommands } from './shell-words.js'

/** Programs that run the command that follows them. */
const carriers = new Set(['sudo', 'env', 'nohup', 'time', 'exec', 'command', 'xargs', 'doas'])
const shells = new Set(['sh', 'bash', 'zsh', 'dash', '/bin/sh', '/bin/bash', '/usr/bin/bash', '/bin/zsh'])

/** Whether a script removes files without asking. It is asked about under every policy, also outside a sandbox. */
export function isDangerous(script: string): boolean {
  const commands = plainCommands(script)?.map(({ words }) => words) ?? looseCommands(script)
  return commands.some(removesByForce)
}

function removesByForce(words: readonly string[]): boolean {
  const [program = '', ...rest] = words
  if (carriers.has(program)) {
    const start = rest.findIndex((word) => !word.startsWith('-') && !word.includes('='))
    return start >= 0 && removesByForce(rest.slice(start))
  }
  if (shells.has(program)) {
    const script = rest[rest.findIndex((word) => /^-\w*c$/.test(word)) + 1]
    return (
      script !== undefined &&
      script !== program &&
      /^-\w*c$/.test(rest.find((word) => /^-\w*c$/.test(word)) ?? '') &&
      isDangerous(script)
    )
  }
  if (program !== 'rm' && !program.endsWith('/rm')) return false
  return rest.some((word) => word === '--force' || /^-[a-zA-Z]*f/.test(word))
}

/** Words between whatever may end a command, for scripts that are more than plain words. */
function looseCommands(script: string): readonly (readonly string[])[] {
  return script
    .split(/[;&|\n(){}`]|\b(?:do|then|else)\b/)
    .map((part) => part.split(/[\s'"]+/).filter((word) => word !== ''))
    .filter((words) => words.length > 0)
}

import { ApplyPatch } from '../apply-patch/apply-patch.js'
import type { Tool, ToolFamily, ToolSet } from '../tool.js'
import { CommandRunner } from './command-runner.js'
import { execCommandSpec, writeStdinSpec } from './exec-command-spec.js'

/** Commands, what is typed into them, and patches: what a patch may do is judged like a command. */
export const commandFamily: ToolFamily = { name: 'commands', open }

function open(): ToolSet {
  const patches = new ApplyPatch()
  const runner = new CommandRunner(patches)
  const standing = { namespace: null, isParallel: true }
  const tools: readonly Tool[] = [
    {
      ...standing,
      name: 'exec_command',
      spec: execCommandSpec,
      run: (call, context) => runner.execCommand(call, context),
    },
    {
      ...standing,
      name: 'write_stdin',
      spec: writeStdinSpec,
      run: (call, context) => runner.writeStdin(call, context),
    },
    patches.tool,
  ]
  return {
    tools: () => tools,
    terminals: {
      list: () => runner.terminals(),
      terminate: (processId) => runner.terminate(processId),
      clean: () => runner.clean(),
    },
    runForPerson: (command, context) => runner.runForPerson(command, context),
    close: () => runner.clean(),
  }
}

import { addHistory } from '../thread-core.js'
import { userNote } from './notes.js'
import type { TurnRun } from './turn-run.js'

/** Runs what the person typed, shows it, and lets the model know with its next request. */
export async function shellWork(run: TurnRun, command: string): Promise<void> {
  const { core } = run
  const shell = core.toolSets.find((set) => set.runForPerson !== undefined)
  if (shell?.runForPerson === undefined) throw new Error('this thread has no tool that runs commands')
  // What the person runs counts as much as what they say: the file is there from now on.
  core.recorder.begin()
  const { output } = await shell.runForPerson(command, run.toolContext())
  const text = typeof output === 'string' ? output : output.map((part) => ('text' in part ? part.text : '')).join('')
  const note = `<user_shell_command>\n<command>\n${command}\n</command>\n<result>\n${text}\n</result>\n</user_shell_command>`
  addHistory(core, [userNote(note)])
}

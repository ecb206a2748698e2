import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { customCall, type ModelReply, message, respond, toolCall } from '../../packages/testkit/dist/index.js'
import type { Script } from '../support/golden.js'

const patch = `*** Begin Patch
*** Add File: added.txt
+one
+two
*** Update File: hello.txt
@@
 hello
-world
+there
*** End Patch
`
const deletion = '*** Begin Patch\n*** Delete File: hello.txt\n*** End Patch\n'
const misfit = '*** Begin Patch\n*** Update File: nofile.txt\n@@\n-a\n+b\n*** End Patch\n'

const runs = (cmd: string, more: object = {}) => [
  () => respond([message('I will run it.', { phase: 'commentary' }), toolCall('exec_command', { cmd, ...more })]),
  done('All done.'),
]
const escalated = (cmd: string, more: object = {}) =>
  runs(cmd, { sandbox_permissions: 'require_escalated', justification: 'It is needed', ...more })
const patches = (input: string, text: string) => [() => respond([customCall('apply_patch', input)]), done(text)]

/** Commands and patches with every decision, a sandbox, a plan, a tool that is none, two at once. */
export const tools: Script = {
  name: 'tools',
  stage: {
    rules: [
      { hears: 'ESC-ACCEPT', says: escalated('echo escalated; ls', { prefix_rule: ['echo'] }) },
      { hears: 'ESC-DECLINE', says: escalated('touch ../nope') },
      { hears: 'ESC-CANCEL', says: escalated('touch ../nope2') },
      {
        hears: 'ESC-SESSION',
        says: [...escalated('date -u +%Y').slice(0, 1), ...escalated('date -u +%Y')],
      },
      { hears: 'SAFE', says: runs('cat hello.txt | head -1; exit 3') },
      { hears: 'PATCH-OK', says: patches(patch, 'Patched.') },
      { hears: 'PATCH-NO', says: patches(deletion, 'Not patched.') },
      { hears: 'PATCH-BAD', says: patches(misfit, 'Bad patch.') },
      { hears: 'UNKNOWN', says: [() => respond([toolCall('no_such_tool', { a: 1 })]), done('Fine.')] },
      { hears: 'WRITE', says: runs('echo x > written.txt; cat written.txt') },
      {
        hears: 'PARALLEL',
        says: [
          () =>
            respond([
              toolCall('exec_command', { cmd: 'sleep 0.3; echo one' }),
              toolCall('exec_command', { cmd: 'sleep 0.9; echo two' }),
            ]),
          done('Both.'),
        ],
      },
    ],
  },
  async play(stage) {
    let decision: unknown = 'accept'
    stage.answer('item/commandExecution/requestApproval', () => ({ decision }))
    stage.answer('item/fileChange/requestApproval', () => ({ decision }))
    await stage.initialize()
    const id = await stage.thread({ approvalPolicy: 'on-request', sandbox: 'read-only' })

    await stage.turn(id, 'SAFE')
    await stage.turn(id, 'ESC-ACCEPT')
    decision = 'decline'
    await stage.turn(id, 'ESC-DECLINE')
    decision = 'cancel'
    await stage.turn(id, 'ESC-CANCEL')
    decision = 'acceptForSession'
    await stage.turn(id, 'ESC-SESSION')
    decision = 'accept'
    await stage.turn(id, 'PATCH-OK')
    decision = 'decline'
    await stage.turn(id, 'PATCH-NO')
    decision = 'cancel'
    await stage.turn(id, 'PATCH-NO again')
    decision = 'accept'
    await stage.turn(id, 'PATCH-BAD')
    await stage.turn(id, 'UNKNOWN')
    await stage.turn(id, 'PARALLEL')
    const open = { type: 'workspaceWrite', writableRoots: [], networkAccess: false }
    const sandboxPolicy = { ...open, excludeTmpdirEnvVar: false, excludeSlashTmp: false }
    await stage.turn(id, 'WRITE', { sandboxPolicy })
    writeFileSync(path.join(stage.cwd, 'hello.txt'), 'hello\nworld\n')
    await stage.turn(id, 'PATCH-OK in the workspace')
  },
}

function done(text: string): () => ModelReply {
  return () => respond([message(text, { phase: 'final_answer' })])
}

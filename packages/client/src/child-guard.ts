import { spawn } from 'node:child_process'

/** What ends children when this process ends, however many there are. */
const kills = new Set<() => void>()

/** Signals that end a process which does not listen to them. */
const DEADLY = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Waits for the end of its input, which is this process's end, and then ends a process group: TERM, and KILL a second later.
 * A line on the input dismisses it.
 */
const WATCH = 'read -r line && exit; kill -s TERM -- "-$1"; sleep 1; kill -s KILL -- "-$1"'

/**
 * Sees to it that a child does not outlive this process: at its exit, by a signal that nobody listens to, and, where
 * there is a shell, by SIGKILL or a crash.
 *
 * Signals are not taken from the program: where it listens itself, what it does counts.
 *
 * @param pid of the child, the leader of its process group; on Windows of the child alone
 * @param kill ends the child's group at once
 * @returns what ends the watch
 */
export function guardChild(pid: number, kill: () => void): () => void {
  if (kills.size === 0) listen()
  kills.add(kill)
  const dismiss = process.platform === 'win32' ? () => {} : watchFromOutside(pid)
  return () => {
    if (!kills.delete(kill)) return
    dismiss()
    if (kills.size === 0) unlisten()
  }
}

function killAll(): void {
  for (const kill of kills) kill()
}

/** Marks our listener, so that another copy of this module does not take it for the program's own. */
const OURS = Symbol.for('gangway.child-guard')

/** Ends the children, and then this process as if there had been no listener. */
const dieOf = Object.assign(
  (signal: NodeJS.Signals) => {
    const others = process.listeners(signal).filter((listener) => !(OURS in listener))
    if (others.length > 0) return
    killAll()
    unlisten()
    process.kill(process.pid, signal)
  },
  { [OURS]: true },
)

function listen(): void {
  process.on('exit', killAll)
  for (const signal of DEADLY) process.on(signal, dieOf)
}

function unlisten(): void {
  process.off('exit', killAll)
  for (const signal of DEADLY) process.off(signal, dieOf)
}

function watchFromOutside(pid: number): () => void {
  const watcher = spawn('/bin/sh', ['-c', WATCH, 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: process.env.PATH },
    cwd: '/',
  })
  // Without a shell there is no watch from outside.
  watcher.on('error', () => {})
  watcher.stdin.on('error', () => {})
  watcher.unref()
  ;(watcher.stdin as { unref?: () => void }).unref?.()
  return () => watcher.stdin.end('over\n')
}

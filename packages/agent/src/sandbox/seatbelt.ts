import type { SandboxRules } from './rules.js'

type Restricted = Extract<SandboxRules, { kind: 'restricted' }>

/** The command line that runs `argv` inside macOS' own sandbox. Paths must be real ones. */
export function seatbeltArgv(rules: Restricted, argv: readonly string[]): readonly string[] {
  return ['/usr/bin/sandbox-exec', '-p', seatbeltProfile(rules), '--', ...argv]
}

/** What the sandbox of macOS is told: everything may be read, little be written, nobody be reached. */
export function seatbeltProfile(rules: Restricted): string {
  const writable = rules.writableRoots.map(({ path, protectedPaths }) => {
    const but = protectedPaths.map((taboo) => `(require-not (subpath ${quoted(taboo)}))`)
    return `(require-all (subpath ${quoted(path)}) ${but.join(' ')})`
  })
  return [
    '(version 1)',
    '(deny default)',
    '(allow process-exec process-fork)',
    '(allow signal (target same-sandbox))',
    '(allow process-info* (target same-sandbox))',
    '(allow sysctl-read)',
    '(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo"))',
    '(allow ipc-posix-sem)',
    '(allow pseudo-tty)',
    '(allow file-read*)',
    '(allow file-ioctl (regex #"^/dev/tty"))',
    '(allow file-write* (literal "/dev/null") (literal "/dev/zero") (literal "/dev/tty") (regex #"^/dev/ttys[0-9]+$"))',
    ...(writable.length === 0 ? [] : [`(allow file-write* ${writable.join(' ')})`]),
    ...rules.hiddenPaths.map((path) => `(deny file-read* file-write* (subpath ${quoted(path)}))`),
    ...(rules.network ? ['(allow network*)', '(allow system-socket)'] : []),
    '',
  ].join('\n')
}

function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

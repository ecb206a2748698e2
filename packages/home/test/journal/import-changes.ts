import type { Change } from '@gangway/home'

/** Many changes of every type below `root`, in an order that mixes them. */
export function importChanges(root: string): Change[] {
  return Array.from({ length: 60 }, (_, n): Change[] => [
    { type: 'mergeToml', path: `${root}/.codex/config.toml`, patch: { mcp_servers: { [`s${n}`]: { command: 'c' } } } },
    {
      type: 'copyTree',
      path: `${root}/.agents/skills/skill-${n}`,
      replace: n === 0,
      files: Array.from({ length: 4 }, (_, f) => ({
        relativePath: `d${f}/f`,
        content: `${n} ${f}`.repeat(200),
        mode: 0o644,
      })),
    },
    { type: 'mergeJson', path: `${root}/.codex/hooks.json`, patch: { hooks: { Stop: { $append: [n] } } } },
    { type: 'writeFile', path: `${root}/.codex/agents/a${n}.toml`, content: `name = "a${n}"\n` },
  ]).flat()
}

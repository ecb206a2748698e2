import type { TreeFile } from '@gangway/home'

/** Where a skill's folder says who may call it. Source: reference 0.169.0, docs/observations/skills-and-roles.md. */
export const POLICY_FILE = 'agents/openai.yaml'

/** Keeps the model from taking up a skill by itself; the person can still call it by name. */
export const EXPLICIT_ONLY: TreeFile = {
  relativePath: POLICY_FILE,
  content: 'policy:\n  allow_implicit_invocation: false\n',
  mode: 0o644,
}

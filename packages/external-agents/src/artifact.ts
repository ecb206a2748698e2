import type { TreeFile } from '@gangway/home'
import type { MigrationItemType } from '@gangway/protocol'
import type { Fact, FateReason, ImportProblem } from './fact.js'

/** Where things are looked for: the person's home, or one repository. Resolved once per request. */
export interface Place {
  readonly kind: 'home' | 'repo'
  /** What the wire echoes as `cwd`: null for home, the repository root for detect, the caller's own spelling for import. */
  readonly cwd: string | null
  /** Home: the home directory. Repo: the repository root. Absolute. */
  readonly root: string
  /** The other agent's own folder here: `<root>/.claude`, or `CLAUDE_CONFIG_DIR` for home. Absolute; need not exist. */
  readonly configDir: string
  /** The person's home directory, and the other agent's folder in it: repositories fall back to them. */
  readonly userHome: string
  readonly userConfigDir: string
}

/** What every neutral artifact has. Sources make them, kinds read them; they hold no word of the target. */
export interface ArtifactBase {
  readonly itemType: MigrationItemType
  /** Unique per type and place. Shown to people; `details` of the wire select by the target's name, which the kind makes. */
  readonly name: string
  /** Absolute path of the file or folder it was read from. */
  readonly path: string
  readonly facts: readonly Fact[]
  /** Set when it could not be read; the other members then hold what could. Becomes a failure of this artifact. */
  readonly problem?: ImportProblem
  /** Set when it is left where it is on purpose (a loose file, a link that leaves the root): skipped, all its facts dropped. */
  readonly notTaken?: FateReason
}

/** A front matter key with its value as text or list, and the fact that states it. */
export interface FrontMatterEntry {
  readonly key: string
  readonly value: unknown
  readonly fact: Fact
}

/** A folder of instructions and files that an agent may load. */
export interface SkillArtifact extends ArtifactBase {
  readonly itemType: 'SKILLS'
  /** Every regular file below it (links inside the root already followed), in byte order of their paths. */
  readonly files: readonly (TreeFile & { readonly fact: Fact })[]
  readonly folders: readonly string[]
  /** What was found and not taken: links that leave the root, loops, sockets. */
  readonly leftOut: readonly {
    readonly relativePath: string
    readonly fact: Fact
    readonly code: string
    readonly message: string
  }[]
  readonly frontMatter: readonly FrontMatterEntry[]
}

/** A prompt that the person calls by name. */
export interface CommandArtifact extends ArtifactBase {
  readonly itemType: 'COMMANDS'
  /** Path below the commands folder without extension, `/` between parts. */
  readonly relativeName: string
  readonly frontMatter: readonly FrontMatterEntry[]
  readonly body: string
  readonly bodyFact: Fact
}

/** A helper agent with a prompt of its own. */
export interface SubagentArtifact extends ArtifactBase {
  readonly itemType: 'SUBAGENTS'
  /** File name without extension. */
  readonly stem: string
  /** Folders between the agents folder and the file, `/` between parts, `''` at top level. */
  readonly folder: string
  readonly frontMatter: readonly FrontMatterEntry[]
  readonly body: string
  readonly bodyFact: Fact
}

/** A document of standing instructions. */
export interface InstructionsArtifact extends ArtifactBase {
  readonly itemType: 'AGENTS_MD'
  /** `main`: the root document. `second`: another spelling of it. `local`: personal, not shared. `nested`: of a sub-folder. `rule`: a rules file, perhaps for some paths only. */
  readonly role: 'main' | 'second' | 'local' | 'nested' | 'rule'
  /** Folder it holds for, relative to the place's root, `/` between parts, `''` for the root. */
  readonly folder: string
  /** Globs of a rule; empty: always. */
  readonly paths: readonly string[]
  readonly text: string
  readonly bodyFact: Fact
  /** Statements of when it holds that `role`, `folder` and `paths` repeat in full. */
  readonly heeded?: readonly Fact[]
  /** `@file` includes in the text, outside code. */
  readonly includes: readonly Include[]
}

/** An `@file` reference in instructions. `text` is what the file holds, when it may be read. */
export interface Include {
  readonly fact: Fact
  /** As written, with the `@`. */
  readonly written: string
  /** Offset of `written` in the text. */
  readonly index: number
  readonly path: string
  readonly text?: string
  readonly includes: readonly Include[]
  /** Why `text` is missing: `outside-root`, `not-found`, `too-deep`, `loop`, `invalid-utf8`, `too-large`. */
  readonly problem?: string
}

/** Stands in values of tool servers for the folder that the agent works in. */
export const PROJECT_FOLDER = '${project:folder}'

/**
 * One tool server. Values are as written in the source; placeholders are `${NAME}`, `${NAME:-default}`, `${HOME}` and
 * {@link PROJECT_FOLDER}, whatever the source writes for them.
 */
export interface McpServerArtifact extends ArtifactBase {
  readonly itemType: 'MCP_SERVER_CONFIG'
  readonly transport: 'stdio' | 'http' | 'sse' | 'ws' | 'unknown'
  readonly enabled: boolean
  /** States that there is such a server. */
  readonly fact: Fact
  /** Each member of the server's table: `command`, `args`, `url`, `cwd`, `timeout`, … as JSON values; of `env` and `headers` each entry. */
  readonly members: readonly McpServerMember[]
  /** Permissions that name this server; `tool` null: all its tools. */
  readonly permissions: readonly ToolPermission[]
  /** The same name stated in files that count less. */
  readonly shadowed: readonly Fact[]
}

export interface McpServerMember {
  readonly key: string
  /** Name of the variable or header, when `key` is `env` or `headers` and its value a table. */
  readonly entry?: string
  readonly value: unknown
  readonly fact: Fact
}

export interface ToolPermission {
  readonly effect: 'allow' | 'ask' | 'deny'
  readonly tool: string | null
  /** Absent where another server of a like name accounts for it. */
  readonly fact?: Fact
}

/** All handlers of one event, in file order. */
export interface HookArtifact extends ArtifactBase {
  readonly itemType: 'HOOKS'
  /** `PreToolUse`, `Stop`, …; the source's own name where the event is none of these. */
  readonly event: string
  readonly groups: readonly HookGroup[]
  /** Files of the source's hooks folder that the handlers of this event call, or that those call. */
  readonly files: readonly HookFile[]
  /** Files of that folder that no handler of any event calls. Listed with one event only. */
  readonly unused: readonly { readonly relativePath: string; readonly fact: Fact }[]
}

export interface HookGroup {
  readonly matcher?: string
  readonly matcherFact?: Fact
  /** Members of the group other than matcher and hooks. */
  readonly otherMembers: readonly { readonly key: string; readonly value: unknown; readonly fact: Fact }[]
  readonly handlers: readonly HookHandler[]
}

export interface HookHandler {
  readonly members: { readonly [key: string]: unknown }
  readonly fact: Fact
  /** The command line taken apart; absent when there is none. Joining the pieces' `written` gives it back. */
  readonly command?: readonly CommandPiece[]
  /** Paths in the command that lead to nothing, as written. */
  readonly missing: readonly string[]
  /** Variables in the command that only the other agent sets. */
  readonly foreignVariables: readonly string[]
  /** What the command reads and answers otherwise than the neutral event says; for the account. */
  readonly otherProtocol?: string
}

/** A part of a command line: text as it stands, the folder of the project, or a file of the source's hooks folder. */
export type CommandPiece =
  | { readonly type: 'text'; readonly written: string }
  /** `quoted`: stands inside double quotes. */
  | { readonly type: 'projectFolder'; readonly written: string; readonly quoted: boolean }
  /** A whole shell word, or the value of an assignment. */
  | { readonly type: 'hookFile'; readonly written: string; readonly relativePath: string }

/** A file of the source's hooks folder. */
export interface HookFile {
  /** Below the hooks folder, `/` between parts. */
  readonly relativePath: string
  readonly path: string
  readonly mode: number
  /** Absent when it could not be read, or is far larger than a script. */
  readonly content?: Uint8Array
  /** Set for the one event that accounts for it; others that call it too have none. */
  readonly fact?: Fact
  /** Variables its text reads that only the other agent sets. */
  readonly foreignVariables: readonly string[]
}

/** The settings of one place: one artifact, many statements. */
export interface ConfigArtifact extends ArtifactBase {
  readonly itemType: 'CONFIG'
  readonly settings: readonly Setting[]
}

/** One setting in neutral words. `other` keeps what has no neutral word, so that it is accounted for. */
export type Setting =
  | { readonly type: 'environment'; readonly name: string; readonly value: unknown; readonly fact: Fact }
  | { readonly type: 'sandbox'; readonly enabled: boolean; readonly fact: Fact }
  | {
      readonly type: 'permission'
      readonly effect: 'allow' | 'ask' | 'deny'
      readonly subject: PermissionSubject
      readonly written: string
      readonly fact: Fact
    }
  | {
      readonly type: 'permissionMode'
      readonly mode: 'ask' | 'accept-edits' | 'read-only' | 'never-ask' | 'unknown'
      readonly written: string
      readonly fact: Fact
    }
  /** `path`: absolute; null when it depends on where the agent is started. `relative`: as written, when it is relative to the place's root. */
  | {
      readonly type: 'additionalDirectory'
      readonly written: string
      readonly path: string | null
      readonly relative?: string
      readonly fact: Fact
    }
  | { readonly type: 'model'; readonly value: unknown; readonly fact: Fact }
  /** Hosts that sandboxed commands may or may not reach. */
  | { readonly type: 'network'; readonly effect: 'allow' | 'deny'; readonly host: string; readonly fact: Fact }
  | { readonly type: 'plugin'; readonly name: string; readonly enabled: boolean; readonly fact: Fact }
  /** Narrows what the agent may do, in words that have no neutral form. */
  | { readonly type: 'restriction'; readonly key: string; readonly value: unknown; readonly fact: Fact }
  /** Heeded while things of another type were read. */
  | { readonly type: 'elsewhere'; readonly key: string; readonly itemType: MigrationItemType; readonly fact: Fact }
  /** The same key stands in a file that counts more. */
  | { readonly type: 'overridden'; readonly key: string; readonly by: string; readonly fact: Fact }
  | { readonly type: 'other'; readonly key: string; readonly value: unknown; readonly fact: Fact }

/** What a permission is about. */
export type PermissionSubject =
  /** A command that starts with `words` (none: every command). `ending`: what may follow; `glued`: also longer last words. */
  | { readonly type: 'command'; readonly words: readonly string[]; readonly ending: 'anything' | 'nothing' | 'glued' }
  /**
   * Files. `path` has `/` between parts and may be a glob; `''` is everything below the base. `anyDepth`: a name that counts in
   * every folder. `project`: the folder the agent works in; `home` and `absolute`: fixed places.
   */
  | {
      readonly type: 'path'
      readonly access: 'read' | 'write'
      readonly base: 'project' | 'home' | 'absolute'
      readonly path: string
      readonly anyDepth: boolean
    }
  | { readonly type: 'webPage'; readonly domain: string | null }
  | { readonly type: 'webSearch' }
  | { readonly type: 'toolServer'; readonly server: string; readonly tool: string | null }
  | { readonly type: 'unknown' }

/** A plugin that is in use, by the marketplace that it is from. */
export interface PluginArtifact extends ArtifactBase {
  readonly itemType: 'PLUGINS'
  readonly plugin: string
  readonly marketplace: string
  /** Where the marketplace is; absent when nothing says so. */
  readonly from?: MarketplacePlace
  /** What says where the marketplace is. Listed with one plugin of it only. */
  readonly marketplaceFacts: readonly Fact[]
  /** What the source keeps of its own installation of it. */
  readonly stateFacts: readonly Fact[]
  /** The same said in files that count less. */
  readonly overridden: readonly Fact[]
}

/** A marketplace is a folder on this machine, or a repository. */
export type MarketplacePlace =
  | { readonly type: 'folder'; readonly path: string }
  | { readonly type: 'repository'; readonly url: string; readonly ref: string | null }

/** What the agent remembers of one project. */
export interface MemoryArtifact extends ArtifactBase {
  readonly itemType: 'MEMORY'
  /** The project's folder. Absolute. */
  readonly cwd: string
  readonly files: readonly { readonly relativePath: string; readonly source: string; readonly fact: Fact }[]
  readonly leftOut: readonly { readonly fact: Fact; readonly reason: FateReason }[]
}

/** Everything a source can find, told apart by `itemType`. */
export type Artifact =
  | MemoryArtifact
  | SkillArtifact
  | CommandArtifact
  | SubagentArtifact
  | InstructionsArtifact
  | McpServerArtifact
  | HookArtifact
  | ConfigArtifact
  | PluginArtifact

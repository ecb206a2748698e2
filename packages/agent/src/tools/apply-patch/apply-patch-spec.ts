import type { ToolSpec } from '../tool.js'

/** The form of a patch, in the language that model servers read grammars in. Source: reference 0.169.0. */
const grammar = `start: begin_patch hunk+ end_patch
begin_patch: "*** Begin Patch" LF
end_patch: "*** End Patch" LF?

hunk: add_hunk | delete_hunk | update_hunk
add_hunk: "*** Add File: " filename LF add_line+
delete_hunk: "*** Delete File: " filename LF
update_hunk: "*** Update File: " filename LF change_move? change?

filename: /(.+)/
add_line: "+" /(.*)/ LF -> line

change_move: "*** Move to: " filename LF
change: (change_context | change_line)+ eof_line?
change_context: ("@@" | "@@ " /(.+)/) LF
change_line: ("+" | "-" | " ") /(.*)/ LF
eof_line: "*** End of File" LF

%import common.LF
`

/** What a model is told of `apply_patch`. */
export const applyPatchSpec: ToolSpec = {
  type: 'custom',
  name: 'apply_patch',
  description:
    'Makes, changes, moves and deletes files. The whole input is one patch; it is applied as a whole or not at all.',
  format: { type: 'grammar', syntax: 'lark', definition: grammar },
}

import { describe, expectTypeOf, it } from 'vitest'
import type * as importUndo from '../../src/schema/import-undo.js'
import type * as importVerify from '../../src/schema/import-verify.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of import-undo equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ExternalAgentConfigImportUndoParams>>().toEqualTypeOf<
      Of<typeof importUndo.ExternalAgentConfigImportUndoParams>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportUndoResponse>>().toEqualTypeOf<
      Of<typeof importUndo.ExternalAgentConfigImportUndoResponse>
    >()
  })

  it('of import-verify equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ExternalAgentConfigImportVerifyParams>>().toEqualTypeOf<
      Of<typeof importVerify.ExternalAgentConfigImportVerifyParams>
    >()
    expectTypeOf<Plain<types.ExternalAgentConfigImportVerifyResponse>>().toEqualTypeOf<
      Of<typeof importVerify.ExternalAgentConfigImportVerifyResponse>
    >()
  })
})

import { describe, expectTypeOf, it } from 'vitest'
import type * as marketplace from '../../src/schema/marketplace.js'
import type * as plugin from '../../src/schema/plugin.js'
import type * as pluginDetail from '../../src/schema/plugin-detail.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of marketplace equal what the schemas infer', () => {
    expectTypeOf<Plain<types.MarketplaceAddParams>>().toEqualTypeOf<Of<typeof marketplace.MarketplaceAddParams>>()
    expectTypeOf<Plain<types.MarketplaceAddResponse>>().toEqualTypeOf<Of<typeof marketplace.MarketplaceAddResponse>>()
    expectTypeOf<Plain<types.MarketplaceRemoveParams>>().toEqualTypeOf<Of<typeof marketplace.MarketplaceRemoveParams>>()
    expectTypeOf<Plain<types.MarketplaceRemoveResponse>>().toEqualTypeOf<
      Of<typeof marketplace.MarketplaceRemoveResponse>
    >()
    expectTypeOf<Plain<types.MarketplaceUpgradeParams>>().toEqualTypeOf<
      Of<typeof marketplace.MarketplaceUpgradeParams>
    >()
    expectTypeOf<Plain<types.MarketplaceUpgradeResponse>>().toEqualTypeOf<
      Of<typeof marketplace.MarketplaceUpgradeResponse>
    >()
  })

  it('of plugin-detail equal what the schemas infer', () => {
    expectTypeOf<Plain<types.PluginReadParams>>().toEqualTypeOf<Of<typeof pluginDetail.PluginReadParams>>()
    expectTypeOf<Plain<types.PluginReadResponse>>().toEqualTypeOf<Of<typeof pluginDetail.PluginReadResponse>>()
    expectTypeOf<Plain<types.PluginSkillReadParams>>().toEqualTypeOf<Of<typeof pluginDetail.PluginSkillReadParams>>()
    expectTypeOf<Plain<types.PluginSkillReadResponse>>().toEqualTypeOf<
      Of<typeof pluginDetail.PluginSkillReadResponse>
    >()
  })

  it('of plugin equal what the schemas infer', () => {
    expectTypeOf<Plain<types.PluginListParams>>().toEqualTypeOf<Of<typeof plugin.PluginListParams>>()
    expectTypeOf<Plain<types.PluginListResponse>>().toEqualTypeOf<Of<typeof plugin.PluginListResponse>>()
    expectTypeOf<Plain<types.PluginInstalledParams>>().toEqualTypeOf<Of<typeof plugin.PluginInstalledParams>>()
    expectTypeOf<Plain<types.PluginInstalledResponse>>().toEqualTypeOf<Of<typeof plugin.PluginInstalledResponse>>()
    expectTypeOf<Plain<types.PluginInstallParams>>().toEqualTypeOf<Of<typeof plugin.PluginInstallParams>>()
    expectTypeOf<Plain<types.PluginInstallResponse>>().toEqualTypeOf<Of<typeof plugin.PluginInstallResponse>>()
    expectTypeOf<Plain<types.PluginUninstallParams>>().toEqualTypeOf<Of<typeof plugin.PluginUninstallParams>>()
    expectTypeOf<Plain<types.PluginUninstallResponse>>().toEqualTypeOf<Of<typeof plugin.PluginUninstallResponse>>()
    expectTypeOf<Plain<types.PluginReconcileParams>>().toEqualTypeOf<Of<typeof plugin.PluginReconcileParams>>()
    expectTypeOf<Plain<types.PluginReconcileResponse>>().toEqualTypeOf<Of<typeof plugin.PluginReconcileResponse>>()
  })
})

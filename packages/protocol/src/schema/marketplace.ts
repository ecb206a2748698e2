import { z } from 'zod'
import { named, path } from './named.js'

/** Params of `marketplace/add`. */
export const MarketplaceAddParams = named(
  'MarketplaceAddParams',
  'Params of `marketplace/add`.',
  z.object({ refName: z.string().nullish(), source: z.string(), sparsePaths: z.array(z.string()).nullish() }),
)

/** Result of `marketplace/add`. */
export const MarketplaceAddResponse = named(
  'MarketplaceAddResponse',
  'Result of `marketplace/add`.',
  z.object({ alreadyAdded: z.boolean(), installedRoot: path, marketplaceName: z.string() }),
)

/** Params of `marketplace/remove`. */
export const MarketplaceRemoveParams = named(
  'MarketplaceRemoveParams',
  'Params of `marketplace/remove`.',
  z.object({ marketplaceName: z.string() }),
)

/** Result of `marketplace/remove`. */
export const MarketplaceRemoveResponse = named(
  'MarketplaceRemoveResponse',
  'Result of `marketplace/remove`.',
  z.object({ installedRoot: path.nullish(), marketplaceName: z.string() }),
)

/** Params of `marketplace/upgrade`. */
export const MarketplaceUpgradeParams = named(
  'MarketplaceUpgradeParams',
  'Params of `marketplace/upgrade`.',
  z.object({ marketplaceName: z.string().nullish() }),
)

const MarketplaceUpgradeErrorInfo = named(
  'MarketplaceUpgradeErrorInfo',
  'A marketplace that could not be renewed, and why.',
  z.object({ marketplaceName: z.string(), message: z.string() }),
)

/** Result of `marketplace/upgrade`. */
export const MarketplaceUpgradeResponse = named(
  'MarketplaceUpgradeResponse',
  'Result of `marketplace/upgrade`.',
  z.object({
    errors: z.array(MarketplaceUpgradeErrorInfo),
    selectedMarketplaces: z.array(z.string()),
    upgradedRoots: z.array(path),
  }),
)

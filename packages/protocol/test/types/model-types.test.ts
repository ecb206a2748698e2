import { describe, expectTypeOf, it } from 'vitest'
import type * as account from '../../src/schema/account.js'
import type * as apps from '../../src/schema/apps.js'
import type * as gatewaySignIn from '../../src/schema/gateway-sign-in.js'
import type * as model from '../../src/schema/model.js'
import type * as modelProvider from '../../src/schema/model-provider.js'
import type * as permission from '../../src/schema/permission.js'
import type * as rateLimit from '../../src/schema/rate-limit.js'
import type * as types from '../../src/types.gen.js'
import type { Of, Plain } from './inferred.js'

describe('generated types', () => {
  it('of account equal what the schemas infer', () => {
    expectTypeOf<Plain<types.GetAccountParams>>().toEqualTypeOf<Of<typeof account.GetAccountParams>>()
    expectTypeOf<Plain<types.GetAccountResponse>>().toEqualTypeOf<Of<typeof account.GetAccountResponse>>()
    expectTypeOf<Plain<types.LoginAccountParams>>().toEqualTypeOf<Of<typeof account.LoginAccountParams>>()
    expectTypeOf<Plain<types.LoginAccountResponse>>().toEqualTypeOf<Of<typeof account.LoginAccountResponse>>()
    expectTypeOf<Plain<types.CancelLoginAccountParams>>().toEqualTypeOf<Of<typeof account.CancelLoginAccountParams>>()
    expectTypeOf<Plain<types.CancelLoginAccountResponse>>().toEqualTypeOf<
      Of<typeof account.CancelLoginAccountResponse>
    >()
    expectTypeOf<Plain<types.LogoutAccountResponse>>().toEqualTypeOf<Of<typeof account.LogoutAccountResponse>>()
    expectTypeOf<Plain<types.AccountUpdatedNotification>>().toEqualTypeOf<
      Of<typeof account.AccountUpdatedNotification>
    >()
    expectTypeOf<Plain<types.AccountLoginCompletedNotification>>().toEqualTypeOf<
      Of<typeof account.AccountLoginCompletedNotification>
    >()
    expectTypeOf<Plain<types.BedrockCheckGovCloudRequirementsParams>>().toEqualTypeOf<
      Of<typeof account.BedrockCheckGovCloudRequirementsParams>
    >()
    expectTypeOf<Plain<types.BedrockCheckGovCloudRequirementsResponse>>().toEqualTypeOf<
      Of<typeof account.BedrockCheckGovCloudRequirementsResponse>
    >()
  })

  it('of apps equal what the schemas infer', () => {
    expectTypeOf<Plain<types.AppsListParams>>().toEqualTypeOf<Of<typeof apps.AppsListParams>>()
    expectTypeOf<Plain<types.AppsListResponse>>().toEqualTypeOf<Of<typeof apps.AppsListResponse>>()
    expectTypeOf<Plain<types.AppsInstalledParams>>().toEqualTypeOf<Of<typeof apps.AppsInstalledParams>>()
    expectTypeOf<Plain<types.AppsInstalledResponse>>().toEqualTypeOf<Of<typeof apps.AppsInstalledResponse>>()
    expectTypeOf<Plain<types.AppsReadParams>>().toEqualTypeOf<Of<typeof apps.AppsReadParams>>()
    expectTypeOf<Plain<types.AppsReadResponse>>().toEqualTypeOf<Of<typeof apps.AppsReadResponse>>()
  })

  it('of gateway-sign-in equal what the schemas infer', () => {
    expectTypeOf<Plain<types.GatewayOAuthReadParams>>().toEqualTypeOf<Of<typeof gatewaySignIn.GatewayOAuthReadParams>>()
    expectTypeOf<Plain<types.GatewayOAuthReadResponse>>().toEqualTypeOf<
      Of<typeof gatewaySignIn.GatewayOAuthReadResponse>
    >()
    expectTypeOf<Plain<types.GatewayOAuthLoginParams>>().toEqualTypeOf<
      Of<typeof gatewaySignIn.GatewayOAuthLoginParams>
    >()
    expectTypeOf<Plain<types.GatewayOAuthLoginResponse>>().toEqualTypeOf<
      Of<typeof gatewaySignIn.GatewayOAuthLoginResponse>
    >()
    expectTypeOf<Plain<types.GatewayOAuthCancelResponse>>().toEqualTypeOf<
      Of<typeof gatewaySignIn.GatewayOAuthCancelResponse>
    >()
  })

  it('of model-provider equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ModelProviderListParams>>().toEqualTypeOf<
      Of<typeof modelProvider.ModelProviderListParams>
    >()
    expectTypeOf<Plain<types.ModelProviderListResponse>>().toEqualTypeOf<
      Of<typeof modelProvider.ModelProviderListResponse>
    >()
    expectTypeOf<Plain<types.ModelProviderCapabilitiesReadParams>>().toEqualTypeOf<
      Of<typeof modelProvider.ModelProviderCapabilitiesReadParams>
    >()
    expectTypeOf<Plain<types.ModelProviderCapabilitiesReadResponse>>().toEqualTypeOf<
      Of<typeof modelProvider.ModelProviderCapabilitiesReadResponse>
    >()
    expectTypeOf<Plain<types.ModelProviderConfigWriteParams>>().toEqualTypeOf<
      Of<typeof modelProvider.ModelProviderConfigWriteParams>
    >()
    expectTypeOf<Plain<types.ModelProviderConfigWriteResponse>>().toEqualTypeOf<
      Of<typeof modelProvider.ModelProviderConfigWriteResponse>
    >()
  })

  it('of model equal what the schemas infer', () => {
    expectTypeOf<Plain<types.ModelListParams>>().toEqualTypeOf<Of<typeof model.ModelListParams>>()
    expectTypeOf<Plain<types.ModelListResponse>>().toEqualTypeOf<Of<typeof model.ModelListResponse>>()
  })

  it('of permission equal what the schemas infer', () => {
    expectTypeOf<Plain<types.PermissionProfileListParams>>().toEqualTypeOf<
      Of<typeof permission.PermissionProfileListParams>
    >()
    expectTypeOf<Plain<types.PermissionProfileListResponse>>().toEqualTypeOf<
      Of<typeof permission.PermissionProfileListResponse>
    >()
    expectTypeOf<Plain<types.CollaborationModeListParams>>().toEqualTypeOf<
      Of<typeof permission.CollaborationModeListParams>
    >()
    expectTypeOf<Plain<types.CollaborationModeListResponse>>().toEqualTypeOf<
      Of<typeof permission.CollaborationModeListResponse>
    >()
    expectTypeOf<Plain<types.ExperimentalFeatureListParams>>().toEqualTypeOf<
      Of<typeof permission.ExperimentalFeatureListParams>
    >()
    expectTypeOf<Plain<types.ExperimentalFeatureListResponse>>().toEqualTypeOf<
      Of<typeof permission.ExperimentalFeatureListResponse>
    >()
    expectTypeOf<Plain<types.ExperimentalFeatureEnablementSetParams>>().toEqualTypeOf<
      Of<typeof permission.ExperimentalFeatureEnablementSetParams>
    >()
    expectTypeOf<Plain<types.ExperimentalFeatureEnablementSetResponse>>().toEqualTypeOf<
      Of<typeof permission.ExperimentalFeatureEnablementSetResponse>
    >()
  })

  it('of rate-limit equal what the schemas infer', () => {
    expectTypeOf<Plain<types.AccountRateLimitsUpdatedNotification>>().toEqualTypeOf<
      Of<typeof rateLimit.AccountRateLimitsUpdatedNotification>
    >()
  })
})

import type { ClientMethodRow } from './row.js'
import { experimental, experimentalRefused, stable } from './state.js'

const REALTIME = 'needs the vendor’s realtime voice service'

/** Turns, models, and spoken conversations. In the reference’s order. */
export const turnMethods = {
  'turn/start': { ...stable, params: 'TurnStartParams', result: 'TurnStartResponse' },
  'turn/settings/update': { ...experimental, params: 'TurnSettingsUpdateParams', result: 'TurnSettingsUpdateResponse' },
  'turn/steer': { ...stable, params: 'TurnSteerParams', result: 'TurnSteerResponse' },
  'turn/interrupt': { ...stable, params: 'TurnInterruptParams', result: 'TurnInterruptResponse' },
  'thread/realtime/start': experimentalRefused(REALTIME),
  'thread/realtime/appendAudio': experimentalRefused(REALTIME),
  'thread/realtime/appendText': experimentalRefused(REALTIME),
  'thread/realtime/appendSpeech': experimentalRefused(REALTIME),
  'thread/realtime/stop': experimentalRefused(REALTIME),
  'thread/realtime/listVoices': experimentalRefused(REALTIME),
  'review/start': { ...stable, params: 'ReviewStartParams', result: 'ReviewStartResponse' },
  'model/list': { ...stable, params: 'ModelListParams', result: 'ModelListResponse' },
  'modelProvider/list': { ...stable, params: 'ModelProviderListParams', result: 'ModelProviderListResponse' },
  'modelProvider/config/write': {
    ...stable,
    params: 'ModelProviderConfigWriteParams',
    result: 'ModelProviderConfigWriteResponse',
  },
  'modelProvider/capabilities/read': {
    ...stable,
    params: 'ModelProviderCapabilitiesReadParams',
    result: 'ModelProviderCapabilitiesReadResponse',
  },
  'permissionProfile/list': {
    ...stable,
    params: 'PermissionProfileListParams',
    result: 'PermissionProfileListResponse',
  },
  'collaborationMode/list': {
    ...experimental,
    params: 'CollaborationModeListParams',
    result: 'CollaborationModeListResponse',
  },
} as const satisfies Record<string, ClientMethodRow>

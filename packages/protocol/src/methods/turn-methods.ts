import type { ClientMethodRow } from './row.js'
import { experimentalRefused, stable } from './state.js'

const REALTIME = 'needs the vendor’s realtime voice service'

/** Turns, models, and spoken conversations. In the reference’s order. */
export const turnMethods = {
  'turn/start': { stability: 'stable', state: 'served', params: 'TurnStartParams', result: 'TurnStartResponse' },
  'turn/settings/update': {
    stability: 'experimental',
    state: 'served',
    params: 'TurnSettingsUpdateParams',
    result: 'TurnSettingsUpdateResponse',
  },
  'turn/steer': { stability: 'stable', state: 'served', params: 'TurnSteerParams', result: 'TurnSteerResponse' },
  'turn/interrupt': {
    stability: 'stable',
    state: 'served',
    params: 'TurnInterruptParams',
    result: 'TurnInterruptResponse',
  },
  'thread/realtime/start': experimentalRefused(REALTIME),
  'thread/realtime/appendAudio': experimentalRefused(REALTIME),
  'thread/realtime/appendText': experimentalRefused(REALTIME),
  'thread/realtime/appendSpeech': experimentalRefused(REALTIME),
  'thread/realtime/stop': experimentalRefused(REALTIME),
  'thread/realtime/listVoices': experimentalRefused(REALTIME),
  'review/start': { stability: 'stable', state: 'served', params: 'ReviewStartParams', result: 'ReviewStartResponse' },
  'model/list': { stability: 'stable', state: 'served', params: 'ModelListParams', result: 'ModelListResponse' },
  'modelProvider/list': {
    stability: 'stable',
    state: 'served',
    params: 'ModelProviderListParams',
    result: 'ModelProviderListResponse',
  },
  'modelProvider/config/write': {
    ...stable,
    params: 'ModelProviderConfigWriteParams',
    result: 'ModelProviderConfigWriteResponse',
  },
  'modelProvider/capabilities/read': {
    stability: 'stable',
    state: 'served',
    params: 'ModelProviderCapabilitiesReadParams',
    result: 'ModelProviderCapabilitiesReadResponse',
  },
  'permissionProfile/list': {
    stability: 'stable',
    state: 'served',
    params: 'PermissionProfileListParams',
    result: 'PermissionProfileListResponse',
  },
  'collaborationMode/list': {
    stability: 'experimental',
    state: 'served',
    params: 'CollaborationModeListParams',
    result: 'CollaborationModeListResponse',
  },
} as const satisfies Record<string, ClientMethodRow>

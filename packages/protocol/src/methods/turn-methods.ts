import type { ClientMethodRow } from './row.js'
import { experimental, experimentalRefused, stable } from './state.js'

const REALTIME = 'needs the vendor’s realtime voice service'

/** Turns, models, and spoken conversations. In the reference’s order. */
export const turnMethods = {
  'turn/start': stable,
  'turn/settings/update': experimental,
  'turn/steer': stable,
  'turn/interrupt': stable,
  'thread/realtime/start': experimentalRefused(REALTIME),
  'thread/realtime/appendAudio': experimentalRefused(REALTIME),
  'thread/realtime/appendText': experimentalRefused(REALTIME),
  'thread/realtime/appendSpeech': experimentalRefused(REALTIME),
  'thread/realtime/stop': experimentalRefused(REALTIME),
  'thread/realtime/listVoices': experimentalRefused(REALTIME),
  'review/start': stable,
  'model/list': stable,
  'modelProvider/list': stable,
  'modelProvider/config/write': stable,
  'modelProvider/capabilities/read': stable,
  'permissionProfile/list': stable,
  'collaborationMode/list': experimental,
} as const satisfies Record<string, ClientMethodRow>

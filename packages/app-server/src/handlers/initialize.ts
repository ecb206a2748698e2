import { serverNotifications } from '@gangway/protocol'
import { AnswerThen, type Handlers, type ServerContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import { platformFamily, platformOs, userAgent } from '../user-agent.js'
import { configWarnings } from './config-warnings.js'

/** The handshake: who the client is, what it wants to hear, and what is wrong with the configuration. */
export function initializeHandlers(server: ServerContext): Handlers {
  let originator: string | undefined
  return {
    initialize({ clientInfo, capabilities }, context) {
      if (context.client !== undefined) throw invalidRequest('Already initialized')
      const { name, version } = clientInfo
      if (!isHeaderValue(name)) {
        throw invalidRequest(`Invalid clientInfo.name: '${name}'. Must be a valid HTTP header value.`)
      }
      originator ??= name
      const optOutNotifications = new Set(capabilities?.optOutNotificationMethods ?? [])
      const unknown = [...optOutNotifications].filter((method) => !Object.hasOwn(serverNotifications, method))
      if (unknown.length > 0) server.log.write('warn', `${name} opts out of what is never sent: ${unknown.join(', ')}`)
      context.identify({
        name,
        version,
        experimentalApi: capabilities?.experimentalApi === true,
        optOutNotifications,
        legacyNotifications: wantsLegacy(capabilities),
      })
      const answer = {
        userAgent: userAgent({
          originator,
          serverVersion: server.version,
          clientName: name,
          clientVersion: version,
          env: server.env,
        }),
        codexHome: server.layout.root,
        platformFamily: platformFamily(),
        platformOs: platformOs(),
      }
      return new AnswerThen(answer, async () => {
        for (const warning of await configWarnings(server)) await context.emit('configWarning', warning)
      })
    },
  }
}

// Source: reference 0.169.0: control characters but the tab are refused, everything else passes, also an empty name.
function isHeaderValue(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(name)
}

/** A capability of ours alone, which the reference's schema does not name. */
function wantsLegacy(capabilities: object | null | undefined): boolean {
  return Reflect.get(capabilities ?? {}, 'legacyNotifications') === true
}

import { type HomeLayout, readStoredAuth } from '@gangway/home'
import type { SignIn } from './provider-key.js'

/** The key that somebody signed in with in this home: `auth.json`, read anew each time. */
export function signInOf(layout: HomeLayout): SignIn {
  return { apiKey: () => readStoredAuth(layout)?.apiKey ?? undefined }
}

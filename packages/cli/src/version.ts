/** Put in by `scripts/bundle-cli.js` from this package's package.json; absent when the source runs unbundled. */
declare const __GANGWAY_VERSION__: string | undefined

/** The program's version, such as `0.1.0`. */
export const version: string = typeof __GANGWAY_VERSION__ === 'string' ? __GANGWAY_VERSION__ : '0.0.0-source'

// A face for those who only read: it loads the parsers, and not what edits.
export { readIfThere } from './files/digest.js'
export { type JsonDialect, parseJson } from './json/parse.js'
export { parseToml } from './toml/parse.js'

/**
 * The parts of the YAML library that we use, by name.
 *
 * A file of its own, loaded by `import()`: the library is CommonJS, whose names a bundler does not carry through a dynamic import.
 */
export { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

import { expect, it } from 'vitest'
import { readConfigOverrides } from '../../src/commands/config-overrides.js'

it('reads TOML values, and takes anything else as text', () => {
  const overrides = readConfigOverrides([
    'a.flag=true',
    'a.count=1_000',
    'a.ratio = -0.5',
    'a.mask=0xff',
    'a.quoted="x\\n y"',
    "a.literal='C:\\x'",
    'a.list=["a", 2, [true],]',
    'a.table={ b = 1, "c d" = "e" }',
    'model=gpt-5.5',
    'a.odd=[1, 2',
    'a.empty=',
    'url=http://x?a=b',
  ])

  expect(overrides).toEqual({
    'a.flag': true,
    'a.count': 1000,
    'a.ratio': -0.5,
    'a.mask': 255,
    'a.quoted': 'x\n y',
    'a.literal': 'C:\\x',
    'a.list': ['a', 2, [true]],
    'a.table': { b: 1, 'c d': 'e' },
    model: 'gpt-5.5',
    'a.odd': '[1, 2',
    'a.empty': '',
    url: 'http://x?a=b',
  })
})

it('lets the later of two values for one key win', () => {
  expect(readConfigOverrides(['model=a', 'model=b'])).toEqual({ model: 'b' })
})

it('keeps a table key named __proto__ as plain data', () => {
  const { x } = readConfigOverrides(['x={ __proto__ = 1 }'])

  expect(Object.keys(x as object)).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(x)).toBe(Object.prototype)
})

it('refuses what has no key or no equals sign, naming it', () => {
  expect(() => readConfigOverrides(['model'])).toThrow('-c model: not of the form key=value')
  expect(() => readConfigOverrides(['=x'])).toThrow('-c =x: not of the form key=value')
})

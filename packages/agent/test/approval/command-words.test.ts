import { describe, expect, it } from 'vitest'
import { isDangerous } from '../../src/approval/dangerous.js'
import { parseRules, ruleFor } from '../../src/approval/prefix-rules.js'
import { plainCommands, quoteWords } from '../../src/approval/shell-words.js'
import { commandActions } from '../../src/tools/exec/command-actions.js'

const shown = (script: string) =>
  commandActions(script, '/p').map((action) => {
    if (action.type === 'read') return `read ${action.path}`
    if (action.type === 'search') return `search ${action.query} in ${action.path}`
    return action.type === 'listFiles' ? `list ${action.path}` : 'unknown'
  })

describe('what a command does', () => {
  it.each([
    ['cat hello.txt', ['read /p/hello.txt']],
    ['cat "a b.txt"', ['read /p/a b.txt']],
    ['head -n 2 hello.txt', ['read /p/hello.txt']],
    ['head -c 5 hello.txt', ['unknown']],
    ['tail -n +2 hello.txt', ['read /p/hello.txt']],
    ['tail -20 hello.txt', ['unknown']],
    ['sed -n 1,5p hello.txt', ['read /p/hello.txt']],
    ['sed -i s/a/b/ hello.txt', ['unknown']],
    ['nl -ba hello.txt | sed -n 1,3p', ['read /p/hello.txt']],
    ['cat a b', ['unknown']],
    ['cat hello.txt | head -1', ['read /p/hello.txt']],
    ['cat hello.txt > out.txt', ['unknown']],
    ['cat hello.txt || true', ['read /p/hello.txt']],
    ['ls', ['list null']],
    ['ls -la sub', ['list sub']],
    ['ls src lib', ['list src']],
    ['ls -I node_modules -la src', ['list src']],
    ['ls ~', ['unknown']],
    ['ls | head -3', ['list null']],
    ['tree -L 2 .', ['list .']],
    ["find . -name '*.ts'", ['search *.ts in .']],
    ['find src -type f', ['list src']],
    ['fd foo src', ['search foo in src']],
    ['rg foo', ['search foo in null']],
    ["rg -n 'foo bar' src/ | head -5", ['search foo bar in src']],
    ["rg -g '*.ts' -n foo src", ['search foo in src']],
    ['rg -A 3 foo src', ['search foo in src']],
    ['grep -e foo -e bar src', ['search foo in src']],
    ['rg --files src', ['list src']],
    ["rg --files -g '*.md' docs | head -n 5 | sort", ['list docs']],
    ['git grep foo src', ['search foo in src']],
    ['git ls-files', ['list null']],
    ['git status', ['unknown']],
    ['cd src && cat ../hello.txt', ['read /p/hello.txt']],
    ['cd /tmp && cat x', ['read /tmp/x']],
    ['ls; cat hello.txt', ['list null', 'read /p/hello.txt']],
    ['echo hi && ls', ['list null']],
    ['echo hi | wc -l', ['unknown']],
    ['echo hi', ['unknown']],
    ['ls src && npm test', ['unknown']],
    ['(ls)', ['unknown']],
    ['cat $HOME/x', ['unknown']],
    ["awk '{print $1}' hello.txt", ['read /p/hello.txt']],
    ['yes | head -1', ['unknown']],
  ])('is seen as the reference sees it: %s', (script, expected) => {
    expect(shown(script)).toEqual(expected)
  })
})

describe('words of a shell', () => {
  it.each([
    [['/bin/bash', '-lc', 'ls'], '/bin/bash -lc ls'],
    [['/bin/bash', '-lc', 'echo escalated; ls'], "/bin/bash -lc 'echo escalated; ls'"],
    [['/bin/bash', '-lc', "sed -n '1,5p' hello.txt"], `/bin/bash -lc "sed -n '1,5p' hello.txt"`],
    [['/bin/bash', '-lc', "awk '{print $1}' hello.txt"], `/bin/bash -lc "awk '{print "'$1}'"' hello.txt"`],
    [['ls', '--color=never'], "ls '--color=never'"],
    [['a', ''], "a ''"],
  ])('are quoted as the reference shows %j', (words, expected) => {
    expect(quoteWords(words)).toBe(expected)
  })

  it.each([
    'ls $HOME',
    'echo `id`',
    'a > b',
    'a < b',
    'a & b',
    '(a)',
    'A=1 b',
    'a &&',
    '{ a; }',
    'echo "$x"',
    'ls ~/x',
    'a\\ b',
  ])('are not taken for plain in %s', (script) => {
    expect(plainCommands(script)).toBeUndefined()
  })
})

describe('commands that remove without asking', () => {
  it.each([
    'rm -rf x',
    'rm -f x; echo hi',
    'ls && rm -fr x',
    'sudo rm -rf /',
    'bash -lc "rm -rf x"',
    'rm --force x',
    '/bin/rm -f x',
    'for f in *; do rm -rf $f; done',
  ])('are found: %s', (script) => {
    expect(isDangerous(script)).toBe(true)
  })

  it.each(['rm x', 'rm -r x', 'echo "rm -rf x"', 'ls -f', 'npm run rm -- -f', 'bash -c ls'])(
    'are not seen in %s',
    (script) => {
      expect(isDangerous(script)).toBe(false)
    },
  )
})

describe('rules', () => {
  const text = `# mine
prefix_rule(pattern = ["npm", ["run", "test"]], decision = "allow")
prefix_rule(
  pattern=["git", "push"],
  decision="forbidden", justification='ask "me"',
  match=[["git", "push", "x"]],
)
prefix_rule(pattern=["git"], decision="prompt")
`

  it.each([
    [['npm', 'run', 'x'], 'allow'],
    [['npm', 'test'], 'allow'],
    [['npm'], undefined],
    [['npm', 'testing'], undefined],
    [['git', 'push'], 'forbidden'],
    [['git', 'log'], 'prompt'],
  ])('say of %j: %s', (words, decision) => {
    expect(ruleFor(parseRules(text, 'a.rules'), words)?.decision).toBe(decision)
  })

  it.each([
    'prefix_rule(pattern=[], decision="allow")',
    'prefix_rule(pattern=["a"], decision="maybe")',
    'print("x")',
    'prefix_rule(pattern=["a"',
  ])('are refused with the name of the file: %s', (bad) => {
    expect(() => parseRules(bad, 'a.rules')).toThrow('a.rules: ')
  })
})

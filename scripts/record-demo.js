// Runs `gangway demo` and keeps what it printed: all of it in docs/demo.txt, its beginning and end in README.md.
// Only the temporary folder's name and the ids of the run are put into one spelling.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const printed = execFileSync(process.execPath, ['packages/cli/bin/gangway.js', 'demo'], {
  encoding: 'utf8',
  env: { ...process.env, NO_COLOR: '1', COLUMNS: '110' },
})
const text = printed
  .replace(/\/\S*?gangway-demo-\w+/g, '/tmp/gangway-demo')
  .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<importId>')
  .replace(/[0-9a-f]{64}/g, '<digest>')
writeFileSync('docs/demo.txt', text)

const lines = text.trimEnd().split('\n')
const until = lines.findIndex((line) => line.startsWith('Stays behind'))
const from = lines.findIndex((line) => line.includes('arrived  there'))
const shown = [...lines.slice(0, until), '…', '', ...lines.slice(from)].join('\n')
const readme = readFileSync('README.md', 'utf8')
const [before, rest = ''] = readme.split('<!-- recording -->')
const after = rest.includes('<!-- /recording -->') ? rest.split('<!-- /recording -->')[1] : rest
writeFileSync(
  'README.md',
  `${before}<!-- recording -->\nA real run of \`gangway demo\` (\`node scripts/record-demo.js\` makes it anew; all of it: [docs/demo.txt](docs/demo.txt)):\n\n\`\`\`text\n${shown}\n\`\`\`\n<!-- /recording -->${after}`,
)

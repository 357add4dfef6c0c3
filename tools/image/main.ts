import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWithoutDocker, startsAndAnswers } from './build.ts'
import { isIgnoredBy } from './ignored.ts'
import { lintDockerfile } from './lint.ts'

const { values } = parseArgs({
  options: { out: { type: 'string' }, port: { type: 'string', default: '18190' } },
})
const text = readFileSync('Dockerfile', 'utf8')
const ignored = isIgnoredBy(readFileSync('.dockerignore', 'utf8'))
const say = (line: string) => process.stdout.write(`${line}\n`)

const faults = lintDockerfile(text, { isInContext: path => existsSync(path) && !ignored(path) })
for (const fault of faults) say(`Dockerfile:${fault}`)
if (faults.length > 0) process.exit(1)
say('Dockerfile: no faults')

if (values.out) {
  const stage = buildWithoutDocker(text, values.out, path => ignored(relative('.', path)))
  const isWell = await startsAndAnswers(stage, { port: Number(values.port), timeoutMs: 60_000 })
  say(
    isWell
      ? `built in ${stage.root}, and it answers on /healthz`
      : 'it was built, and does not answer on /healthz',
  )
  process.exit(isWell ? 0 : 1)
}

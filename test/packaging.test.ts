import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { Settings } from '../src/config.ts'
import { isIgnoredBy } from '../tools/image/ignored.ts'
import { lintDockerfile } from '../tools/image/lint.ts'

const dockerfile = readFileSync('Dockerfile', 'utf8')
const compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true })

/** Files of the project in the image: the sources of the last stage's COPY lines. */
const copied = dockerfile
  .split(/^FROM /m)
  .at(-1)
  ?.split('\n')
  .flatMap(line => /^COPY (?!--from)(\S+) /.exec(line)?.[1] ?? [])

test('the image runs as nobody special, tells whether it lives, and has one volume', () => {
  const last = dockerfile.split(/^FROM /m).at(-1) ?? ''
  expect(dockerfile.match(/^FROM \S+-slim\b/gm)).toHaveLength(2)
  expect(last).toMatch(/^USER node$/m)
  expect(last).toMatch(/^HEALTHCHECK [\s\S]+\/healthz/m)
  expect(last.match(/^VOLUME/gm)).toHaveLength(1)
  expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('CMD ["node", "--disable'))
})

const isIgnored = isIgnoredBy(readFileSync('.dockerignore', 'utf8'))
const lint = (text: string) =>
  lintDockerfile(text, { isInContext: path => existsSync(path) && !isIgnored(path) })

test('the linter finds nothing in the Dockerfile', () => {
  expect(lint(dockerfile)).toEqual([])
  expect(['.env', 'data/state', 'data/state/x.json', 'test', 'data/faq'].map(isIgnored)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ])
})

test.each([
  ['FROM node:24-bookworm-slim AS packages', 'FROM node AS packages', /names no version/],
  ['USER node', '', /runs as root/],
  ['USER node', 'USER 0', /runs as root/],
  ['COPY src ./src', 'COPY . .', /COPY \./],
  ['COPY src ./src', 'COPY source ./src', /source is not there/],
  ['COPY src ./src', 'COPY data/state ./state', /data\/state is not there, or is ignored/],
  ['COPY src ./src', 'ADD https://x.example/src.tar .', /use COPY/],
  ['--from=packages', '--from=elsewhere', /no earlier stage/],
  ['npm ci', 'npm install', /npm ci/],
  ['VOLUME /data', '', /VOLUME/],
  ['HEALTHCHECK --', '#', /HEALTHCHECK/],
  ['NODE_ENV=production', 'DATABASE_PASSWORD=hunter2', /a secret/],
  ['CMD ["node", "--disable', 'CMD node "--disable', /exec form/],
  ['RUN mkdir', 'RUN apt-get install -y curl && mkdir', /no-install-recommends/],
])('the linter finds what is wrong with 「%s」 as 「%s」', (good, bad, fault) => {
  expect(dockerfile).toContain(good)
  expect(lint(dockerfile.replace(good, bad)).join('\n')).toMatch(fault)
})

test('the image starts the bot as npm start does', () => {
  const command = JSON.parse(/^CMD (\[.+\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[]
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  // Docker and systemd start the program itself: only npm stands between it and its starter.
  const direct = scripts.start.replace(' --ends-with-starter', '')
  expect(command.join(' ')).toBe(direct)
  const unit = readFileSync('docs/deploy/chuangke.service', 'utf8')
  expect(unit).toContain(`ExecStart=/opt/chuangke/node_modules/.bin/${direct}\n`)
})

test('what is copied is there, and not kept out of the build', () => {
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n')
  for (const name of copied ?? []) {
    expect([name, existsSync(name)]).toEqual([name, true])
    expect(ignored).toContain(`!${name}`)
  }
})

test('the same files without Docker are enough: the bot reads its settings, data and prompts from them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-image-'))
  try {
    for (const name of copied ?? []) {
      const isState = (path: string) => /^data\/(state|notices)\b/.test(path)
      cpSync(name, join(folder, name), { recursive: true, filter: path => !isState(path) })
    }
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
    const environment = { PATH: process.env.PATH, STATE_DIR: join(folder, 'state'), OPENAI_API_KEY: '' }
    const args = ['--disable-warning=ExperimentalWarning', 'src/cli.ts', 'ask', '高企怎么报']
    const options = { cwd: folder, env: environment, encoding: 'utf8' } as const
    expect(execFileSync(process.execPath, args, options)).toContain('高新技术企业')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('compose runs the bot with either store, and every setting it gives is one', () => {
  const { bot, 'bot-embedded': embedded, database } = compose.services
  expect([bot.environment.STORE, embedded.environment.STORE]).toEqual(['postgres', 'lowdb'])
  for (const service of [bot, embedded]) {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], ports: ['127.0.0.1:3000:3000'] })
    expect(service.environment).toMatchObject({ HOST: '0.0.0.0', STATE_DIR: '/data/state' })
    for (const name of Object.keys(service.environment)) expect(Object.keys(Settings.shape)).toContain(name)
  }
  expect(Number(/^postgres:(\d+)/.exec(database.image)?.[1])).toBeGreaterThanOrEqual(15)
  expect(database.ports).toBeUndefined()
  expect(bot.depends_on.database.condition).toBe('service_healthy')
})

test('the sample proxies tell only what they know about a client', () => {
  expect(readFileSync('docs/deploy/nginx.conf', 'utf8')).toContain('X-Forwarded-For $remote_addr;')
  for (const file of ['docs/deploy/nginx.conf', 'docs/deploy/Caddyfile']) {
    expect(readFileSync(file, 'utf8')).toContain('TRUSTED_PROXIES=127.0.0.1')
  }
})

test('old packages that wechaty brings along are replaced', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version?: string; name?: string }>
  }
  const kept = Object.entries(packages).flatMap(([path, { version = '', name }]) => {
    const said = name ?? path.split('node_modules/').at(-1) ?? ''
    const old = { request: /./u, cheerio: /^0/u, 'form-data': /^[0-3]\./u, 'tough-cookie': /^[0-4]\./u }
    const more = { 'fast-xml-parser': /^[0-4]\./u, xml2js: /^0\.[0-5]\./u, 'nth-check': /^1\./u }
    return new Map(Object.entries({ ...old, ...more })).get(said)?.test(version) ? [`${said} ${version}`] : []
  })
  expect(kept).toEqual([])
})

test('each old package that stays is reasoned in the decision about them, and none is that is gone', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version?: string }>
  }
  const old = { phin: /^2/u, jimp: /^0\.16/u, 'file-type': /^16/u, unzipper: /^0\.10/u, fstream: /^1/u }
  const older = new Map(Object.entries({ ...old, rimraf: /^2/u, uuid: /^[0-8]\./u }))
  const [, exceptions = ''] = readFileSync(
    'docs/decisions/2026-11-30-old-transitive-packages.md',
    'utf8',
  ).split('Exceptions:')
  const found = Object.entries(packages).map(([path, { version = '' }]) => {
    const name = path.split('node_modules/').at(-1) ?? ''
    return older.get(name)?.test(version) ? name : ''
  })
  expect([...older.keys()].filter(name => exceptions.includes(`${name} `)).sort()).toEqual(
    [...new Set(found)].filter(name => name !== '').sort(),
  )
})

test('the overrides that are listed are those of the package', () => {
  const { overrides } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    overrides: Record<string, string>
  }
  const decision = readFileSync('docs/decisions/2026-11-30-old-transitive-packages.md', 'utf8')
  const rows = [...decision.matchAll(/^\| (?<name>[\w-]+) /gmu)].map(({ groups }) => groups?.name ?? '')
  // The compiler is held back for its platforms, not for an advisory.
  expect(Object.keys(overrides).filter(name => name !== '@swc/core')).toEqual(
    rows.filter(name => name !== 'package' && !name.startsWith('-')).sort(),
  )
})

import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { openConsoleWarning } from '../src/app/files/settings.ts'
import { ConfigFault, readConfig, Settings } from '../src/config.ts'

const example = readFileSync('.env.example', 'utf8')

describe('.env.example', () => {
  test('names every setting and no other', () => {
    const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    expect(names).toEqual(Object.keys(Settings.shape))
  })
  test('shows the defaults', () => {
    expect(readConfig(parseEnv(example))).toEqual(readConfig({}))
  })
  test('says something in Chinese above every setting', () => {
    const lines = example.split('\n')
    const bare = lines.filter(
      (line, i) => /^[A-Z_]+=/.test(line) && !/^(#.*\p{Script=Han}|[A-Z_]+=)/u.test(lines[i - 1] ?? ''),
    )
    expect(bare).toEqual([])
  })
})

describe('settings that are wrong', () => {
  const fault = (environment: NodeJS.ProcessEnv) => {
    try {
      readConfig(environment)
    } catch (cause) {
      return cause instanceof ConfigFault ? cause.message : undefined
    }
  }
  test('are listed all at once, by name', () => {
    const said = fault({ PORT: 'abc', STORE: 'cloud' })
    expect(said).toContain('PORT')
    expect(said).toContain('STORE')
  })
  test.each([
    ['PORT', 'abc', 'PORT：要写成数字'],
    ['PORT', '1.5', 'PORT：要写成整数'],
    ['PORT', '99999', 'PORT：最大 65535'],
    ['PUBLIC_PORT', 'abc', 'PUBLIC_PORT：要写成数字'],
    ['AUDIT_DAYS', '30', 'AUDIT_DAYS：最小 180'],
    ['STORE', 'cloud', 'STORE：只能写 lowdb、postgres、memory'],
    ['CONSOLE_URL', 'bot', 'CONSOLE_URL：要写成完整的网址，例如 https://example.org'],
    ['HOST', '', undefined],
  ])('%s=%s is told as 「%s」', (name, value, said) => {
    expect(
      fault({ [name]: value })
        ?.split('\n')
        .at(-1)
        ?.trim(),
    ).toBe(said)
  })
  test.each(Object.keys(Settings.shape))('%s is told in words of people, whatever is wrong with it', name => {
    const said = ['abc', '-1', '1.5', '99999999999', ' x y ', '"'].map(
      value => fault({ [name]: value }) ?? '',
    )
    expect(said.filter(text => /无效|期望|实际|数值过|必须满足|NaN|string|number/.test(text))).toEqual([])
  })
  test('are never shown with their value, which may be a secret', () => {
    expect(fault({ CONSOLE_PASSWORD: 'geheim' })).not.toContain('geheim')
  })
})

test('a setting that is left empty takes its default', () => {
  expect(readConfig({ PORT: '', STORE: '' })).toEqual(readConfig({}))
})

test('the configuration cannot be changed', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true)
})

test.each([
  ['puppet_paimon_abc', 'puppet_paimon_abc'],
  [' puppet_paimon_abc ', 'puppet_paimon_abc'],
  ['"puppet_paimon_abc"', 'puppet_paimon_abc'],
  ['“puppet_paimon_abc”', 'puppet_paimon_abc'],
])('a token written as %s is %s', (written, token) => {
  const { WECHATY_PUPPET_SERVICE_TOKEN } = readConfig({ WECHATY_PUPPET_SERVICE_TOKEN: written })
  expect(WECHATY_PUPPET_SERVICE_TOKEN).toBe(token)
})

test.each(['puppet_paimon abc', 'puppet"paimon', '"puppet'])(
  'a token %s is refused, and not shown',
  written => {
    expect(() => readConfig({ WECHATY_PUPPET_SERVICE_TOKEN: written })).toThrow(
      /^(?!.*paimon)[\s\S]*不能有空格和引号/,
    )
  },
)

test.each([
  ['127.0.0.1', '', false],
  ['localhost', '', false],
  ['0.0.0.0', '', true],
  ['192.168.1.5', 'http://bot.example', true],
  ['0.0.0.0', 'https://bot.example', false],
])('a console at %s reached by 「%s」 warns: %s', (HOST, CONSOLE_URL, warns) => {
  expect(openConsoleWarning({ HOST, CONSOLE_URL }) !== undefined).toBe(warns)
})

import terminal from 'node:console'
import { expect, test, vi } from 'vitest'
import { hideFromConsole } from '../../../src/adapters/wechaty/hidden-token.ts'
import { explainFault, withoutToken } from '../../../src/adapters/wechaty/messages/faults.ts'

const token = 'puppet_secret_0f3a'

test('a token is printed by nobody, within texts, errors and objects', () => {
  const written = vi.spyOn(terminal, 'error').mockImplementation(() => {})
  hideFromConsole(token)
  terminal.error(`WechatyToken.discover() for "${token}"`)
  terminal.error(new Error(`endpoint<https://api.chatie.io/v0/hosties/${token}> rejection`))
  terminal.error({ path: `/v0/hosties/${token}` })
  terminal.error('%s stays', 'this')
  const lines = written.mock.calls.map(call => call.map(String).join(' '))
  expect(lines.join('\n')).not.toContain(token)
  expect(lines[0]).toBe('WechatyToken.discover() for "(hidden)"')
  expect(written.mock.calls[3]).toEqual(['%s stays', 'this'])
})

const failed = `14 UNAVAILABLE: Wechaty service discovery / resolution failed for target wechaty://api.chatie.io/${token}: WechatyToken discover() endpoint<https://api.chatie.io/v0/hosties/${token}> rejection: Error: getaddrinfo ENOTFOUND api.chatie.io`

test.each([failed, `token "${token}" does not exist`, `resolution failed for target wechaty:${token}: no`])(
  'nor logged: %s',
  reason => expect(withoutToken(reason)).not.toContain(token),
)

test('that the gateway is not found by its token is said so, and nothing of encryption', () => {
  expect(explainFault(failed, false)).toMatch(/令牌.*没有找到网关/u)
})

import { expect, test } from 'vitest'
import { explainFault, isDeadLine, reasonInPayload } from '../../../src/adapters/wechaty/messages/faults.ts'

test.each([
  ['16 UNAUTHENTICATED: Invalid Wechaty TOKEN "x"', true, '令牌'],
  [
    '14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1',
    true,
    '没有开着',
  ],
  ['14 UNAVAILABLE: No connection established. Last error: self-signed certificate', true, 'TLS'],
  ['14 UNAVAILABLE: Name resolution failed for target dns:nowhere', true, '找不到网关的地址'],
  ['14 UNAVAILABLE: Connection dropped', true, '连不上网关'],
  ['13 INTERNAL: Received RST_STREAM with code 2', true, '线路出错'],
  ['1 CANCELLED: Cancelled on client', true, '线路出错'],
  ['6 ALREADY_EXISTS: GrpcServerImpl.event() can not call twice.', true, '另一个程序'],
  ['silent for 13000 ms', false, '没有任何回应'],
  ['no contact 14', false, '线路出错'],
])('%s', (reason, isDead, explanation) => {
  expect(isDeadLine(reason)).toBe(isDead)
  expect(explainFault(reason, false)).toContain(explanation)
})

test.each([
  [{ gerror: '{"message":"14 UNAVAILABLE: gone"}' }, '14 UNAVAILABLE: gone'],
  [{ gerror: '{"message":"Invalid Wechaty TOKEN \\"sesame\\""}' }, 'Invalid Wechaty TOKEN (hidden)'],
  [{ gerror: 'no JSON' }, 'no JSON'],
  [{ gerror: '{}', data: 'old form' }, 'old form'],
  [{}, 'unknown'],
])('%j is read as %s', (payload, reason) => {
  expect(reasonInPayload(payload)).toBe(reason)
})

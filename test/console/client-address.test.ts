import { expect, test } from 'vitest'
import { createClientAddress } from '../../src/console/client-address.ts'

test.each([
  ['', '203.0.113.9', undefined, '203.0.113.9'],
  ['', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
  ['127.0.0.1', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['127.0.0.1', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  // The client's own entries stand before the proxy's.
  ['127.0.0.1', '127.0.0.1', '6.6.6.6, 198.51.100.1', '198.51.100.1'],
  ['127.0.0.1, 10.1.0.0/16', '127.0.0.1', '6.6.6.6,198.51.100.1,10.1.2.3', '198.51.100.1'],
  ['10.1.0.0/16', '10.2.0.1', '198.51.100.1', '10.2.0.1'],
  ['10.1.0.0/16', '10.1.0.1', '10.1.0.2', '10.1.0.2'],
  ['fd00::/8', 'fd00::1', '2001:db8::5', '2001:db8::5'],
  ['127.0.0.1', '127.0.0.1', 'unknown', 'unknown'],
  ['127.0.0.1', '127.0.0.1', '', '127.0.0.1'],
  ['', undefined, undefined, 'unknown'],
])('with the proxies 「%s」, %s forwarding for %s is %s', (trusted, peer, forwardedFor, client) => {
  expect(createClientAddress(trusted)(peer, forwardedFor)).toBe(client)
})

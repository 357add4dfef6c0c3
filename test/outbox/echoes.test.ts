import { expect, test } from 'vitest'
import { createEchoes } from '../../src/outbox/ledger/echoes.ts'
import type { DeliveryLedger } from '../../src/outbox/ledger/ledger.ts'
import type { StoredDelivery } from '../../src/outbox/ledger/records.ts'
import { createWorld } from '../conversation.ts'

const here = { groupId: 'youkongjian' }
const elsewhere = { groupId: 'hengfeng' }

/** Waits in one group for a picture, which has no words to be known by. */
function awaitPicture() {
  const echoes = createEchoes({} as DeliveryLedger, createWorld().clock)
  echoes.expect({ key: 'a/1', value: { target: here } } as StoredDelivery, {})
  return echoes
}

test('an early echo confirms the delivery to its own chat', () => {
  const echoes = awaitPicture()
  echoes.match({ messageId: '7', target: here, text: '' })
  expect(echoes.learn('a/1', '7')).toBe(true)
})

test('an early echo with the same id in another chat confirms nothing', () => {
  const echoes = awaitPicture()
  echoes.match({ messageId: '7', target: elsewhere, text: '' })
  expect(echoes.learn('a/1', '7')).toBe(false)
})

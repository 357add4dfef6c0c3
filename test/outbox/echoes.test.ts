import { expect, test } from 'vitest'
import { createEchoes } from '../../src/outbox/ledger/echoes.ts'
import type { DeliveryLedger } from '../../src/outbox/ledger/ledger.ts'
import type { StoredDelivery } from '../../src/outbox/ledger/records.ts'
import { matchEcho } from '../../src/outbox/ledger/rules.ts'
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

test('nor where a picture waits in that chat as well', () => {
  const echoes = awaitPicture()
  echoes.expect({ key: 'b/1', value: { target: elsewhere } } as StoredDelivery, {})
  echoes.match({ messageId: '7', target: elsewhere, text: '' })
  expect(echoes.learn('a/1', '7')).toBe(false)
  expect(echoes.learn('b/1', '7')).toBe(true)
})

test('an id that is used again proves nothing: heard before the message, or of one that was given up long ago', () => {
  const { clock } = createWorld()
  const echoes = createEchoes({} as DeliveryLedger, clock)
  const picture = (key: string) => echoes.expect({ key, value: { target: here } } as StoredDelivery, {})
  echoes.expect({ key: 'b/1', value: { target: elsewhere } } as StoredDelivery, { text: '别的群' })
  // A reply in this group, and its echo once more.
  for (const id of ['7', '7']) echoes.match({ messageId: id, target: here, text: '一句回复' })
  picture('a/1')
  expect(echoes.learn('a/1', '7')).toBe(false)
  picture('a/2')
  echoes.match({ messageId: '8', target: here, text: '一句回复' })
  clock.forward({ minutes: 3 })
  picture('a/3')
  expect(echoes.learn('a/3', '8')).toBe(false)
})

const sent = '📣 政策速递（12月5日）\n\n1. 高企认定补助 20 万元\n   原文：https://kjt.fujian.gov.cn/a/1.html'
test.each<[string, string, boolean]>([
  ['without emoji', sent.replace('📣 ', ''), true],
  ['with emoji as words', sent.replace('📣', '[喇叭]'), true],
  ['with the link rewritten', sent.replace('https://kjt.fujian.gov.cn/a/1.html', 'https://t.cn/Ab3'), true],
  ['with blanks collapsed', sent.replaceAll(/\s+/gu, ' '), true],
  [
    'with wide marks made narrow',
    sent.replaceAll('（', '(').replaceAll('）', ')').replaceAll('：', ':'),
    true,
  ],
  ['behind a mention', `@优空间-小美\u2005${sent.replace('📣 ', '')}`, true],
  ['with another figure', sent.replace('20 万元', '30 万元'), false],
  ['with more behind', `${sent} 已截止`, false],
])('an echo %s is told by its words where the line gave no id', (_, text, isKnown) => {
  const one = { key: 'a/1', target: here, text: sent }
  expect(matchEcho([one], { messageId: '9', target: here, text }) === one).toBe(isKnown)
  expect(matchEcho([one], { messageId: '9', target: elsewhere, text })).toBeUndefined()
  // Known by its id, it waits for that one.
  const known = { ...one, messageId: '5' }
  if (text !== sent) expect(matchEcho([known], { messageId: '9', target: here, text })).toBeUndefined()
})

test.each([
  ['as it was sent', '通知：各位创客，明天停水半天'],
  ['behind a mention', '@小美\u2005通知：各位创客，明天停水半天'],
  ['rewritten', '通知:各位创客,明天停水半天'],
])('an echo %s confirms no shorter message that ends in the same words', (_, text) => {
  const short = { key: 'a/1', target: here, text: '各位创客，明天停水半天' }
  const whole = { key: 'b/1', target: here, text: '通知：各位创客，明天停水半天' }
  const shortAsHeard = { ...short, key: 'c/1', text: '各位创客,明天停水半天' }
  const echo = { messageId: '9', target: here, text }
  expect(matchEcho([short, shortAsHeard, whole], echo)).toBe(whole)
  expect(matchEcho([whole, shortAsHeard, short], echo)).toBe(whole)
})

test('of two messages of the same words the one whose id is not known yet is confirmed', () => {
  const text = '各位创客，明天停水半天'
  const known = { key: 'a/1', target: here, text, messageId: '5' }
  const unknown = { key: 'b/1', target: here, text }
  expect(matchEcho([known, unknown], { messageId: '9', target: here, text })).toBe(unknown)
  expect(matchEcho([known, unknown], { messageId: '5', target: here, text })).toBe(known)
})

test('a short text has too little to be known by once it is rewritten', () => {
  const one = { key: 'a/1', target: here, text: '签到开始啦🎉' }
  expect(matchEcho([one], { messageId: '9', target: here, text: '签到开始啦' })).toBeUndefined()
})

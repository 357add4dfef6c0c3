import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { tellInstructors } from '../../../src/features/desk/chat/own-instructors.ts'
import type { Message } from '../../../src/ports/chat.ts'

const instructors = async () => [
  { chatId: 'he', name: '何国平', title: '何老师', desks: [], spaces: [] },
  { chatId: 'lin', name: '林岚', title: '林老师', desks: ['项目申报'], spaces: ['g1'] },
  { chatId: 'su', name: '苏晴', title: '苏老师', desks: ['法律咨询'], spaces: ['g2'] },
]
const receivedAt = Temporal.Instant.from('2026-11-29T02:00:00Z')
const said = (text: string, groupId?: string): Message => ({
  id: 'm1',
  senderId: 'mei',
  senderName: '小梅',
  text,
  mentionsBot: true,
  sentAt: receivedAt,
  receivedAt,
  ...(groupId === undefined ? {} : { groupId }),
})

test.each(['我的指导员是谁', '我们空间的指导员是谁', '怎么联系指导员'])('%s', async text => {
  const reply = await tellInstructors(said(text, 'g1'), instructors)
  expect(reply?.split('\n').slice(0, 3)).toEqual([
    '本群的指导员：',
    '· 林岚（林老师），管项目申报',
    '· 何国平（何老师）',
  ])
  expect(reply).not.toContain('苏晴')
  expect(reply).toContain('转人工')
})

test('in private all are named; other questions, and a list without anybody, are for others to answer', async () => {
  expect(await tellInstructors(said('我的指导员是谁'), instructors)).toContain('苏晴')
  expect(await tellInstructors(said('指导员能帮我们申请补贴吗', 'g1'), instructors)).toBeUndefined()
  expect(await tellInstructors(said('群主是谁', 'g1'), instructors)).toBeUndefined()
  expect(await tellInstructors(said('我的指导员是谁', 'g1'), async () => [])).toBeUndefined()
})

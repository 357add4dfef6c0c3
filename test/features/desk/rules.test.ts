import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { answerersFor, deskFor, nextOwner } from '../../../src/features/desk/desks.ts'
import { type Owner, Ticket } from '../../../src/features/desk/records.ts'
import { isSameMatter } from '../../../src/features/desk/same-matter.ts'
import {
  applyTicketEvent,
  dueEvent,
  openTicket,
  type TicketEvent,
  takePlace,
} from '../../../src/features/desk/tickets/rules.ts'
import { desks, he, lawyer } from './desk-world.ts'

const at = Temporal.Instant.from('2026-11-26T14:00:00+08:00')
const owner: Owner = { kind: 'instructor', chatId: 'he', name: '何国平', title: '何老师' }
const organizers: Owner = { kind: 'organizers' }
const fresh = () =>
  openTicket(
    {
      number: 17,
      desk: '政策咨询',
      question: '公司搬到外区高企还有效吗',
      near: [],
      nearEntries: [],
      asker: { chatId: 'mei', memberId: 'm-mei', name: '小美' },
      group: { id: 'g', name: '优空间创客群' },
      owner,
    },
    at,
  )

const owners = fc.constantFrom<Owner>(owner, organizers, { ...owner, chatId: 'lin', name: '林敏' })
const events = fc.oneof(
  fc.constant<TicketEvent>({ kind: 'remind' }),
  owners.map((to): TicketEvent => ({ kind: 'hand-on', to })),
  fc.string().map((text): TicketEvent => ({ kind: 'answer', text, byName: '何国平', byTitle: '何老师' })),
  fc.string().map((text): TicketEvent => ({ kind: 'follow-up', text })),
  fc
    .constantFrom<'asker' | 'organizer' | 'time'>('asker', 'organizer', 'time')
    .map((by): TicketEvent => ({ kind: 'close', by, byName: '' })),
)

describe('a ticket', () => {
  test('has an owner until it is closed, keeps every word, and stays closed, in any order of events', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), all => {
        let ticket = fresh()
        for (const [i, event] of all.entries()) {
          const before = ticket
          ticket = applyTicketEvent(before, event, at.add({ minutes: i }))
          expect(Ticket.safeParse(ticket).success).toBe(true)
          expect(['instructor', 'organizers']).toContain(ticket.owner.kind)
          expect(ticket.turns.slice(0, before.turns.length)).toEqual(before.turns)
          expect(ticket.letters.slice(0, before.letters.length)).toEqual(before.letters)
          if (before.state === 'closed') expect(ticket).toBe(before)
          else if (event.kind === 'answer') expect(ticket.state).toBe('answered')
          else if (event.kind === 'follow-up') expect(['open', 'waiting']).toContain(ticket.state)
          if (ticket.state === 'closed') expect(ticket.closed).toBeDefined()
          else expect(ticket.closed).toBeUndefined()
        }
      }),
    )
  })
  test('notifies a person of everything that needs an action', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), all => {
        let ticket = fresh()
        for (const event of all) {
          const before = ticket
          ticket = applyTicketEvent(before, event, at)
          if (ticket === before) continue
          const letters = ticket.letters.slice(before.letters.length)
          const isQuietEnd = event.kind === 'close' && before.state === 'answered'
          expect(letters).toHaveLength(isQuietEnd ? 0 : 1)
          if (event.kind === 'hand-on') expect(letters[0]?.to).toEqual(event.to)
          if (event.kind === 'answer') expect(letters[0]?.to).toBe('asker')
        }
      }),
    )
  })
  test('left alone, ends with the organizers and stays theirs', () => {
    let ticket = fresh()
    let now = at
    for (let hours = 0; hours < 24 * 30; hours++) {
      now = now.add({ hours: 1 })
      const event = dueEvent(ticket, organizers, now)
      if (event) ticket = applyTicketEvent(ticket, event, now)
    }
    expect(ticket.owner).toEqual(organizers)
    expect(ticket.state).toBe('waiting')
    expect(ticket.letters.map(({ kind }) => kind)).toEqual(['ask', 'remind', 'ask', 'remind'])
  })
  test('says no when it has become a conversation', () => {
    let ticket = fresh()
    for (let i = 0; i < 40; i++) ticket = applyTicketEvent(ticket, { kind: 'follow-up', text: `${i}` }, at)
    expect(() => applyTicketEvent(ticket, { kind: 'follow-up', text: 'x' }, at)).toThrow('来回很多次')
  })
})

describe('a merged ticket', () => {
  const merged = () => applyTicketEvent(fresh(), { kind: 'merge', into: 16 }, at)
  test('that is taken out is asked anew, and reminded of like a new one', () => {
    const later = at.add({ hours: 24 })
    const apart = applyTicketEvent(
      applyTicketEvent(merged(), { kind: 'remind' }, at),
      { kind: 'split' },
      later,
    )
    expect(apart).toMatchObject({ state: 'open', askedSince: later.toString() })
    expect(apart.mergedInto).toBeUndefined()
    expect(apart.letters.at(-1)).toMatchObject({ kind: 'ask', to: owner })
    expect(dueEvent(apart, organizers, later.add({ hours: 24 * 4 }))).toEqual({ kind: 'remind' })
  })
  test('that is answered stays with the other one', () => {
    const answer: TicketEvent = { kind: 'answer', text: '有效', byName: '何国平', byTitle: '何老师' }
    const answered = applyTicketEvent(merged(), answer, at)
    expect(applyTicketEvent(answered, { kind: 'split' }, at)).toBe(answered)
  })
})

describe('whose matter it is', () => {
  const ticket = fresh()
  const now = at.add({ minutes: 10 })
  test.each([
    ['公司搬到外区，高企资格还有效吗？', true, 'near the same question'],
    ['那要重新认定吗', true, 'leans on it'],
    ['我们是去年拿的证', true, 'adds to it'],
    ['高企怎么报', false, 'names its own matter'],
    ['我们公司雇了俩人写系统，工资年底报税能多抵点不', false, 'asks about another matter'],
    ['我们招了三个应届生，社保能补一点吧', false, 'asks about another matter'],
    ['那里的停车场收费吗', false, '「那里」 does not lean'],
  ])('「%s」: %s, it %s', (text, expected) => {
    expect(isSameMatter(ticket, text, { at: now, isLastSpokenOf: true })).toBe(expected)
  })
  test('nothing leans on what was spoken of before something else, or half an hour ago', () => {
    expect(isSameMatter(ticket, '那要重新认定吗', { at: now, isLastSpokenOf: false })).toBe(false)
    const later = at.add({ minutes: 31 })
    expect(isSameMatter(ticket, '那要重新认定吗', { at: later, isLastSpokenOf: true })).toBe(false)
  })
})

describe('a place in the day', () => {
  test('is one for a question that is still open', () => {
    const day = { opened: [{ number: 3, question: '高企怎么报' }] }
    const again = { number: 9, question: '高企怎么申报？' }
    expect(takePlace(day, again, () => false)).toEqual({ day, number: 3 })
    expect(takePlace(day, again, () => true).number).toBe(9)
  })
})

describe('a desk', () => {
  test.each([
    ['合伙人违约了能起诉吗', undefined, '法律咨询'],
    ['想找大学教授联合攻关一个技术难题', undefined, '高校对接'],
    ['专精特新今年什么时候认定', undefined, '项目申报'],
    ['这个怎么弄', '项目申报', '项目申报'],
    ['这个怎么弄', '没有这张台', '政策咨询'],
    ['这个怎么弄', undefined, '政策咨询'],
    ['想转到法律咨询', '项目申报', '法律咨询'],
  ])('of 「%s」, near %s, is %s', (question, near, expected) => {
    expect(deskFor(desks, question, near)).toBe(expected)
  })
})

describe('who answers', () => {
  const general = he
  const forSpace = { ...he, chatId: 'space', spaces: ['g'] }
  const forBoth = { ...he, chatId: 'both', desks: ['法律咨询'], spaces: ['g'] }
  const all = [general, forSpace, lawyer, forBoth]
  const order = (desk: string, groupId: string | undefined) =>
    answerersFor(all, { desk, groupId }).map(({ chatId }) => chatId)
  test('is who knows most of desk and space', () => {
    expect(order('法律咨询', 'g')).toEqual(['both', 'lin', 'space', 'he'])
    expect(order('政策咨询', 'g')).toEqual(['space', 'he'])
    expect(order('法律咨询', 'other')).toEqual(['lin', 'he'])
    expect(order('法律咨询', undefined)).toEqual(['both', 'lin', 'space', 'he'])
  })
  test('is the organizers after everybody was asked', () => {
    const answerers = answerersFor(all, { desk: '法律咨询', groupId: 'g' })
    expect(nextOwner(answerers, ['both', 'lin'])).toMatchObject({ chatId: 'space' })
    expect(nextOwner(answerers, ['both', 'lin', 'space', 'he'])).toEqual(organizers)
  })
})

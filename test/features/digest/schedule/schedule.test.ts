import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createWorld } from '../../../conversation.ts'
import { createMortalStep, createMortalStore, pass } from '../../../outbox/world.ts'
import { anItem, createItemList, deadline, groupCard, groups, openDigest } from '../world.ts'

const onThursday = () => createWorld('2026-11-26T16:00:00+08:00')

describe('a plan', () => {
  test('composes the day before, asks for review word for word, and sends on time what was approved', async () => {
    const { world, start, forward, outbox, lin, toldTo, arrived } = openDigest({ world: onThursday() })
    await start()
    expect(toldTo('lin')).toEqual([])
    await forward({ minutes: 30 })
    const [asked] = toldTo('lin')
    expect(asked).toContain('推送 1「政策速递」等审核：机器人拟的，明天 16:30 发，发到 3 个群')
    expect(asked).toContain('「通过 1」')
    const [, text = ''] = /\n\n(政策速递[\s\S]*)$/u.exec(asked ?? '') ?? []
    await lin.says('通过 1', '推送 1 通过了，明天 16:30 发到 3 个群')
    await forward({ hours: 24 })
    await outbox.stop()
    const said = world.said.filter(({ target }) => 'groupId' in target)
    expect(said.map(({ target }) => target)).toEqual(groups.map(groupId => ({ groupId })))
    expect(new Set(said.map(({ reply }) => reply.text))).toEqual(new Set([text]))
    const seconds = said.map(({ at }) => Temporal.Instant.from(at).epochMilliseconds / 1000)
    expect(seconds.map(second => second - (seconds[0] ?? 0))).toEqual([0, 4, 8])
    expect(text).toContain('政策速递 2026年11月27日')
    expect(arrived()).toEqual(groups)
    expect(world.log.lines).toEqual([])
  })

  test('without approval does not go out: its author is told, may have it approved for two hours, then it expires', async () => {
    const { start, forward, outbox, lin, org, toldTo, arrived, forget } = openDigest()
    await start()
    await forward({ minutes: 30 })
    expect(toldTo('org').at(-1)).toContain(
      '推送 1「政策速递」到点了没有发：还没有人通过。今天 18:30 以前说「通过 1」还会发',
    )
    expect(arrived()).toEqual([])
    forget()
    await forward({ minutes: 121 })
    expect(toldTo('org').at(-1)).toContain('过了时效，没有发：到点时没有人审核')
    await lin.says('通过 1', '已经过期了，没有发')
    await org.says('推送情况 1', '过期未发')
    await outbox.stop()
    expect(arrived()).toEqual([])
  })

  test('approved late, but in time, it goes out at once', async () => {
    const { start, forward, outbox, lin, arrived, world } = openDigest()
    await start()
    await forward({ minutes: 60 })
    await lin.says('通过 1', '好，推送 1 开始发了，共 3 个群')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })

  test('tells what is new only; with nothing new, organizers hear of it and groups hear nothing', async () => {
    const { world, start, forward, outbox, itemList, lin, arrived, toldTo } = openDigest()
    await start()
    await lin.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    itemList.put(anItem('fresh'))
    await forward({ hours: 24 * 6 })
    await lin.says('通过 2', '通过了')
    await forward({ hours: 24 })
    const last = world.said.filter(({ target }) => 'groupId' in target).at(-1)?.reply.text
    expect(last).toContain('fresh 的标题')
    expect(last).not.toContain('loan 的标题')
    for (let days = 0; days < 7; days++) await forward({ hours: 24 })
    await outbox.stop()
    expect(arrived()).toEqual([...groups, ...groups])
    const notes = toldTo('org').join('\n')
    expect(notes).toContain('2026年12月11日 16:30 的「政策速递」没有发：没有新的条目')
  })

  test('what is past its last day is never composed', async () => {
    const itemList = createItemList(
      anItem('over', { deadline: deadline('2026-11-26') }),
      anItem('last-day', { deadline: deadline('2026-11-27') }),
    )
    const { start, org } = openDigest({ itemList })
    await start()
    const [, text] = await org.says('预览 1', '推送 1', 'last-day')
    expect(text?.text).not.toContain('over 的标题')
  })

  test('without bound groups the organizers are told', async () => {
    const { start, forward, outbox, toldTo } = openDigest({ cards: [] })
    await start()
    await forward({ minutes: 30 })
    await outbox.stop()
    expect(toldTo('org')).toEqual([expect.stringContaining('绑定本群')])
  })
})

test('what was approved longer ago than the plan looks back is no news', async () => {
  const itemList = createItemList(
    anItem('old', { approvedAt: Temporal.Instant.from('2026-08-01T09:00:00+08:00') }),
    anItem('fresh'),
  )
  const { start, lin } = openDigest({ itemList })
  await start()
  const [, text] = await lin.says('预览 1', '推送 1', 'fresh')
  expect(text?.text).not.toContain('old 的标题')
})

test('「补发未送达」 reaches expired targets too, and none twice', async () => {
  const world = createWorld('2026-11-27T16:00:00+08:00')
  const { start, lin, org, forward, outbox, arrived } = openDigest({ world })
  await start()
  await lin.says('通过 1', '通过了')
  await org.says('暂停发送', '已暂停')
  await forward({ minutes: 30 })
  await forward({ minutes: 150 })
  await org.says('恢复发送', '已恢复')
  await forward({ seconds: 30 })
  expect(arrived()).toEqual([])
  await org.says('推送情况 1', '过了时效 3')
  await org.says('补发未送达 1', '给没送到的 3 个群再发一次')
  await forward({ seconds: 30 })
  await org.says('补发未送达 1', '没有要补发的群')
  await outbox.stop()
  expect(arrived()).toEqual(groups)
})

describe('items that changed since', () => {
  test('a withdrawn or expired one stops the approval', async () => {
    const { start, itemList, lin } = openDigest()
    await start()
    itemList.put(anItem('loan', { state: 'withdrawn' }))
    await lin.says('通过 1', '现在不能发：「loan 的标题」已经撤回')
    itemList.put(anItem('loan', { deadline: deadline('2026-11-26') }))
    await lin.says('通过 1', '现在不能发：「loan 的标题」已经过期')
    itemList.put(anItem('loan', { revision: 2 }))
    await lin.says('通过 1', '现在不能发：「loan 的标题」后来改过')
  })

  test('and again the sending, of what was approved: the organizers hear why', async () => {
    const { start, itemList, lin, org, forward, outbox, arrived, toldTo } = openDigest()
    await start()
    await lin.says('通过 1', '通过了')
    itemList.put(anItem('loan', { state: 'withdrawn' }))
    await forward({ minutes: 30 })
    await outbox.stop()
    expect(arrived()).toEqual([])
    expect(toldTo('org').at(-1)).toContain('推送 1「政策速递」没有发：「loan 的标题」已经撤回')
    await org.says('推送情况 1', '驳回')
  })
})

describe('reminders', () => {
  test('of a deadline go out three days before, once, to the same groups, as they were approved', async () => {
    const itemList = createItemList(anItem('grant', { deadline: deadline('2026-12-10') }))
    const { start, lin, forward, outbox, world, arrived } = openDigest({ itemList })
    await start()
    await lin.says('预览 1', '2026-12-07 上午 9 点还会提醒：3 天后截止（2026年12月10日）', 'grant')
    await lin.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    expect(arrived()).toEqual(groups)
    await forward({ hours: 24 * 9 + 16, minutes: 30 })
    await forward({ hours: 24 })
    await outbox.stop()
    const said = world.said.filter(({ target }) => 'groupId' in target).slice(groups.length)
    expect(said.map(({ reply }) => reply.text?.split('\n')[0])).toEqual(
      groups.map(() => '3 天后截止（2026年12月10日）'),
    )
  })

  test('not where the deadline was put off meanwhile', async () => {
    const itemList = createItemList(anItem('grant', { deadline: deadline('2026-12-10') }))
    const { start, lin, forward, outbox, arrived, toldTo } = openDigest({ itemList })
    await start()
    await lin.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    itemList.put(anItem('grant', { deadline: deadline('2026-12-20'), revision: 2 }))
    await forward({ hours: 24 * 9 + 16, minutes: 30 })
    await outbox.stop()
    expect(arrived()).toEqual(groups)
    expect(toldTo('org').join('\n')).toContain('「截止提醒」没有发：「grant 的标题」后来改过')
  })
})

describe('a deadline that no digest told', () => {
  const onSunday = () => createWorld('2026-12-06T10:00:00+08:00')
  const due = (more = {}) => createItemList(anItem('grant', { deadline: deadline('2026-12-10'), ...more }))

  test('is put up for review a day before its reminder, and goes out once, when it was approved', async () => {
    const { start, lin, forward, outbox, world, arrived, toldTo } = openDigest({
      world: onSunday(),
      itemList: due(),
    })
    await start()
    await lin.says('预览 1', '推送 1：今天 10:00 拟的，待审', '3 天后截止（2026年12月10日）')
    await lin.says('通过 1', '推送 1 通过了，明天 09:00 发到 3 个群')
    await forward({ hours: 23 })
    await forward({ hours: 1 })
    await outbox.stop()
    expect(arrived()).toEqual(groups)
    const said = world.said.filter(({ target }) => 'groupId' in target)
    expect(said.at(-1)?.reply.text).toContain('grant 的标题')
    expect(toldTo('org').join()).not.toContain('到点了没有发')
  })
  test('not where an approved digest brings it along', async () => {
    const world = createWorld('2026-12-03T10:00:00+08:00')
    const { start, org, he, forward, outbox, arrived } = openDigest({ world, itemList: due() })
    await start()
    await org.says('立即推送', '推送 1', 'grant')
    await he.says('通过 1', '开始发了')
    for (let hours = 0; hours < 24 * 5; hours += 1) await forward({ hours: 1 })
    await outbox.stop()
    expect(arrived()).toEqual([...groups, ...groups])
  })
})

describe('restarts', () => {
  test('ten of them around the time send once', async () => {
    let life = openDigest()
    await life.start()
    await life.lin.says('通过 1', '通过了')
    life.world.clock.forward({ minutes: 29, seconds: 38 })
    for (let i = 0; i < 10; i++) {
      life.world.clock.forward({ seconds: 1 })
      life = await life.restart()
    }
    await life.forward({ seconds: 30 })
    await life.outbox.stop()
    expect(life.arrived()).toEqual(groups)
  })

  test('down at the time: it goes out late within its validity', async () => {
    const first = openDigest()
    await first.start()
    await first.lin.says('通过 1', '通过了')
    await first.outbox.stop()
    first.world.clock.forward({ minutes: 30 + 118 })
    const second = await first.restart()
    await second.forward({ seconds: 1 })
    await second.outbox.stop()
    expect(second.arrived()).toEqual(groups)
  })

  test('down for longer: it is not sent, and the organizers are told why', async () => {
    const first = openDigest()
    await first.start()
    await first.lin.says('通过 1', '通过了')
    await first.outbox.stop()
    first.world.clock.forward({ minutes: 30 + 121 })
    const second = openDigest({ world: first.world, itemList: first.itemList, cards: first.cards })
    await second.outbox.start()
    await second.forward({ seconds: 1 })
    await second.outbox.stop()
    expect(second.arrived()).toEqual([])
    expect(second.toldTo('org').at(-1)).toContain('到点时程序没在运行')
  })

  test('down for 85 days: one message tells of all runs that were not composed', async () => {
    const first = openDigest()
    await first.start()
    await first.lin.says('通过 1', '通过了')
    await first.outbox.stop()
    const before = first.toldTo('org').length
    first.world.clock.forward({ hours: 24 * 85 })
    const second = openDigest({ world: first.world, itemList: first.itemList, cards: first.cards })
    await second.outbox.start()
    await second.forward({ seconds: 1 })
    await second.outbox.stop()
    const [runs, approved, ...more] = second.toldTo('org').slice(before)
    expect(approved).toContain('推送 1')
    expect(runs).toMatch(/「.+」1\d 次（2026年12月4日到2027年2月.+到点时程序没在运行/u)
    expect(more).toEqual([])
  })

  test('a crash at any step of the sending neither loses it nor sends it twice', async () => {
    const cards = groups.slice(0, 2).map(id => groupCard(id))
    let isWhole = false
    for (let stepsToLive = 0; !isWhole; stepsToLive += 2) {
      const world = createWorld('2026-11-27T16:00:00+08:00')
      const itemList = createItemList(anItem('loan', { deadline: deadline('2026-12-10') }))
      const first = openDigest({ world, itemList, cards })
      await first.played.jobs.tick()
      await first.lin.send(first.lin.message('预览 1'))
      await first.lin.says('通过 1', '通过了')
      world.clock.forward({ minutes: 30 })
      const { step, kill, isDead } = createMortalStep(stepsToLive)
      const store = createMortalStore(world.store, step)
      const dying = openDigest({ world: { ...world, store }, itemList, cards })
      await Promise.race([dying.played.jobs.tick(), pass(world, 1)])
      isWhole = !isDead()
      kill()
      const second = openDigest({ world, itemList, cards })
      await second.outbox.start()
      await second.forward({ seconds: 40 })
      await second.outbox.stop()
      expect(second.arrived(), `dead after ${stepsToLive} steps`).toEqual(cards.map(({ id }) => id))
      const [list] = await second.org.send(second.org.message('推送列表', { id: 'after' }))
      expect(list?.text?.match(/截止提醒/gu), `dead after ${stepsToLive} steps`).toHaveLength(1)
    }
  })
})

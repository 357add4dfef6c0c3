import { describe, expect, test } from 'vitest'
import { createWorld } from '../../conversation.ts'
import { pass } from '../../outbox/world.ts'
import { anItem, createItemList, groupCard, groups, openDigest } from './world.ts'

/** A Wednesday on which nothing has been composed yet. */
const onWednesday = () => createWorld('2026-11-25T10:00:00+08:00')
/** A team of one, as in the simulated groups. */
const alone = { parts: { mayAuthorApprove: true } }

describe('「预览推送」 and 「预览 12」', () => {
  test('show when, to whom, how long, what of the cap, and the very text that goes out', async () => {
    const { world, org, lin, start, forward, outbox } = openDigest()
    await start()
    const [head, text] = await org.says('预览推送', '推送 1', '政策速递')
    for (const words of [
      '今天 16:30，发到 3 个群，约 12 秒',
      '优空间创客群、恒丰大厦群、蒲公英群',
      '占今天 75 条里的 3 条',
    ]) {
      expect(head?.text).toContain(words)
    }
    expect(await lin.says('预览 1', '推送 1 的原文，一字不差', '政策速递')).toEqual([head, text])
    await lin.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    await outbox.stop()
    const sent = world.said.filter(({ target }) => 'groupId' in target)
    expect(sent.map(({ reply }) => reply)).toEqual([text, text, text])
  })
  test('before it is composed, as it would be now', async () => {
    const { org, start } = openDigest({ world: onWednesday() })
    await start()
    const [head] = await org.says('预览推送', '下一次推送：11月27日 周五 16:30，发到 3 个群', 'loan 的标题')
    expect(head?.text).toContain('明天 16:30 拟好送审，有人通过才发')
  })
  test('say so when there is no such number, nothing new, or the next one is cancelled', async () => {
    const { org } = openDigest({ world: onWednesday(), itemList: createItemList() })
    await org.says('预览 9', '没有编号 9 的推送')
    await org.says('预览推送 全部', '编号没看懂')
    await org.says('预览推送', '还没有新条目')
    await org.says('取消推送', '已取消 11月27日 周五 16:30 的政策速递')
    await org.says('预览推送', '已经取消，不会发')
  })
  test('a reviewer who says 「审核 1」 sees it like with 「预览 1」, and may approve what was shown', async () => {
    const { lin, start } = openDigest()
    await start()
    await lin.says('审核 1', '推送 1', '政策速递')
    await lin.says('通过 1', '通过了')
  })
  test('a group that likes to look gets a picture, and the preview has it too', async () => {
    const cards = groups.map((id, i) => groupCard(id, { form: i === 0 ? 'picture' : 'text' }))
    const { world, org, lin, start, forward, outbox } = openDigest({ cards })
    await start()
    const replies = await org.says('预览 1', '优空间创客群（长图）', '政策速递', '政策速递-1.png')
    await lin.send(lin.message('预览 1'))
    await lin.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    await outbox.stop()
    const sent = world.said.filter(({ target }) => 'groupId' in target).map(({ reply }) => reply)
    expect(sent).toEqual([replies[2], replies[1], replies[1]])
  })
})

describe('「几点推送」', () => {
  test('tells makers the next runs, and an approved push but none that waits', async () => {
    const { org, lin, mei, start, outbox } = openDigest({ world: onWednesday() })
    await start()
    const [told] = await mei.asks('几点推送', '· 11月27日 周五 16:30 政策速递')
    expect(told?.text).toContain('有人审核过才发')
    await org.send(org.message('拟通知 明天10:00 发到 全部\n停水半天。'))
    const [before] = await mei.asks('下次推送什么时候', '政策速递')
    expect(before?.text).not.toContain('停水')
    await org.says('送审 1', '推送 1 等另一位同事审核', '停水半天。')
    await lin.send(lin.message('预览 1'))
    await lin.says('通过 1', '通过了')
    await mei.asks('下次推送什么时候', '· 明天 10:00 停水半天\n· 11月27日 周五 16:30 政策速递')
    // In private anyone may ask: a title may be meant for one group alone.
    const [alone] = await lin.asks('下次推送什么时候', '政策速递')
    expect(alone?.text).not.toContain('停水')
    await outbox.stop()
  })
  test('in a group, those for this group alone', async () => {
    const { mei, start, outbox } = openDigest({
      world: onWednesday(),
      cards: groups.map((id, at) => groupCard(id, { isOrganizers: at === 0 })),
    })
    await start()
    await mei.asks('几点推送', '近期没有排好的推送')
    await outbox.stop()
  })
})

describe('「立即推送」', () => {
  test('sends nothing before a second person agrees, then exactly what was shown, once', async () => {
    const { world, org, he, start, outbox, arrived, toldTo } = openDigest({ world: onWednesday() })
    await start()
    const [, text] = await org.says('立即推送', '推送 1 等另一位同事审核，发到 3 个群，约 12 秒', '政策速递')
    await pass(world, 30)
    expect(arrived()).toEqual([])
    expect(toldTo('lin')[0]).toContain('推送 1「政策速递」等审核：陈姐 写的，通过以后就发')
    expect(toldTo('org')).toEqual([])
    await org.says('通过 1', '是你写的，要由另一位组织者或审核人来通过')
    await he.says('通过 1', '好，推送 1 开始发了，共 3 个群')
    await he.says('确认推送 1', '已经发过了，不会再发一遍')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual(groups)
    const sent = world.said.filter(({ target }) => 'groupId' in target)
    expect(sent.map(({ reply }) => reply)).toEqual([text, text, text])
  })
  test('of a team of one is confirmed by its author, and says that no second person looked', async () => {
    const { world, org, start, outbox, arrived } = openDigest({ world: onWednesday(), ...alone })
    await start()
    const [head] = await org.says('立即推送', '推送 1 等你确认，发到 3 个群，约 12 秒', '政策速递')
    expect(head?.text).toContain('「确认推送 1」')
    expect(head?.text).toContain('一人模式开着')
    await org.says('确认推送 1', '好，推送 1 开始发了，共 3 个群')
    await org.says('确认推送 １号', '已经发过了')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
  test('what was pushed by hand is not pushed again on Friday', async () => {
    const { world, org, he, start, forward, outbox, arrived, toldTo } = openDigest({ world: onWednesday() })
    await start()
    await org.says('立即推送', '推送 1', '政策速递')
    await he.says('通过 1', '开始发了')
    await pass(world, 40)
    for (let hours = 0; hours < 60; hours += 6) await forward({ hours: 6, minutes: hours === 0 ? 30 : 0 })
    await outbox.stop()
    expect(arrived()).toEqual(groups)
    expect(toldTo('org').join()).toContain('没有新的条目')
  })
  test('names a stream, or takes the first that has something new', async () => {
    const itemList = createItemList(anItem('chip', { stream: '企业动态' }))
    const { org, start } = openDigest({ world: onWednesday(), itemList })
    await start()
    await org.says('立即推送 政策', '「政策」没有新的条目可推')
    await org.says('立即推送 八卦', '没有「八卦」这个栏目')
    await org.says('立即推送', '推送 1', '企业动态 2026年11月25日')
    await org.says('立即推送 企业', '推送 2', 'chip 的标题')
  })
  test('of a number asks for review again where it was approved for later', async () => {
    const { world, org, lin, start, outbox, arrived } = openDigest()
    await start()
    await lin.says('通过 1', '通过了')
    await org.says('立即推送 1', '推送 1 等你确认', '政策速递')
    expect(arrived()).toEqual([])
    await lin.says('通过 1', '还没有给你看过原文', '推送 1', '政策速递')
    await lin.says('通过 1', '推送 1 开始发了')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
  test('of a draft asks for review; of a digest for another day, with today in its head, and a new look', async () => {
    const { org, he, lin, start } = openDigest({ world: onWednesday() })
    await start()
    await org.says('拟速递 政策 周五10:00', '草稿', '政策速递 2026年11月27日', '草稿')
    await org.says('立即推送 1', '推送 1 等另一位同事审核', '政策速递 2026年11月25日')
    await he.says('改推送 1 时间 周五10:00', '还没有看过')
    await lin.says('预览 1', '待审', '政策速递 2026年11月25日')
  })
  test('of two with the same items only one can be sent', async () => {
    const { world, org, lin, start, outbox, arrived } = openDigest({ world: onWednesday() })
    await start()
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('立即推送', '推送 2', '政策速递')
    await lin.send(lin.message('预览 2'))
    await lin.says('通过 2', '开始发了')
    await lin.send(lin.message('预览 1'))
    await lin.says('通过 1', '已经在别的推送里发过，或者正要发')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
  test('without new items or without groups it says what to do', async () => {
    await openDigest({ itemList: createItemList() }).org.says('立即推送', '没有新的条目可推')
    await openDigest({ cards: [] }).org.says('立即推送 政策', '绑定本群')
  })
  test('a word of approval needs a number that exists', async () => {
    await openDigest().org.says('通过 17', '没有编号 17 的推送')
  })
})

describe('a change after a reviewer looked', () => {
  test('is shown anew before it can be approved', async () => {
    const { org, lin, start } = openDigest()
    await start()
    await lin.says('预览 1', '推送 1', '政策速递')
    await org.says('预览 1', '推送 1', '政策速递')
    await org.says(
      '改推送 1 正文\n政策速递\n\n1. loan 的标题\n改过一个字',
      '改好了，要重新审核',
      '改过一个字',
    )
    await lin.says('通过 1', '在你看过以后改过，还没有通过', '推送 1', '改过一个字')
    await org.says('通过 1', '是你写的')
    await lin.says('通过 1', '推送 1 通过了')
  })
  test('a figure that no item has is pointed out to the reviewer', async () => {
    const { org, lin, start } = openDigest()
    await start()
    const [before] = await org.says('预览 1', '推送 1', '政策速递')
    expect(before?.text).not.toContain('这些数字')
    const changed = '政策速递 2026年11月27日\n\n1. loan 的标题\n小微企业：最高 80 万元。'
    await org.says(`改推送 1 正文\n${changed}`, '这些数字在条目里没有，请对照原文：80万元', '最高 80 万元')
    await lin.says('预览 1', '这些数字在条目里没有', '最高 80 万元')
  })
  test('one character or one group, and an approval is worth nothing', async () => {
    const { org, lin, start, forward, outbox, arrived } = openDigest()
    await start()
    await lin.says('通过 1', '通过了')
    await org.says('预览 1', '通过', '政策速递')
    await org.says('改推送 1 发到 优空间创客群、蒲公英群', '改好了，要重新审核', '政策速递')
    await org.says('推送情况 1', '待审')
    await forward({ minutes: 30 })
    await outbox.stop()
    expect(arrived()).toEqual([])
  })
  test('a later time on that day needs no new approval, and the approver is told', async () => {
    const { org, lin, start, forward, outbox, arrived, toldTo } = openDigest()
    await start()
    await lin.says('通过 1', '通过了')
    await org.says('预览 1', '通过', '政策速递')
    await org.says('改推送 1 时间 今天17:30', '改好了，内容没变，原来的通过还算数', '政策速递')
    await forward({ minutes: 30 })
    expect(arrived()).toEqual([])
    const told = '改到 今天 17:30 发（原来 今天 16:30），内容没变，你的通过还算数。不同意说「驳回 1 原因」'
    expect(toldTo('lin').join()).toContain(told)
    await forward({ minutes: 60 })
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
  test('an earlier time or another day needs a new approval', async () => {
    for (const [time, said] of [
      ['今天16:10', '今天 16:10 发（原来 今天 16:30）'],
      ['明天9:00', '明天 09:00 发（原来 今天 16:30）'],
      ['今天22:30', '明天 09:00 发（原来 今天 16:30）'],
    ] as const) {
      const { world, org, lin, start, forward, outbox, arrived, toldTo } = openDigest()
      await start()
      await lin.says('通过 1', '通过了')
      await org.says('预览 1', '通过', '政策速递')
      await org.says(`改推送 1 时间 ${time}`, '改好了，要重新审核', '政策速递')
      await pass(world, 30, 1000)
      expect(toldTo('lin').join()).toContain(said)
      await forward({ minutes: 40 })
      await outbox.stop()
      expect(arrived()).toEqual([])
    }
  })
  test('a time that was moved while the reviewer read is shown before it can be approved', async () => {
    const { org, lin, start } = openDigest()
    await start()
    await lin.says('预览 1', '推送 1', '政策速递')
    await org.says('预览 1', '推送 1', '政策速递')
    await org.says('改推送 1 时间 今天18:10', '改好了，要重新审核', '政策速递')
    await lin.says('通过 1', '在你看过以后改过，还没有通过', '今天 18:10', '政策速递')
    await lin.says('通过 1', '推送 1 通过了，今天 18:10 发到 3 个群')
  })
  test('what was approved to go at once and then paused is not sent days later', async () => {
    const { org, lin, start, forward, outbox, arrived, toldTo } = openDigest()
    await start()
    await org.says('立即推送 1', '推送 1', '政策速递')
    await org.says('暂停 1', '暂停了')
    await lin.send(lin.message('预览 1'))
    await lin.says('通过 1', '推送 1 通过了')
    await forward({ hours: 25 })
    await org.says('恢复 1', '已经过期了')
    await forward({ minutes: 5 })
    await outbox.stop()
    expect(arrived()).toEqual([])
    expect(toldTo('org').join()).toContain('推送 1「政策速递」过了时效，没有发：通过以后暂停超过 24 小时')
  })
  test('two who edit at once never overwrite each other', async () => {
    const { org, he, start } = openDigest()
    await start()
    await org.says('改推送 1 标题 甲', '现在的样子你还没有看过')
    await org.says('预览 1', '推送 1', '政策速递')
    await he.says('预览 1', '推送 1', '政策速递')
    await org.says('改推送 1 正文\n陈姐写的', '改好了', '陈姐写的')
    await he.says('改推送 1 正文\n老何写的', '现在的样子你还没有看过，没有改。先说「预览 1」')
    await he.says('预览 1', '推送 1', '陈姐写的')
    await he.says('改推送 1 正文\n老何写的', '改好了', '老何写的')
  })
})

describe('a notice', () => {
  const draft = '拟通知 明天上午9点 发到 优空间创客群\n各位创客：\n\n周六的活动改到二楼。'

  test('goes the whole way: draft, rehearsal, review, rejected, mended, approved, sent', async () => {
    const { world, org, lin, start, forward, outbox, arrived, toldTo } = openDigest({ world: onWednesday() })
    await start()
    const [head] = await org.says(
      draft,
      '明天 09:00，发到 1 个群',
      '各位创客：\n\n周六的活动改到二楼。',
      '这是草稿',
    )
    expect(head?.text).toContain('推送 1：今天 10:00 写的，草稿\n明天 09:00，发到 1 个群')
    await lin.says('通过 1', '还是草稿，先说「送审 1」')
    await org.says('演练 1', '演练一遍，发到每位组织者的私聊')
    await pass(world, 20)
    expect(toldTo('org')).toEqual([
      expect.stringMatching(/^【演练，不是正式推送】[\s\S]*周六的活动改到二楼/u),
    ])
    await org.says('送审 1', '推送 1 等另一位同事审核', '周六的活动')
    await lin.says('驳回 1', '请说明原因')
    await lin.says('驳回 1 写上几点', '驳回了，不会发')
    await pass(world, 20)
    expect(toldTo('org').at(-1)).toContain('被 林书记 驳回：写上几点')
    await org.says('改推送 1 正文\n周六下午两点的活动改到二楼。', '改好了。', '周六下午两点')
    await org.says('送审 1', '推送 1 等另一位同事审核', '周六下午两点')
    await lin.send(lin.message('预览 1'))
    await lin.says('通过 1', '推送 1 通过了，明天 09:00 发到 1 个群')
    await forward({ hours: 23 })
    await outbox.stop()
    expect(arrived()).toEqual(['优空间创客群'])
    expect(world.said.at(-1)?.reply).toEqual({ text: '周六下午两点的活动改到二楼。' })
  })

  test('is rehearsed in the organizers’ own group where there is one, which 「全部」 leaves out', async () => {
    const cards = [...groups.map(id => groupCard(id)), groupCard('组织者群', { isOrganizers: true })]
    const { world, org, start, arrived } = openDigest({ world: onWednesday(), cards })
    await start()
    const [head] = await org.says('拟通知 现在 发到 全部\n通知正文', '发到 3 个群', '通知正文', '草稿')
    expect(head?.text).not.toContain('组织者群')
    await org.says('演练 1', '发到组织者群')
    await pass(world, 20)
    expect(arrived()).toEqual(['组织者群'])
  })

  test('is aimed by space, branch and tag', async () => {
    const cards = [
      groupCard('甲群', { space: '优空间', tags: ['科技'] }),
      groupCard('乙群', { space: '优空间' }),
      groupCard('丙群', { branch: '恒丰党支部', tags: ['科技'] }),
    ]
    const { org, start } = openDigest({ world: onWednesday(), cards })
    await start()
    const named = async (targets: string) => {
      const [head] = await org.send(org.message(`拟通知 现在 发到 ${targets}\n正文`))
      return /群：(.*)/u.exec(head?.text ?? '')?.[1] ?? head?.text
    }
    expect(await named('空间:优空间')).toBe('甲群、乙群')
    expect(await named('标签：科技')).toBe('甲群、丙群')
    expect(await named('#科技')).toBe('甲群、丙群')
    expect(await named('恒丰党支部、乙群')).toBe('乙群、丙群')
    expect(await named('标签:金融')).toBe(
      '没有叫「金融」的标签。现在有：\n标签：科技\n标签在群里发「本群设置 标签 科技」来写。',
    )
  })

  test.each([
    ['拟通知 昨天9点\n正文', '「昨天9点」已经过去了'],
    ['拟通知 有空的时候\n正文', '没看懂是什么时候'],
    ['拟通知 11月20日 9:00\n正文', '已经过去了'],
    ['拟通知 今天 9:00\n正文', '今天 09:00 已经过去了'],
    ['拟通知 2月30日 9:00\n正文', '没有「2月30日 9:00」这个时间'],
    ['拟通知 明天9点', '请这样写'],
    ['拟速递 八卦 明天9点', '请写上栏目'],
  ])('that can not be is refused: 「%s」', async (said, why) => {
    const { org, start } = openDigest({ world: onWednesday() })
    await start()
    await org.says(said, why)
    await org.says('推送情况', '还没有推送过')
  })

  test('is paused and resumed', async () => {
    const { org, lin, start, forward, arrived, toldTo, outbox } = openDigest({ world: onWednesday() })
    await start()
    await org.says('拟通知 今天11点 发到 全部\n正文', '发到 3 个群', '正文', '草稿')
    await org.says('送审 1', '推送 1', '正文')
    await lin.send(lin.message('预览 1'))
    await lin.says('通过 1', '通过了')
    await org.says('暂停 1', '推送 1 暂停了，到点也不发')
    await forward({ hours: 1 })
    expect(arrived()).toEqual([])
    expect(toldTo('org').at(-1)).toContain('到点了没有发：它暂停着。今天 13:00 以前说「恢复 1」还会发')
    await org.says('恢复 1', '推送 1 恢复了')
    await forward({ seconds: 30 })
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
})

describe('「改排期」', () => {
  test('shows the next five runs before anything is saved', async () => {
    const { org, start } = openDigest({ world: onWednesday() })
    await start()
    await org.says('推送排期', '政策速递（政策）：每周五 16:30，发到全部，提前 24 小时送审')
    const [shown] = await org.says('改排期 政策 每个工作日8:30', '接下来五次是')
    expect(shown?.text).toContain(
      '明天 08:30\n11月27日 周五 08:30\n11月30日 周一 08:30\n12月1日 周二 08:30\n12月2日 周三 08:30',
    )
    await org.says('推送排期', '每周五 16:30')
    await org.says('确认排期', '排期改好了：每个工作日 08:30')
    await org.says('推送排期', '政策速递（政策）：每个工作日 08:30')
    await org.says('确认排期', '没有要确认的排期')
  })
  test('two who change it at once: the second is told', async () => {
    const { org, he, start } = openDigest({ world: onWednesday() })
    await start()
    await org.says('改排期 政策 每周一9点', '接下来五次是')
    await he.says('改排期 政策 每周二9点', '接下来五次是')
    await he.says('确认排期', '每周二 09:00')
    await org.says('确认排期', '老何刚刚改过这个排期，没有保存你的改动')
  })
  test('pauses a stream, and says what is no time', async () => {
    const { org, start, forward, toldTo } = openDigest({ world: onWednesday() })
    await start()
    await org.says('改排期 政策 有空的时候', '没看懂是什么时候')
    await org.says('改排期 政策 每月32日9:00', '没有哪个月有 32 日')
    await org.says('改排期 政策 0 0 31 2 *', '不是 cron 写法')
    await org.says('改排期 政策 暂停', '暂停了，到点不拟也不发')
    await forward({ hours: 32 })
    expect(toldTo('lin')).toEqual([])
  })
})

describe('「取消推送」', () => {
  test('cancels the next run, once, and only that one', async () => {
    const { org, lin, start, forward, outbox, arrived } = openDigest({ world: onWednesday() })
    await start()
    await org.says('取消推送', '已取消 11月27日 周五 16:30 的政策速递')
    await org.says('取消推送', '已经取消过了')
    await forward({ hours: 24 * 2 + 6, minutes: 30 })
    expect(arrived()).toEqual([])
    await forward({ hours: 24 * 6 })
    await lin.says('通过 1', '通过了')
    await forward({ hours: 24 })
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
  test('stops what is being sent, and says how many have it', async () => {
    const { world, org, he, start, outbox, arrived } = openDigest({ world: onWednesday() })
    await start()
    await org.says('立即推送', '推送 1', '政策速递')
    await he.says('通过 1', '开始发了')
    await pass(world, 5)
    await org.says('取消推送', '推送 1 已停下：2 个群不再发，已经送到 1 个群。')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual([groups[0]])
    await org.says('取消 1', '已经取消过了')
  })
  test('withdraws an unapproved broadcast', async () => {
    const { org, he } = openDigest()
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('取消推送 1', '没有发给任何群')
    await he.says('通过 1', '已经取消了')
  })
  test('cannot call back what has arrived', async () => {
    const { org, lin, start, forward, outbox } = openDigest()
    await start()
    await lin.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    await outbox.stop()
    await org.says('取消推送 1', '已经发完了，送到 3 个群，收不回来')
  })
  test('a push that reached no group may be made again with the same items', async () => {
    const { world, org, start, outbox, arrived } = openDigest({ world: onWednesday(), ...alone })
    await org.says('立即推送', '推送 1', 'loan 的标题')
    await org.says('确认推送 1', '开始发了')
    await org.says('取消推送 1', '3 个群不再发，已经送到 0 个群')
    await start()
    await org.says('立即推送', '推送 2', 'loan 的标题')
    await org.says('确认推送 2', '开始发了')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
})

describe('「推送情况」and「推送列表」', () => {
  test('tell group by group what arrived', async () => {
    const { world, org, start, outbox } = openDigest({ world: onWednesday(), ...alone })
    await start()
    await org.says('推送情况', '还没有推送过')
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('推送情况', '推送 1：今天 10:00 拟的，待审')
    await org.says('待审', '等审核：推送 1')
    await org.says('确认推送 1', '开始发了')
    await org.says('推送情况', '排队（待发 3）')
    await pass(world, 5)
    const [underWay] = await org.says('推送情况 1', '发送中（待发 2 · 已发出 1）')
    expect(underWay?.text).toContain('优空间创客群：已发出 今天 10:00')
    await pass(world, 30)
    const first = world.said.findIndex(({ target }) => 'groupId' in target) + 1
    await outbox.echo({ messageId: `out-${first}`, target: { groupId: '优空间创客群' }, text: '' })
    const [done] = await org.says('推送情况', '完成（已发出 2 · 已送达 1）')
    expect(done?.text).toContain('优空间创客群：已送达')
    await outbox.stop()
  })
  test('name the group that failed, and why; the others got it', async () => {
    const world = createWorld('2026-11-27T16:00:00+08:00')
    const { say } = world.chat
    world.chat.say = async (target, reply, deadlineMs) => {
      if ('groupId' in target && target.groupId === '恒丰大厦群') throw new Error('已不在这个群里')
      return say(target, reply, deadlineMs)
    }
    const { org, lin, start, forward, outbox } = openDigest({ world })
    await start()
    await lin.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    await outbox.stop()
    const [said] = await org.says('推送情况', '有群没送到（已发出 2 · 没发出去 1）')
    expect(said?.text).toContain('恒丰大厦群：没发出去 今天 16:30（找不到这个群：可能群已解散')
  })
  test('list what waits, what comes and what was', async () => {
    const { org, lin, start, forward, outbox } = openDigest()
    await start()
    const [first] = await org.says('推送列表', '等审核：推送 1「政策速递」，说「预览 1」')
    expect(first?.text).toContain(
      '接下来：\n今天 16:30 政策速递（推送 1）\n12月4日 周五 16:30 政策速递\n12月7日 周一 10:00 科技服务速递',
    )
    await lin.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    await outbox.stop()
    await org.says('取消推送', '已取消 12月4日 周五 16:30')
    const [said] = await org.says('推送列表', '接下来：\n12月4日 周五 16:30 政策速递，已取消')
    expect(said?.text).toContain('最近：\n推送 1：今天 16:00 拟的，完成（已发出 3）')
  })
})

describe('「暂停发送」and「恢复发送」', () => {
  test('hold back what is due, say so wherever it matters, and go on', async () => {
    const { world, org, start, outbox, arrived } = openDigest({ world: onWednesday(), ...alone })
    await start()
    await org.says('恢复发送', '发送没有暂停')
    await org.says('暂停发送', '已暂停，没有在等的。')
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('确认推送 1', '推送 1 已排队，共 3 个群。\n注意：发送暂停着（陈姐 暂停的）')
    await org.says('推送列表', '注意：发送暂停着')
    await pass(world, 60)
    expect(arrived()).toEqual([])
    await org.says('恢复发送', '已恢复')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
})

test('makers cannot push, and reviewers only look and judge', async () => {
  const { mei, lin } = openDigest()
  for (const words of [
    '推送列表',
    '预览推送',
    '预览 1',
    '立即推送',
    '通过 1',
    '驳回 1 不好',
    '确认推送 1',
    '取消推送',
    '取消 1',
    '推送情况',
    '拟通知 现在',
    '改排期 政策 每天9点',
    '演练 1',
    '暂停发送',
    '恢复发送',
  ]) {
    const isForReviewers = /^(?:推送|预览 |通过|驳回|确认推送)/u.test(words)
    await mei.says(words, isForReviewers ? '只有组织者和审核人能办' : '只有组织者能办')
  }
  for (const words of ['立即推送', '取消 1', '拟通知 现在', '演练 1']) await lin.says(words, '只有组织者能办')
})

import { describe, expect, test } from 'vitest'
import { createFixedDirectory, createWorld } from '../../conversation.ts'
import { pass } from '../../outbox/world.ts'
import { createItemsFile, groups, itemText, openDigest } from './world.ts'

describe('「预览推送」', () => {
  test('shows when, to whom, how long, and the very text that goes out then', async () => {
    const { world, org, start, forward, outbox } = openDigest()
    await start()
    const [head, text] = await org.says(
      '预览推送',
      '下一次推送：今天 16:30，发到 3 个群，约 12 秒',
      '政策速递',
    )
    expect(head?.text).toContain('优空间创客群、恒丰大厦群、蒲公英群')
    await forward({ minutes: 30 })
    await outbox.stop()
    expect(world.said.map(({ reply }) => reply)).toEqual([text, text, text])
  })
  test('of a number shows what that one said', async () => {
    const { org, start, forward, outbox } = openDigest()
    await start()
    await forward({ minutes: 30 })
    await outbox.stop()
    await org.says('预览推送 1', '推送 1 的原文', 'loan 的标题')
    await org.says('预览推送 9', '没有编号 9 的推送')
    await org.says('预览推送 全部', '编号没看懂')
  })
  test('says so when there is nothing new, and when the next one is cancelled', async () => {
    const { org } = openDigest({ itemsFile: createItemsFile('[]') })
    await org.says('预览推送', '还没有新条目')
    await org.says('取消推送', '已取消')
    await org.says('预览推送', '已经取消，不会发')
  })
  test('names what is wrong with the items', async () => {
    const { org } = openDigest({ itemsFile: createItemsFile(itemText('a', { title: '""' })) })
    await org.says('预览推送', '「标题 title」：没有填')
  })
})

describe('「立即推送」', () => {
  test('sends nothing before it is confirmed, then exactly what was shown, once', async () => {
    const { world, org, start, outbox, arrived } = openDigest()
    await start()
    const [, text] = await org.says('立即推送', '推送 1 等你确认，发到 3 个群，约 12 秒', '政策速递')
    await pass(world, 30)
    expect(world.said).toEqual([])
    await org.says('确认推送 1', '好，推送 1 开始发了，共 3 个群')
    await org.says('确认推送 1', '已经发过了，不会再发一遍')
    await pass(world, 30)
    await org.says('确认推送 1', '已经发过了，不会再发一遍')
    await outbox.stop()
    expect(arrived()).toEqual(groups)
    expect(world.said.map(({ reply }) => reply)).toEqual([text, text, text])
  })
  test('what was pushed by hand is not pushed again on Friday', async () => {
    const { org, start, forward, outbox, arrived } = openDigest()
    await start()
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('确认推送 １号', '开始发了')
    await forward({ minutes: 30 })
    await outbox.stop()
    expect(arrived()).toEqual([...groups, '私聊 org'])
  })
  test('a preview of more than ten minutes ago is not acted upon', async () => {
    const { world, org, start, forward } = openDigest()
    await start()
    await org.says('立即推送', '推送 1', '政策速递')
    await forward({ minutes: 11 })
    await org.says('确认推送 1', '预览过了 10 分钟，没有发')
    expect(world.said).toEqual([])
  })
  test('nor one whose items or groups have changed since', async () => {
    const bound = [...groups]
    const { org, itemsFile } = openDigest({ directory: createFixedDirectory(bound, { org: ['organizer'] }) })
    await org.says('立即推送', '推送 1', '政策速递')
    itemsFile.write(itemText('loan', { benefit: '最高 30 万元' }), itemText('tax'))
    await org.says('确认推送 1', '条目有了变化，没有发')
    await org.says('立即推送', '推送 2', '最高 30 万元')
    bound.pop()
    await org.says('确认推送 2', '绑定的群有了变化，没有发')
  })
  test('of two previews of the same items only one can be sent', async () => {
    const { world, org, start, outbox, arrived } = openDigest()
    await start()
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('立即推送', '推送 2', '政策速递')
    await org.says('确认推送 2', '开始发了')
    await org.says('确认推送 1', '没有发')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
  test('without new items or without groups it says what to do', async () => {
    await openDigest({ itemsFile: createItemsFile('[]') }).org.says('立即推送', '没有新的条目可推')
    const directory = createFixedDirectory([], { org: ['organizer'] })
    await openDigest({ directory }).org.says('立即推送', '绑定本群')
  })
  test('a confirmation needs a number that exists', async () => {
    const { org } = openDigest()
    await org.says('确认推送', '请带上编号')
    await org.says('确认推送 17', '没有编号 17 的推送')
  })
})

describe('「取消推送」', () => {
  test('cancels the next slot, once, and only that one', async () => {
    const { org, start, forward, outbox, arrived } = openDigest()
    await start()
    await org.says('取消推送', '已取消 今天 16:30 的推送')
    await org.says('取消推送', '已经取消过了')
    await forward({ minutes: 30 })
    expect(arrived()).toEqual([])
    await forward({ hours: 24 * 7 })
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
  test('stops what is being sent, and says how many have it', async () => {
    const { world, org, start, outbox, arrived } = openDigest()
    await start()
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('确认推送 1', '开始发了')
    await pass(world, 1)
    await org.says('取消推送', '推送 1 已停下：2 个群不再发，已经送到 1 个群。')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual([groups[0]])
    await org.says('取消推送 1', '已经取消过了')
  })
  test('withdraws a preview that nobody confirmed', async () => {
    const { org } = openDigest()
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('取消推送 1', '没有发给任何群')
    await org.says('确认推送 1', '已经取消了')
  })
  test('cannot call back what has arrived', async () => {
    const { org, start, forward, outbox } = openDigest()
    await start()
    await forward({ minutes: 30 })
    await outbox.stop()
    await org.says('取消推送 1', '已经发完了，送到 3 个群，收不回来')
  })
  test('a push that reached nobody may be made again with the same items', async () => {
    const { world, org, start, outbox, arrived } = openDigest()
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
    const { world, org, start, outbox } = openDigest()
    await start()
    await org.says('推送情况', '还没有推送过')
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('推送情况', '推送 1：今天 16:00，等确认')
    await org.says('确认推送 1', '开始发了')
    await pass(world, 1)
    const [underWay] = await org.says('推送情况 1', '发送中（待发 2 · 已发出 1）')
    expect(underWay?.text).toContain('优空间创客群：已发出 今天 16:00')
    await pass(world, 30)
    await outbox.echo({ messageId: 'out-1', target: { groupId: '优空间创客群' }, text: '' })
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
    const { org, start, forward, outbox } = openDigest({ world })
    await start()
    await forward({ minutes: 30 })
    await outbox.stop()
    const [said] = await org.says('推送情况', '有群没送到（已发出 2 · 没发出去 1）')
    expect(said?.text).toContain('恒丰大厦群：没发出去 今天 16:30（已不在这个群里）')
  })
  test('list what comes and what was', async () => {
    const { org, start, forward, outbox } = openDigest()
    await start()
    await org.says('推送列表', '接下来：\n今天 16:30\n12月4日 16:30\n12月11日 16:30')
    await forward({ minutes: 30 })
    await outbox.stop()
    await org.says('取消推送', '已取消 12月4日 16:30')
    const [said] = await org.says('推送列表', '接下来：\n12月4日 16:30，已取消')
    expect(said?.text).toContain('最近：\n推送 1：今天 16:30，完成（已发出 3）')
  })
})

describe('「暂停发送」and「恢复发送」', () => {
  test('hold back what is due, say so wherever it matters, and go on', async () => {
    const { world, org, start, outbox, arrived } = openDigest()
    await start()
    await org.says('恢复发送', '发送没有暂停')
    await org.says('暂停发送', '已暂停，没有在等的。')
    await org.says('立即推送', '推送 1', '政策速递')
    await org.says('确认推送 1', '推送 1 已排队，共 3 个群。\n注意：发送暂停着（陈姐 暂停的）')
    await org.says('推送列表', '注意：发送暂停着')
    await pass(world, 60)
    expect(arrived()).toEqual([])
    await org.says('恢复发送', '已恢复，有 3 条在等。今天发了 0 条，上限 75 条。')
    await pass(world, 30)
    await outbox.stop()
    expect(arrived()).toEqual(groups)
  })
})

test('makers cannot push', async () => {
  const { mei } = openDigest()
  for (const words of [
    '推送列表',
    '预览推送',
    '立即推送',
    '确认推送 1',
    '取消推送',
    '推送情况',
    '暂停发送',
    '恢复发送',
  ]) {
    await mei.says(words, '只有组织者能办')
  }
})

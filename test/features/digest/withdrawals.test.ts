import { expect, test } from 'vitest'
import { type LineTraits, qqTraits, wechatTraits } from '../../../src/ports/line-traits.ts'
import { oneLine } from '../../../src/ports/sending-lines.ts'
import { createWorld } from '../../conversation.ts'
import { groups, openDigest } from './world.ts'

/** The first group is one of QQ's, where a message can be taken back within two minutes. */
async function openSent() {
  const gone: string[] = []
  const recall = async ({ target }: { target: { groupId: string } }) => {
    gone.push(target.groupId)
    return target.groupId === groups[0]
  }
  const world = { ...createWorld('2026-11-27T16:00:00+08:00'), recall }
  const traitsOf = (id: string): LineTraits => (id === groups[0] ? qqTraits : wechatTraits)
  const lines = {
    ...oneLine,
    traits: (target: { groupId: string } | { personId: string }) =>
      traitsOf('groupId' in target ? target.groupId : ''),
  }
  const opened = openDigest({ world, parts: { lines } })
  await opened.start()
  await opened.lin.says('预览 1', '推送 1', '政策速递')
  await opened.lin.says('通过 1', '通过了')
  await opened.forward({ minutes: 30 })
  return { ...opened, gone }
}

test('what was just sent is taken back where it can be, and where it stays is named', async () => {
  const { org, outbox, gone } = await openSent()
  await org.says('取消 1', '还能撤回 1 处：马上说「撤回推送 1」')
  const [said] = await org.says('撤回推送 1', '收回 1 条')
  expect(said?.text).toContain(`请到群里说明一下：${groups.slice(1).join('、')}`)
  expect(gone).toContain(groups[0])
  const states = (await outbox.deliveries('digest-1')).map(({ state, reason }) => [state, reason])
  expect(states[0]).toEqual(['cancelled', '已撤回'])
  await org.says('撤回推送 1', '收不回来了')
  await outbox.stop()
})

test('after two minutes nothing is promised', async () => {
  const { org, forward, outbox } = await openSent()
  await forward({ minutes: 3 })
  await org.says('取消 1', '收不回来')
  await outbox.stop()
})

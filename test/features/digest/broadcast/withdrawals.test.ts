import { expect, test } from 'vitest'
import { LineDownError, RefusedError } from '../../../../src/ports/chat.ts'
import { type LineTraits, qqTraits, wechatTraits } from '../../../../src/ports/line-traits.ts'
import { oneLine } from '../../../../src/ports/sending-lines.ts'
import { createWorld } from '../../../conversation.ts'
import { groupCard, groups, openDigest, openDigestPage } from '../world.ts'

/** The first group is one of QQ's, where a message can be taken back within two minutes. */
async function openSent({ refused = '' } = {}) {
  const gone: string[] = []
  const recall = async ({ target }: { target: { groupId: string } }) => {
    gone.push(target.groupId)
    return target.groupId === groups[0]
  }
  const plain = createWorld('2026-11-27T16:00:00+08:00')
  const chat: typeof plain.chat = {
    async say(target, ...more) {
      if ('groupId' in target && target.groupId === refused) throw new RefusedError('群主没有开。', 'target')
      return plain.chat.say(target, ...more)
    },
  }
  const world = { ...plain, chat, recall }
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
  expect(states[0]).toEqual(['recalled', undefined])
  await org.says('撤回推送 1', '收不回来了')
  await outbox.stop()
})

test('after two minutes nothing is promised', async () => {
  const { org, forward, outbox } = await openSent()
  await forward({ minutes: 3 })
  await org.says('取消 1', '收不回来')
  await outbox.stop()
})

test('what was taken back is missing nowhere: board and chat offer and promise no second sending', async () => {
  const opened = await openSent({ refused: groups[1] ?? '' })
  const person = { id: 'org', name: '陈姐', roles: ['organizer' as const] }
  const { get, post, org, outbox } = openDigestPage(opened, person)
  expect(await get('/1/deliveries')).toContain('补发给没送到的 1 个群')
  await org.says('撤回推送 1', '收回 1 条')
  const board = await get('/1/deliveries')
  expect(board.replace(/<[^>]*>/g, ' ')).toMatch(/^\s*已撤回.*优空间创客群\s+已撤回/su)
  for (const word of ['补发', '重发', '已手动发送', '没送到']) expect(board).not.toContain(word)
  await org.says('推送情况 1', '已撤回 1')
  for (const words of ['补发 1', '补发未送达 1']) await org.says(words, '推送 1 已经撤回了，不会补发')
  expect((await post('/1/resend', { attempts: '0' })).text).toContain('已经撤回了，不会补发')
  expect(await get('?state=stopped')).toContain('已撤回')
  expect((await outbox.deliveries('digest-1')).map(({ state }) => state)).toEqual([
    'recalled',
    'failed',
    'sent',
  ])
  await outbox.stop()
})

/** A push to one group whose message the line holds. */
async function openHeld() {
  const plain = createWorld('2026-11-27T16:00:00+08:00')
  const held = Promise.withResolvers<string>()
  let tries = 0
  const chat: typeof plain.chat = {
    async say(target, ...more) {
      if (!('groupId' in target)) return plain.chat.say(target, ...more)
      tries += 1
      return tries === 1 ? held.promise : plain.chat.say(target, ...more)
    },
  }
  const opened = openDigest({ world: { ...plain, chat }, cards: [groupCard(groups[0] ?? '')] })
  await opened.start()
  await opened.lin.says('预览 1', '推送 1', '政策速递')
  await opened.lin.says('通过 1', '通过了')
  await opened.forward({ minutes: 30 })
  return { ...opened, held, tries: () => tries }
}

test.each([
  ['取消 1', '推送 1 已停下：已经送到 0 个群，1 个群正在发或不确定，没发出去的不再发。'],
  ['撤回推送 1', `推送 1：没发出去的不再发。这些群收不回来，请到群里说明一下：${groups[0]}。`],
])(
  'what is being sent at 「%s」 is named, and is not tried again where the line took nothing',
  async (words, said) => {
    const { org, forward, outbox, held, tries } = await openHeld()
    await org.says(words, said)
    held.reject(new LineDownError('down'))
    await forward({ minutes: 10 })
    expect(tries()).toBe(1)
    expect((await outbox.deliveries('digest-1')).map(({ state }) => state)).toEqual(['cancelled'])
    await outbox.stop()
  },
)

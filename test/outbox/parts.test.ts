import { expect, test } from 'vitest'
import { DeadlineError } from '../../src/ports/chat.ts'
import { createWorld, type World } from '../conversation.ts'
import { later, openOutbox, pass } from './world.ts'

/** Two groups get a text in three parts, and the first part to 甲 meets this. */
async function openParted(fault: Error) {
  const world = createWorld()
  let isBroken = true
  const chat: World['chat'] = {
    async say(target, reply, deadlineMs) {
      if (isBroken && reply.text === '甲1') throw fault
      return world.chat.say(target, reply, deadlineMs)
    },
  }
  const opened = openOutbox(world, { chat })
  const { outbox, posting } = opened
  await outbox.start()
  await outbox.post(
    ['甲', '乙'].flatMap(group =>
      [1, 2, 3].map(part =>
        posting('a', group, {
          key: `a/${group}${part === 1 ? '' : `~${part}`}`,
          reply: { text: `${group}${part}` },
        }),
      ),
    ),
  )
  await pass(world, 60)
  isBroken = false
  return opened
}

const keys = ['a/甲', 'a/甲~2', 'a/甲~3']

test('parts behind one that failed are not sent, say why, and go out in order when it is sent again', async () => {
  const { world, outbox, texts } = await openParted(new Error('no group'))
  expect(texts()).toEqual(['乙1', '乙2', '乙3'])
  const [, second] = await outbox.deliveries('a')
  expect(second).toMatchObject({ state: 'failed', reason: '前面的一条没有送到，这一条没有发' })
  await outbox.resend(keys, { from: 'failed', by: '陈姐', notAfter: later(world) })
  await pass(world, 60)
  await outbox.stop()
  expect(texts().slice(3)).toEqual(['甲1', '甲2', '甲3'])
})

test('parts behind one that is unknown wait for it: it is seen, or sent again', async () => {
  for (const decision of ['arrived', 'missing']) {
    const { world, outbox, states, texts } = await openParted(new DeadlineError('20 s'))
    expect(texts()).toEqual(['乙1', '乙2', '乙3'])
    expect((await states('a')).slice(0, 3)).toEqual(['甲 unknown', '甲~2 due', '甲~3 due'])
    if (decision === 'arrived') await outbox.markArrived(['a/甲'], '陈姐')
    else await outbox.resend(['a/甲'], { from: 'unknown', by: '陈姐', notAfter: later(world) })
    await pass(world, 60)
    await outbox.stop()
    expect(texts().slice(3)).toEqual(decision === 'arrived' ? ['甲2', '甲3'] : ['甲1', '甲2', '甲3'])
  }
})

test('parts behind one that stays unknown expire, and say by what', async () => {
  const { world, outbox } = await openParted(new DeadlineError('20 s'))
  await pass(world, 3 * 3600, 30_000)
  await outbox.stop()
  expect((await outbox.deliveries('a'))[1]).toMatchObject({
    state: 'expired',
    reason: '前面的一条不确定到没到，等到过了时效，这一条没有发',
  })
})

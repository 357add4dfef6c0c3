import { type Command, Refusal } from '../../../feature.ts'
import { senderOf } from '../../../ports/actor.ts'
import type { Message, Reply } from '../../../ports/chat.ts'
import { sayTime } from '../../../text/dates/time.ts'
import type { BroadcastActions } from '../actions.ts'
import type { Broadcast } from '../broadcast/records.ts'
import { proposalSealOf } from '../broadcast/state-machine.ts'
import type { Cancelled, Recalled } from '../broadcast/withdrawals.ts'
import { sayStillOne } from '../broadcast/words.ts'
import type { DigestParts } from '../context.ts'
import { numberAndRest, numberIn } from './numbers.ts'
import { createPreview } from './preview.ts'

/** Commands of the review: approve, reject, submit, rehearse, pause, cancel. */
export function reviewCommands(parts: DigestParts, actions: BroadcastActions): Command[] {
  const { clock } = parts
  const preview = createPreview(parts, actions)
  const forApprovers = { role: ['organizer', 'reviewer'], where: 'private', takes: 'number' } as const
  const forOrganizers = { role: 'organizer', where: 'private', takes: 'number' } as const

  /** Approves only the content and send time that this person was shown; else shows them and asks again. */
  async function approve(message: Message, rest: string): Promise<string | Reply[]> {
    const { number } = numbered(rest)
    const broadcast = await actions.existing(number)
    const now = proposalSealOf(broadcast)
    const seen = await actions.seenSeal(number, message.senderId)
    const wasShown = seen === now || (await actions.wasLetterRead(broadcast, message.senderId))
    if (!wasShown && broadcast.state === 'review') {
      const text =
        seen === undefined
          ? `推送 ${number} 还没有给你看过原文，先不算通过。请看：`
          : `推送 ${number} 在你看过以后改过，还没有通过。请看新的：`
      return [{ text }, ...(await preview.proposal(broadcast, message.senderId))]
    }
    const after = await actions.approve(number, senderOf(message), now)
    return sayApproved(after)
  }

  function sayApproved(after: Broadcast): string {
    const { number, state, rejection } = after
    if (state === 'posted') return preview.started(after)
    if (state === 'rejected') return `推送 ${number} 没有发：${rejection?.reason ?? ''}`
    if (state === 'review')
      return `推送 ${number} 记下了你的同意，还没有发。${sayStillOne(after, '你')}已经私聊告诉他们了。`
    const when = sayTime(actions.goesAt(after), clock.now())
    return `推送 ${number} 通过了，${when} 发到 ${after.groups.length} 个群。内容再改一个字，或者提前、改天发，都要重新审核。`
  }

  async function reject(message: Message, rest: string): Promise<string> {
    const { number, rest: reason } = numbered(rest)
    if (reason === '')
      throw new Refusal(`请说明原因，让作者知道怎么改，比如「驳回 ${number} 金额和原文不一样」。`)
    await actions.reject(number, senderOf(message), reason)
    return `推送 ${number} 驳回了，不会发。原因会私聊告诉组织者。`
  }

  return [
    {
      ...forApprovers,
      words: ['通过', '确认推送'],
      help: '通过 12 —— 看过原文，同意发（私聊）',
      run: approve,
    },
    {
      ...forApprovers,
      words: ['驳回'],
      help: '驳回 12 原因 —— 不同意，说明怎么改',
      run: reject,
    },
    {
      ...forOrganizers,
      words: ['送审'],
      help: '送审 12 —— 草稿写好了，请人来看',
      async run(message, rest) {
        const { number } = await actions.submit(numbered(rest).number)
        const broadcast = await actions.existing(number)
        return preview.proposal(broadcast, message.senderId)
      },
    },
    {
      ...forOrganizers,
      words: ['演练'],
      help: '演练 12 —— 先发给组织者看，不发到群里',
      async run(_, rest) {
        const { broadcast, where } = await actions.rehearse(numbered(rest).number)
        const place = where === 'group' ? '组织者群' : '每位组织者的私聊'
        return `好，推送 ${broadcast.number} 演练一遍，发到${place}，开头标着「演练」。创客群里什么也不会收到。`
      },
    },
  ]
}

/** Commands that pause, resume or cancel. */
export function stopCommands({ clock }: DigestParts, actions: BroadcastActions): Command[] {
  const forOrganizers = { role: 'organizer', where: 'private', takes: 'number' } as const

  async function cancelNext(message: Message): Promise<string> {
    const sending = await actions.beingSent()
    if (sending) return sayCancelled(await actions.cancel(sending.number, senderOf(message)))
    const [next] = await actions.runs.upcoming(1)
    if (!next) throw new Refusal('近期没有排好的推送，不用取消。')
    if (next.number !== undefined) return sayCancelled(await actions.cancel(next.number, senderOf(message)))
    if (next.isSkipped) throw new Refusal('下一次推送已经取消过了，不用再取消。')
    await actions.skipRun(next.slot, senderOf(message))
    return `已取消 ${sayTime(next.at, clock.now())} 的${next.plan.title}，到时不会发。要提前发，说「立即推送」。`
  }

  return [
    {
      ...forOrganizers,
      words: ['暂停'],
      help: '暂停 12 —— 到点也先不发',
      async run(_, rest) {
        const { number } = await actions.pause(numbered(rest).number)
        return `推送 ${number} 暂停了，到点也不发。说「恢复 ${number}」继续。`
      },
    },
    {
      ...forOrganizers,
      words: ['恢复'],
      help: '',
      async run(_, rest) {
        const { number, state } = await actions.resume(numbered(rest).number)
        return `推送 ${number} 恢复了。${state === 'approved' ? '到点会发。' : '还要有人通过才会发。'}`
      },
    },
    {
      ...forOrganizers,
      words: ['取消'],
      help: '取消 12 —— 不发了，或停下还没发的群',
      run: async (message, rest) =>
        sayCancelled(await actions.cancel(numbered(rest).number, senderOf(message))),
    },
    {
      ...forOrganizers,
      words: ['撤回推送'],
      help: '撤回推送 12 —— 刚发出去的收回来（QQ 群两分钟以内，客户群在员工点发送以前）',
      run: async (message, rest) =>
        sayRecalled(await actions.recall(numbered(rest).number, senderOf(message))),
    },
    {
      role: 'organizer',
      where: 'anywhere',
      words: ['取消推送'],
      takes: 'text',
      help: '取消推送 —— 取消下一次，或停下正在发的',
      async run(message, rest) {
        const number = numberIn(rest)
        if (number === undefined) return cancelNext(message)
        return sayCancelled(await actions.cancel(number, senderOf(message)))
      },
    },
  ]
}

/** @throws {@link Refusal} if the text does not begin with a number */
function numbered(said: string) {
  const found = numberAndRest(said)
  if (!found) throw new Refusal('编号没看懂，请只写数字，比如「通过 12」。')
  return found
}

function sayCancelled({ number, stopped, arrived, underWay }: Cancelled): string {
  if (stopped + underWay === 0) return `推送 ${number} 已取消，没有发给任何群。`
  const doubtful = underWay > 0 ? `，${underWay} 个群正在发或不确定` : ''
  if (stopped === 0) return `推送 ${number} 已停下：已经送到 ${arrived} 个群${doubtful}，没发出去的不再发。`
  return `推送 ${number} 已停下：${stopped} 个群不再发，已经送到 ${arrived} 个群${doubtful}。`
}

function sayRecalled({ number, stopped, gone, left }: Recalled): string {
  const done = [
    ...(gone > 0 ? [`收回 ${gone} 条`] : []),
    ...(stopped > 0 ? [`停下 ${stopped} 条没发的`] : []),
  ].join('，')
  const rest = left.length > 0 ? `这些群收不回来，请到群里说明一下：${left.join('、')}。` : ''
  return `推送 ${number}：${done || '没发出去的不再发'}。${rest}`
}

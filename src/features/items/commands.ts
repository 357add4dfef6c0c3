import { type Command, Refusal } from '../../feature.ts'
import { senderOf } from '../../ports/actor.ts'
import type { Directory } from '../../ports/directory.ts'
import { streams } from '../../ports/items.ts'
import { sayKeptDay } from '../../text/dates/kept-day.ts'
import type { ItemActions } from './actions.ts'
import { sayAdded, sayCatalogueItem, saySubmissions, saySubmitted, sayWaiting } from './words.ts'

/** Commands about items; private, as a group should not see what was not approved. */
export const itemCommands = (actions: ItemActions, directory: Directory): readonly Command[] => [
  ...inboxCommands(actions),
  ...decisionCommands(actions),
  ...memberCommands(actions, directory),
]

const organizing = { takes: 'text', role: 'organizer', where: 'private' } as const

/** The inbox, one item of it, and a new one. */
function inboxCommands(actions: ItemActions): readonly Command[] {
  return [
    {
      words: ['条目'],
      ...organizing,
      help: '条目 —— 等着看的条目；后面写编号看一条',
      async run(_, rest) {
        return rest === ''
          ? sayWaiting(await actions.waiting())
          : sayCatalogueItem(await actions.itemOf(numberIn(rest)))
      },
    },
    {
      words: ['收录'],
      ...organizing,
      help: '收录 链接 —— 把一篇通知收进来；也可以写标题和内容',
      async run(message, rest) {
        const stream = streams.find(each => rest.startsWith(each)) ?? '政策'
        const written = rest.startsWith(stream) ? rest.slice(stream.length) : rest
        return sayAdded(await actions.add(written, { stream, by: senderOf(message) }))
      },
    },
  ]
}

/** The decisions about one item, by its number. */
function decisionCommands(actions: ItemActions): readonly Command[] {
  return [
    {
      words: ['通过条目'],
      ...organizing,
      help: '通过条目 编号 —— 可以放进推送',
      async run(message, rest) {
        const { number, title, stream } = await actions.approve(numberIn(rest), senderOf(message))
        return `${number} 号条目「${title}」通过了，会进「${stream}」的下一期。`
      },
    },
    {
      words: ['确认截止'],
      ...organizing,
      help: '确认截止 编号 日期 —— 截止日拿不准的条目，选定是哪天；没有就写「无」',
      async run(message, rest) {
        const [said = '', day = ''] = rest.split(/\s+/u)
        if (!/^(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}|无)$/u.test(day))
          throw new Refusal(
            '请写上编号和日期，例如「确认截止 3 12月15日」；没有截止日就写「确认截止 3 无」。',
          )
        const chosen = day === '无' ? undefined : day
        const { number, title, deadline } = await actions.chooseDeadline(
          numberIn(said),
          chosen,
          senderOf(message),
        )
        return `${number} 号条目「${title}」${deadline ? `截止日定为 ${sayKeptDay(deadline.value)}` : '没有截止日'}。`
      },
    },
    {
      words: ['不用条目'],
      ...organizing,
      help: '不用条目 编号 —— 不放进推送',
      async run(message, rest) {
        const { number, title } = await actions.dismiss(numberIn(rest), senderOf(message))
        return `${number} 号条目「${title}」不用了。`
      },
    },
    {
      words: ['恢复条目'],
      ...organizing,
      help: '恢复条目 编号 —— 标过「不用」的放回待看',
      async run(message, rest) {
        const { number, title } = await actions.reopen(numberIn(rest), senderOf(message))
        return `${number} 号条目「${title}」放回待看了。`
      },
    },
    {
      words: ['撤回条目'],
      ...organizing,
      help: '撤回条目 编号 原因 —— 通过的条目不再推',
      async run(message, rest) {
        const [said = '', ...reason] = rest.split(/\s+/u)
        const item = await actions.withdraw(numberIn(said), reason.join(' '), senderOf(message))
        return `${item.number} 号条目「${item.title}」撤回了，引用它的推送不会再发。`
      },
    },
  ]
}

/** Submissions of members. */
function memberCommands(actions: ItemActions, directory: Directory): readonly Command[] {
  return [
    {
      words: ['投稿'],
      takes: 'text',
      role: 'maker',
      where: 'private',
      help: '投稿 标题和内容 —— 企业动态，组织者看过再推（私聊）',
      async run(message, rest) {
        const { name } = await directory.recognise(message)
        return saySubmitted(await actions.submit(rest, { id: message.senderId, name }))
      },
    },
    {
      words: ['撤回投稿'],
      takes: 'text',
      role: 'maker',
      where: 'private',
      help: '撤回投稿 编号 —— 还没看的稿件不要了（私聊）',
      async run(message, rest) {
        const { name } = await directory.recognise(message)
        const number = rest.trim() === '' ? undefined : numberIn(rest)
        const item = await actions.takeBack(number, { id: message.senderId, name })
        return `撤回了，${item.number} 号「${item.title}」已经删掉。想再投，重新发「投稿」就行。`
      },
    },
    {
      words: ['我的投稿'],
      takes: 'nothing',
      role: 'maker',
      where: 'private',
      help: '我的投稿 —— 投过的稿件怎么样了',
      run: async message => saySubmissions(await actions.submittedBy(message.senderId)),
    },
  ]
}

function numberIn(rest: string): number {
  const found = /^(?:第|#)?\s*(\d{1,7})\s*号?$/u.exec(rest.normalize('NFKC').trim())
  if (!found) throw new Refusal('编号没看懂，请只写数字，比如「条目 12」。')
  return Number(found[1])
}

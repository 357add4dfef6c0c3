import { type Command, Refusal } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Directory } from '../../ports/directory.ts'
import { streams } from '../../ports/items.ts'
import type { ItemDesk } from './desk.ts'
import type { ItemActor } from './records.ts'
import { sayAdded, sayItem, saySubmissions, saySubmitted, sayWaiting } from './words.ts'

/** What people type about items; in private, since nobody in a group has to see what was not approved. */
export function itemCommands(desk: ItemDesk, directory: Directory): readonly Command[] {
  const organizing = { takes: 'text', role: 'organizer', where: 'private' } as const
  return [
    {
      words: ['条目'],
      ...organizing,
      help: '条目 —— 等着看的条目；后面写编号看一条',
      async run(_, rest) {
        return rest === '' ? sayWaiting(await desk.waiting()) : sayItem(await desk.itemOf(numberIn(rest)))
      },
    },
    {
      words: ['收录'],
      ...organizing,
      help: '收录 链接 —— 把一篇通知收进来；也可以写标题和内容',
      async run(message, rest) {
        const stream = streams.find(each => rest.startsWith(each)) ?? '政策'
        const written = rest.startsWith(stream) ? rest.slice(stream.length) : rest
        return sayAdded(await desk.add(written, { stream, by: actorOf(message) }))
      },
    },
    {
      words: ['通过条目'],
      ...organizing,
      help: '通过条目 编号 —— 可以放进推送',
      async run(message, rest) {
        const { number, title, stream } = await desk.approve(numberIn(rest), actorOf(message))
        return `${number} 号条目「${title}」通过了，会进「${stream}」的下一期。`
      },
    },
    {
      words: ['确认截止'],
      ...organizing,
      help: '确认截止 编号 日期 —— 截止日拿不准的条目，选定是哪天；没有就写「无」',
      async run(message, rest) {
        const [said = '', day = ''] = rest.split(/\s+/u)
        if (!/^(?:\d{4}-\d{2}-\d{2}|无)$/u.test(day))
          throw new Refusal(
            '请写上编号和日期，例如「确认截止 3 2026-12-15」；没有截止日就写「确认截止 3 无」。',
          )
        const chosen = day === '无' ? undefined : day
        const item = await desk.chooseDeadline(numberIn(said), chosen, actorOf(message))
        return `${item.number} 号条目「${item.title}」${chosen ? `截止日定为 ${chosen}` : '没有截止日'}。`
      },
    },
    {
      words: ['不用条目'],
      ...organizing,
      help: '不用条目 编号 —— 不放进推送',
      async run(message, rest) {
        const { number, title } = await desk.dismiss(numberIn(rest), actorOf(message))
        return `${number} 号条目「${title}」不用了。`
      },
    },
    {
      words: ['撤回条目'],
      ...organizing,
      help: '撤回条目 编号 原因 —— 通过的条目不再推',
      async run(message, rest) {
        const [said = '', ...reason] = rest.split(/\s+/u)
        const item = await desk.withdraw(numberIn(said), reason.join(' '), actorOf(message))
        return `${item.number} 号条目「${item.title}」撤回了，引用它的推送不会再发。`
      },
    },
    {
      words: ['投稿'],
      takes: 'text',
      role: 'maker',
      where: 'private',
      help: '投稿 标题和内容 —— 企业动态，组织者看过再推（私聊）',
      async run(message, rest) {
        const { name } = await directory.recognise(message)
        return saySubmitted(await desk.submit(rest, { id: message.senderId, name }))
      },
    },
    {
      words: ['我的投稿'],
      takes: 'nothing',
      role: 'maker',
      where: 'private',
      help: '我的投稿 —— 投过的稿件怎么样了',
      run: async message => saySubmissions(await desk.submittedBy(message.senderId)),
    },
  ]
}

function numberIn(rest: string): number {
  const found = /^(?:第|#)?\s*(\d{1,7})\s*号?$/u.exec(rest.normalize('NFKC').trim())
  if (!found) throw new Refusal('编号没看懂，请只写数字，比如「条目 12」。')
  return Number(found[1])
}

const actorOf = ({ senderId, senderName }: Message): ItemActor => ({ id: senderId, name: senderName })

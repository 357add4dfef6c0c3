import { type Answer, type Command, Refusal } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import { instantOf, sayTime } from '../../text/dates/time.ts'
import { sayTally } from '../../votes/tally.ts'
import type { VoteActions } from './actions.ts'

type Parts = { actions: VoteActions; directory: Directory; clock: Clock; baseUrl: string }

/** Chat commands of voters, nominees and observers, in private. A ballot is never taken in chat. */
export function voteCommands({ actions, directory, clock, baseUrl }: Parts): Command[] {
  const idOf = async (message: Message) => (await directory.recognise(message)).id

  async function offerLink(message: Message, rest: string): Promise<Answer> {
    const number = Number(/^\d+$/u.exec(rest.trim())?.[0])
    if (!number)
      throw new Refusal(
        '在聊天里打字投的不算：拿着机器人手机的人看得到。请只发「投票 号码」，我私下给你一个链接。',
      )
    if (baseUrl === '') throw new Refusal('投票的网址还没有设好，请告诉组织者（PUBLIC_URL 或 CONSOLE_URL）。')
    const { rules } = await actions.require(number)
    const token = await actions.offerLink(number, await idOf(message))
    const until = sayTime(instantOf(rules.closesAt), clock.now())
    return `「${rules.title}」供评选小组参考，占 ${rules.weightPercent}%。这是你一个人的链接，请不要转给别人，${until} 截止：\n${baseUrl}/open/vote/${number}/${token}`
  }

  const answer = (hasAccepted: boolean) => async (message: Message, rest: string) => {
    const { rules } = await actions.answerNomination(
      Number.parseInt(rest, 10),
      await idOf(message),
      hasAccepted,
    )
    return hasAccepted
      ? `好，你同意参评「${rules.title}」。投票开始以前随时可以发「退出参评 ${rules.number}」。`
      : `好，「${rules.title}」不列你的名字。`
  }

  const own = { takes: 'number', role: 'maker', where: 'private', help: '' } as const
  return [
    { ...own, words: ['投票'], takes: 'text', help: '投票 3 —— 拿自己的投票链接（私聊）', run: offerLink },
    { ...own, words: ['同意参评'], run: answer(true) },
    { ...own, words: ['退出参评', '不参评'], run: answer(false) },
    {
      ...own,
      words: ['监票确认'],
      async run(message, rest) {
        const vote = await actions.observe(Number.parseInt(rest, 10), await idOf(message))
        const tally = await actions.result(vote)
        return tally
          ? `已确认「${vote.rules.title}」的结果：\n${sayTally(tally).join('\n')}`
          : `已确认「${vote.rules.title}」的名册：${vote.electorate.length} 人，名册编码 ${String(vote.chain.find(({ kind }) => kind === 'electorate')?.data.hash).slice(0, 8)}。`
      },
    },
    {
      ...own,
      words: ['抽签'],
      async run(message, rest) {
        const [number = 0, lot = -1] = rest.trim().split(/\s+/u).map(Number)
        const vote = await actions.drawLot(number, await idOf(message), lot)
        const tally = await actions.result(vote)
        return tally?.drawn.length
          ? `两个数都有了。\n${sayTally(tally).join('\n')}`
          : '记下了。另一位监票人报了数，就出结果。'
      },
    },
  ]
}

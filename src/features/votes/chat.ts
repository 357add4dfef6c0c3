import { type Answer, type Command, type Listener, Refusal } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import { instantOf, sayTime } from '../../text/dates/time.ts'
import { lastLine } from '../../votes/chain.ts'
import { sayVoteTally } from '../../votes/tally.ts'
import type { Vote } from '../../votes/vote.ts'
import type { VoteActions } from './actions.ts'

type Parts = { actions: VoteActions; directory: Directory; clock: Clock; baseUrl: string }

/** Names of the electorate that an observer reads in chat; more stand on the console. */
const mostNames = 200
/** Longer messages with such a beginning are questions. */
const longestTypedVote = 20
/** 「我投林小美」「选刘凯一票」. */
const typedVote = /^我?(?:要|想)?(?:投|选|支持|推荐|赞成|反对)/u
const notInChat = (number: number | string) =>
  `在聊天里打字投的不算：拿着机器人手机的人看得到。请私聊我只发「投票 ${number}」，我给你一个自己的链接。`

/** Chat commands of voters, nominees and observers, in private. A ballot is never taken in chat. */
export function voteCommands({ actions, directory, clock, baseUrl }: Parts): Command[] {
  const idOf = async (message: Message) => (await directory.recognise(message)).id

  async function offerLink(message: Message, rest: string): Promise<Answer> {
    const memberId = await idOf(message)
    const typed = /^(?<number>\d+)[号\s!！。~～]*$/u.exec(rest.trim())?.groups?.number
    if (rest.trim() !== '' && !typed) throw new Refusal(notInChat('号码'))
    const number = typed ? Number(typed) : await actions.onlyOne('投票', isVoter(memberId))
    if (baseUrl === '') throw new Refusal('投票的网址还没有设好，请告诉组织者（PUBLIC_URL 或 CONSOLE_URL）。')
    const { rules } = await actions.require(number)
    const token = await actions.offerLink(number, memberId)
    const until = sayTime(instantOf(rules.closesAt), clock.now())
    return `「${rules.title}」供评选小组参考，占 ${rules.weightPercent}%。这是你一个人的链接，请不要转给别人，${until} 截止：\n${baseUrl}/open/vote/${number}/${token}`
  }

  const answer = (hasAccepted: boolean) => async (message: Message, rest: string) => {
    const memberId = await idOf(message)
    const word = hasAccepted ? '同意参评' : '退出参评'
    const number = numberIn(rest) ?? (await actions.onlyOne(word, isNominee(memberId)))
    const { rules } = await actions.answerNomination(number, memberId, hasAccepted)
    return hasAccepted
      ? `好，你同意参评「${rules.title}」。投票开始以前随时可以发「退出参评 ${rules.number}」。`
      : `好，「${rules.title}」不列你的名字。`
  }

  async function observe(message: Message, rest: string): Promise<string> {
    const memberId = await idOf(message)
    const number = numberIn(rest) ?? (await actions.onlyOne('监票确认', isObserver(memberId)))
    const vote = await actions.observe(number, memberId)
    const tally = await actions.result(vote)
    return tally
      ? `已确认「${vote.rules.title}」的结果：\n${sayVoteTally(tally).join('\n')}`
      : `已确认「${vote.rules.title}」的名册：${sayElectorate(vote)}`
  }

  async function drawLot(message: Message, rest: string): Promise<string> {
    const [number = 0, lot = -1] = rest.trim().split(/\s+/u).map(Number)
    const vote = await actions.drawLot(number, await idOf(message), lot)
    const tally = await actions.result(vote)
    return tally?.drawn.length
      ? `两个数都有了。\n${sayVoteTally(tally).join('\n')}`
      : '记下了。另一位监票人报了数，就出结果。'
  }

  const own = { takes: 'text', role: 'maker', where: 'private', help: '' } as const
  return [
    { ...own, words: ['投票'], help: '投票 3 —— 拿自己的投票链接（私聊）', run: offerLink },
    { ...own, ...numbered('同意参评', '我同意参评'), run: answer(true) },
    { ...own, ...numbered('退出参评', '不参评', '我不参评'), run: answer(false) },
    { ...own, ...numbered('监票确认'), run: observe },
    {
      ...own,
      takes: 'number',
      lacking: '「抽签」后面请写投票的编号和一个数，像「抽签 2 517」。',
      words: ['抽签'],
      run: drawLot,
    },
  ]
}

/** Answers a choice that is typed where an open vote has a nominee of that name; it is not kept as a question. */
export function typedVoteListener({ actions }: Pick<Parts, 'actions'>): Listener {
  async function refuse(text: string): Promise<Answer> {
    const vote = await actions.openVoteNaming(text)
    return vote && notInChat(vote.rules.number)
  }
  return ({ text }) =>
    text.length <= longestTypedVote && typedVote.test(text.trim()) ? refuse(text) : undefined
}

/** Longer texts are no command with a number; a pattern that strips their ending would take long. */
const longestNumbered = 64
/** A command whose number may be left out, or stand right behind the word. */
const numbered = (...words: string[]) => ({
  words,
  takes: 'number' as const,
  matches: (text: string) => {
    if (text.length > longestNumbered) return undefined
    const said = text.trim().replace(/[!！。~～\s]+$/u, '')
    const word = words.find(one => said.startsWith(one))
    const rest = word === undefined ? undefined : said.slice(word.length)
    return rest !== undefined && /^[\s:：]*(?:第?\d*\s*[号个次]?)$/u.test(rest) ? rest : undefined
  },
})

const numberIn = (rest: string): number | undefined => {
  const found = /\d+/u.exec(rest)?.[0]
  return found === undefined ? undefined : Number(found)
}

const isVoter =
  (memberId: string) =>
  ({ state, electorate }: Vote) =>
    state === 'open' && electorate.some(one => one.memberId === memberId)
const isNominee =
  (memberId: string) =>
  ({ state, nominees }: Vote) =>
    state === 'preparing' && nominees.some(one => one.memberId === memberId)
const isObserver =
  (memberId: string) =>
  ({ state, observers }: Vote) =>
    (state === 'preparing' || state === 'closed') &&
    observers.some(
      one => one.memberId === memberId && !(state === 'closed' ? one.hasSeenTally : one.hasSeenElectorate),
    )

function sayElectorate({ electorate, chain }: Vote): string {
  const hash = String(lastLine(chain, 'electorate')?.hash).slice(0, 8)
  const names = electorate.slice(0, mostNames).map(({ name }) => name)
  const more = electorate.length > mostNames ? `等，全部在控制台「评选」页` : ''
  return `${electorate.length} 人，名册编码 ${hash}。\n${names.join('、')}${more}。有人不该在、或少了谁，请马上告诉组织者。`
}

import type { Temporal } from 'temporal-polyfill'
import type { OpenDay } from './choice-features.ts'
import { addresseesOf, agentSpeaks } from './dates/addressees.ts'
import { isAdvised } from './dates/advice.ts'
import { columnHead, type DateCandidate, type DatedText } from './dates/date-features.ts'
import { type DateReading, probabilityOf } from './dates/roles.ts'
import { setLocally } from './dates/word-classes.ts'

/** A day, and where it is written. */
type WrittenDay = { day: Temporal.PlainDate; candidate: DateCandidate }

/**
 * Returns whether a person has to choose, however likely a day is by the learnt weights: where it is no day but a
 * stretch (「8月下旬」, 「年底」) or only advised, where its sentence leaves the day to local offices, where a paid agency
 * names a day of its own, where the notice is of an event or a duty, and where another day competes.
 * @param options the days on which applying may end
 */
export function createDoubts(options: readonly OpenDay[], whole: DatedText): (choice: WrittenDay) => boolean {
  const title = whole.text.slice(0, whole.titleLength)
  const isEvent = eventTitle.test(title) && !supportTitle.test(title)
  const isDuty = dutyTitle.test(title) && !applyTitle.test(title)
  const isDoubtful = isEvent || isDuty || adviceTitle.test(title) || hasDayOfAgent(options, whole)
  return choice => isDoubtful || isVague(choice, whole) || hasRival(choice.day, options, whole)
}

const vague = /[上中下]旬|年(?:内|底|末|终)$/u
/** 「大约在12月20日上下」, 「暂定12月20日」 */
const roughlyBefore =
  /(?:大约|大概|(?<![预签合公制履节])约|预计|暂定|初定|初步定|估计)(?:在|为|是|于|到|至)?\s*$/u
const roughlyBehind = /^\s*(?:左右|上下|前后)/u
/** In characters, before a day. */
const roughlyLength = 8
/** 「11月」 alone is a stretch, 「11月内」 and 「10月至11月止」 have an end. */
const monthEnds = /^[月份]{0,2}\s*(?:[之以]?[内前]|[截为]?止|底|末)/u
/** To sign up for an event is no application, whatever its last day. */
const eventTitle =
  /考试|报考|听证|投票|(?:举办|召开|参加|组团).*(?:培训|班|讲座|沙龙|论坛|会)|开班|(?:培训|研修|进修|提升)班|研修|讲座|沙龙|见面会|对接会/u
const supportTitle = /补[贴助]|奖|资助|申[报领请]|兑现|评选|认定|遴选|征集|参评|大赛|展位/u
/** Nor are opinions, and bids for what an office buys. */
const adviceTitle = /(?:征集|征求|公开)[^,。;]{0,24}(?:建议|意见)|询价|招标|采购|磋商|比选/u
/** Nor is what those who were supported still have to do. */
const dutyTitle = /结[题项]|验收(?!补)|年报|补正|考核评价|核[实查]|自查|整改|会费|绩效自评/u
const applyTitle = /申[报领请]|征集|兑现|遴选|认定|评选|招募/u
/** Another day with this probability, by its role and by being the last, may as well be meant. */
const rivalFrom = 0.5
/** A day that is the last one by so much more than its rival is meant. */
const clearLead = 0.3

/** An earlier day by which others apply, who have theirs from a local office, may be meant from here on. */
const otherRoadFrom = 0.3

/** The district's day comes before that of a system which stays open longer for others. */
const ofDistrict =
  /我[区市县][^,。;]{0,6}(?:企业|单位|主体)[^,。;]{0,4}[须应请于]|[区市县]里(?:要求|时间)|留足[^,。;]{0,6}时间/u

/**
 * Whether another day to apply competes with a day, and nothing tells them apart (online or paper, old or new,
 * enterprise or office, this round or a later one): however likely the one is by all else, a person chooses.
 */
function hasRival(day: Temporal.PlainDate, options: readonly OpenDay[], { text }: DatedText): boolean {
  const ownOptions = options.filter(option => option.day.equals(day))
  const own = ownOptions.map(({ reading }) => reading)
  const applies = (reading: DateReading) => probabilityOf(reading, 'apply') + probabilityOf(reading, 'paper')
  const [most, last] = [Math.max(...own.map(applies)), Math.max(...own.map(({ isLast }) => isLast))]
  const ahead = Math.min(...ownOptions.map(option => option.ahead))
  return options.some(option => {
    const { day: other, reading } = option
    const sentence = option.ahead < ahead ? sentenceAround(text, reading.candidate) : ''
    if (ofDistrict.test(sentence)) return true
    if (setLocally.test(sentence) && applies(reading) + probabilityOf(reading, 'old') >= otherRoadFrom)
      return true
    if (other.equals(day) || ownOptions.some(each => isNext(each, option, text))) return false
    const isLikely = probabilityOf(reading, 'apply') >= rivalFrom && reading.isLast >= rivalFrom
    return (
      (isLikely && last - reading.isLast < clearLead) || (applies(reading) > most && reading.isLast > last)
    )
  })
}

const roundBefore = /第([一二三四五1-5])(?:批|次|轮|期|季度)(?!.*第[一二三四五1-5](?:批|次|轮|期|季度))/su
const rounds = '一二三四五'
/** 「赛道三」, 「专题2」: tracks of one call, of which the next to close counts. */
const trackIn =
  /(?:赛道|方向|专题|专项|组别|类别|榜单|标段)\s*([一二三四五六七八1-8A-H])(?!.*(?:赛道|方向|专题|专项|组别|类别|榜单|标段)\s*[一二三四五六七八1-8A-H])/su
const supplement = /补正|补交|补传|补齐|补充材料|容缺|退回|重新提交/u
const [online, paper] = [/网上|网络|线上|在线|系统|网报|网申/u, /纸质|书面|纸件/u]
const [replaced, replacing] = [/原定|原为|原来|误|错/u, /现为|现在|改[为成到]|应为|正|延/u]
const startHead = /开始|起始|开放|启动|开通/u

/**
 * Whether a day is meant rather than another by what stands before them: a round before a later one, the end online
 * before that for papers, a day that replaces one, or the end beside a column of beginnings.
 */
function isNext(option: OpenDay, other: OpenDay, text: string): boolean {
  const [said, saidOfOther] = [leadOf(option, text), leadOf(other, text)]
  if (replacing.test(said) && replaced.test(saidOfOther)) return true
  if (supplement.test(saidOfOther) && !supplement.test(said)) return true
  const [track, otherTrack] = [trackIn.exec(said)?.[1], trackIn.exec(saidOfOther)?.[1]]
  if (track && otherTrack && track !== otherTrack && option.ahead < other.ahead) return true
  if (option.ahead > other.ahead) return startHead.test(columnHead(text, other.reading.candidate.start))
  const [round, next] = [roundIn(said), roundIn(saidOfOther)]
  if (round > 0 && next > round) return true
  return online.test(said) && !paper.test(said) && paper.test(saidOfOther) && !online.test(saidOfOther)
}

function roundIn(said: string): number {
  const name = roundBefore.exec(said)?.[1]
  return name === undefined ? 0 : Number(name) || rounds.indexOf(name) + 1
}

/** In characters, before a day, as far as the day before or the line. */
const longestLead = 40

function leadOf({ reading: { candidate } }: OpenDay, text: string): string {
  const lead = text.slice(Math.max(0, candidate.start - longestLead), candidate.start)
  return lead.replace(/^.*(?:\n|[。;]|\d{1,2}[月.]\d{1,2}日?)/su, '')
}

/** Whether a sentence in which a paid agency speaks of itself names a day. */
function hasDayOfAgent(options: readonly OpenDay[], { text, titleLength }: DatedText): boolean {
  if (!addresseesOf(text, titleLength).isByAgent) return false
  return options.some(
    ({ reading }) =>
      agentSpeaks.test(sentenceAround(text, reading.candidate)) && probabilityOf(reading, 'event') < 0.5,
  )
}

const sentenceStop = /[。;!?\n]/u
const sentenceAround = (text: string, { start, end }: DateCandidate) =>
  `${text.slice(0, start).split(sentenceStop).at(-1)}${text.slice(start, end)}${text.slice(end).split(sentenceStop, 1)[0]}`

function isVague({ candidate }: WrittenDay, { text }: DatedText): boolean {
  const said = text.slice(candidate.start, candidate.end)
  const isBareMonth = candidate.mention.isMonth && !monthEnds.test(said.slice(-1) + text.slice(candidate.end))
  const isRough =
    roughlyBefore.test(text.slice(Math.max(0, candidate.start - roughlyLength), candidate.start)) ||
    roughlyBehind.test(text.slice(candidate.end))
  return (
    isBareMonth ||
    isRough ||
    vague.test(said) ||
    isAdvised(candidate, text) ||
    setLocally.test(sentenceAround(text, candidate))
  )
}

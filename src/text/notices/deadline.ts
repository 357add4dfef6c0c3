import { Temporal } from 'temporal-polyfill'
import { choiceFeatures, type OpenDay } from './choice-features.ts'
import { addresseesOf } from './dates/addressees.ts'
import { isAdvised } from './dates/advice.ts'
import { callFeatures } from './dates/call-features.ts'
import { candidatesOf, type DateCandidate, type DatedText } from './dates/date-features.ts'
import {
  type DateReading,
  type DateWeights,
  type FeatureWeights,
  probabilityOf,
  readDates,
  scoresOf,
  softmax,
} from './dates/roles.ts'
import { setLocally } from './dates/word-classes.ts'
import { createDoubts } from './doubts.ts'

/** All that is learnt, see `npm run notices:train`. */
export type NoticeWeights = DateWeights & {
  /** Weights of a call: whether enterprises can apply by a day that the text names. */
  call: FeatureWeights
  /** Weights of the choice of the last day to apply; see {@link choiceFeatures}. */
  choice: ChoiceWeights
  /** Weights of a sum of money: whether a rule names it. */
  amounts: FeatureWeights
}

/** Weights for notices of full length, and for messages of a sentence or two. */
export type ChoiceWeights = { full: readonly number[]; short: readonly number[] }

/** In characters, title included: a shorter text is a message. */
const shortLength = 250
export const isShort = ({ text }: DatedText) => text.length < shortLength

/** A day that may be the last to apply, where it is written, and how probable that is, 0 to 1. */
type DeadlineChoice = { day: Temporal.PlainDate; candidate: DateCandidate; probability: number }

export type DeadlineReading = {
  readings: readonly DateReading[]
  /** 0 to 1: enterprises can apply, by a day that the text names. */
  isCall: number
  /** Likeliest first. */
  choices: readonly DeadlineChoice[]
}

/** Probability that a doubtful day keeps at most, see {@link createDoubts}. */
const mostUnsure = 0.8

/** No call is open for longer: a later day is the end of a project or of a policy. */
const longestYears = 3

/** Reads the roles of all dates of a notice, and how probably each day is the last one to apply. */
export function readDeadline(whole: DatedText, weights: NoticeWeights): DeadlineReading {
  const readings = readDates(whole, candidatesOf(whole.days), weights)
  const isCall = readCall(whole, weights.call)
  const options = nextToClose(deadlineOptions(readings, { text: whole, isCall }), whole)
  const choice = isShort(whole) ? weights.choice.short : weights.choice.full
  const probabilities = softmax([0, ...options.map(({ features }) => dot(features, choice))])
  const byDay = new Map<string, DeadlineChoice>()
  for (const [at, { day, reading }] of options.entries()) {
    const probability = probabilities[at + 1] ?? 0
    const known = byDay.get(day.toString())
    const isClearer = !known || probability > known.probability
    byDay.set(day.toString(), {
      day,
      candidate: isClearer ? reading.candidate : known.candidate,
      probability: probability + (known?.probability ?? 0),
    })
  }
  const isDoubtful = createDoubts(options, whole)
  const choices = [...byDay.values()]
    .map(choice => (isDoubtful(choice) ? atMost(choice, mostUnsure) : choice))
    .sort((a, b) => b.probability - a.probability)
  return { readings, isCall, choices }
}

const atMost = (choice: DeadlineChoice, most: number) => ({
  ...choice,
  probability: Math.min(choice.probability, most),
})

/** Roles that are as probable as this speak of a round of its own. */
const roundFrom = 0.5

/** Without the rounds that have closed by the day of reading, where a later one is open. */
function nextToClose(
  options: readonly DeadlineOption[],
  { publishedOn, readOn = publishedOn }: DatedText,
): readonly DeadlineOption[] {
  const open = options.filter(({ day }) => Temporal.PlainDate.compare(day, readOn) >= 0)
  return open.some(({ reading }) => probabilityOf(reading, 'apply') >= roundFrom) ? open : options
}

const forwardedFrom = 0.5
/** A day of the enterprises that is as probable as this may be there. */
const enterprisesFrom = 0.2
const draft = /征求.{0,20}意见|意见征集|征求意见稿/u
/** Titles of calls. */
export const callTitle =
  /招商|登记|申报|申请|申领|征集|招募|遴选|评选|推荐|报名|认定|受理|做好|入库|摸底|开展/u
const otherTitle =
  /公示|结果|名单|公布|决定|侧记|盘点|发放|下达|签约|(?:办法|细则|措施|意见|规定)(?:\([^)]*\))?(?:的(?:通知|公告|通告))?$/u

/**
 * Whether only offices have a day in a call, by which they pass applications on: the day of the enterprises is then set
 * locally.
 */
export function isSetLocally(
  { readings, choices }: DeadlineReading,
  { text, titleLength, publishedOn }: DatedText,
) {
  const title = text.slice(0, titleLength)
  if (choices.some(({ probability }) => probability >= enterprisesFrom)) return false
  if (draft.test(text) || otherTitle.test(title) || !callTitle.test(title)) return false
  const least = setLocally.test(text) ? forwardedFrom / 2 : forwardedFrom
  return readings.some(
    reading =>
      probabilityOf(reading, 'forward') >= least &&
      Temporal.PlainDate.compare(reading.candidate.mention.day, publishedOn) >= 0,
  )
}

/** @returns 0 to 1 */
export function readCall({ text, titleLength }: DatedText, weights: FeatureWeights): number {
  return softmax(scoresOf(callFeatures(text, titleLength), weights, 2))[1] ?? 0
}

/** 「7月1日起」 begins something; 「7月1日起停止受理」 and 「7月1日起该入口关闭」 end it, 「7月1日起开放9日关闭」 does not. */
const closesFrom =
  /^\s*起(?:(?!开[放通启始]|启[用动]|上线|[一二三四五六七八九十两廿]+个?[日号天周月])[^,。;、\d\n]){0,8}?(?:停止|停收|停用|不再|不予|关闭|隐藏|下线|下架|失效|作废)/u
/** 「5月3日后登录」 begins something, too; 「6月15日后不再受理」 and 「6月15日后按钮变灰」 do not. */
const opensAfter = /^\s*[之以]?后(?:即可|方可|再|登录|登陆|进入|下载|填报|填写|查看|打印|受理|开始|陆续)/u
const begins = (behind: string) =>
  (/^\s*起(?![至到])/u.test(behind) && !closesFrom.test(behind)) || opensAfter.test(behind)

/** 「◆11月上旬」 in a line of its own stands over a part of a calendar. */
function isPartOfCalendar({ start, end }: DateCandidate, text: string): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  return (
    !/[\p{Script=Han}\d]/u.test(line) &&
    /旬$/u.test(text.slice(start, end)) &&
    /^\s*(?:\n|$)/u.test(text.slice(end))
  )
}

/** A date that is as probably the day of a document is no day to apply. */
const issuedFrom = 0.5

/** 「申请系统开放：1月19日」 and 「1月19日开启」: applying begins on it; 「开放：1月19日前」 and a span do end. */
const opens = /(?:开放|开通|启用|上线|开启|开始|启动)(?:时间|日期)?\s*:\s*$/u
const ends = /^\s*(?:之?前|以前|[截为]?止)/u
const opensOn =
  /^\s*(?:\([^()]{1,8}\))?\s*(?:正式|统一)?(?:系统|通道|平台|入口)?(?:开放|开通|启用|上线|开启|开始|启动)(?!时间|期|之?前|以前)/u
const endsBefore = /截[至止]?到?\s*$/u
function isOpening({ start, end, mention }: DateCandidate, text: string): boolean {
  const [before, behind] = [text.slice(Math.max(0, start - 12), start), text.slice(end)]
  if (mention.isSpanEnd || ends.test(behind)) return false
  return opens.test(before) || (opensOn.test(behind) && !endsBefore.test(before))
}

const mayEnd = (reading: DateReading, text: string): boolean =>
  !reading.candidate.mention.isYearly &&
  !begins(text.slice(reading.candidate.end)) &&
  !isOpening(reading.candidate, text) &&
  !isPartOfCalendar(reading.candidate, text) &&
  probabilityOf(reading, 'issued') < issuedFrom

export type DeadlineOption = OpenDay & { features: readonly number[] }

/** The days from the day of publication on, each with what speaks for it. */
export function deadlineOptions(
  readings: readonly DateReading[],
  { text, isCall }: { text: DatedText; isCall: number },
): DeadlineOption[] {
  const { publishedOn } = text
  const latest = publishedOn.until(publishedOn.add({ years: longestYears })).days
  const open = readings
    .filter(reading => mayEnd(reading, text.text))
    .map(reading => {
      const day = lastDayOf(reading.candidate, text.text)
      return { reading, day, ahead: publishedOn.until(day).days }
    })
    .filter(({ ahead }) => ahead >= 0 && ahead <= latest)
  const firm = withoutAdvice(open, text.text)
  const notice = { readings, open: firm, isCall, traits: addresseesOf(text.text, text.titleLength) }
  return firm.map(option => ({ ...option, features: choiceFeatures(option, notice) }))
}

/** A day with this probability may be the end that an earlier day is advised for. */
const endFrom = 0.3

/** Without the days that are only advised for the sake of a later end. */
function withoutAdvice(open: readonly OpenDay[], text: string): readonly OpenDay[] {
  const isEnd = ({ reading }: OpenDay) =>
    !isAdvised(reading.candidate, text) &&
    Math.max(probabilityOf(reading, 'apply'), reading.isLast) >= endFrom
  return open.filter(
    ({ ahead, reading }) =>
      !isAdvised(reading.candidate, text) || !open.some(other => other.ahead > ahead && isEnd(other)),
  )
}

const hour = /\d\s*[:时点]/u

/** 「16日0时」 and 「自16日起不再受理」 end the day before, 「16日18时起不再受理」 on that day. */
function lastDayOf({ mention, start, end }: DateCandidate, text: string): Temporal.PlainDate {
  const isFrom = closesFrom.test(text.slice(end)) && !hour.test(text.slice(start, end))
  return mention.isMidnight || isFrom ? mention.day.subtract({ days: 1 }) : mention.day
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)

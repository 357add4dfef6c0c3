import type { Profile } from '../../../matching/answers.ts'
import { earliestDay } from '../../../matching/earliest.ts'
import type { MatchQuestion } from '../../../matching/interview/next-question.ts'
import { programmeOf } from '../../../matching/load.ts'
import {
  disclaimer,
  pastWindow,
  resultOf,
  type ShownVerdict,
  shownVerdict,
} from '../../../matching/results.ts'
import { parseAnswer } from '../../../matching/stored-answers.ts'
import type { CompiledTrack, MatchingRules, Verdict } from '../../../matching/verdicts.ts'
import { chineseDay, describeAnswer } from '../../../matching/wording.ts'
import { contentMark } from '../../../ports/personal-data.ts'
import { keptMonths, type SavedCompany } from '../companies.ts'

export const startWords = [
  '问几个问题，帮你看哪些政策对得上。答案只在这次对话里，30 分钟后忘掉；想留着就说「保存」。不知道的回「不知道」。',
  '先说想看哪一类（可以回几个号，比如「1 3」）：',
]

/** The kinds of tracks to choose from, in the order of their numbers. */
export const wantedKinds: readonly { label: string; isWanted(entry: CompiledTrack): boolean }[] = [
  { label: '税费优惠', isWanted: ({ track }) => track.brings === 'tax' && !isOfSpaces(track.id) },
  { label: '补助和奖励', isWanted: ({ track }) => track.brings === 'money' },
  { label: '称号和资质', isWanted: ({ track }) => track.brings === 'title' && !isOfSpaces(track.id) },
  { label: '贷款', isWanted: ({ track }) => track.brings === 'loan' },
  {
    label: '登记、合同、专利、人才等事项',
    isWanted: ({ track }) => track.brings === 'service' || track.brings === 'people',
  },
  { label: '我们是众创空间或孵化器', isWanted: ({ track }) => isOfSpaces(track.id) },
  { label: '都看看', isWanted: ({ track }) => !isOfSpaces(track.id) },
]

const isOfSpaces = (id: string) => /^(?:makerspace|incubator_tax)/.test(id)

/** A question in chat, with its number in this session. */
export function askInChat({ field, answers }: MatchQuestion, number: number): string {
  const options = answers.map((answer, at) => `${at + 1}）${describeAnswer(field, answer)}`)
  return [
    `第 ${number} 问：${field.ask}`,
    ...options,
    `（${field.findIt}）${howToAnswer(field, answers.length)}`,
  ].join('\n')
}

function howToAnswer(field: MatchQuestion['field'], options: number): string {
  const unknown = '不知道回「不知道」。'
  if (options === 0)
    return `刚才那一档还分不清，直接回数字${field.unit ? `（${field.unit}）` : ''}就行，${unknown}`
  if (field.kind === 'day') return `回序号，或者直接回日期，比如「2024年3月」；${unknown}`
  if (field.kind === 'number' || field.kind === 'share')
    return `回序号，或者直接回数字，比如「${exampleOf(field)}」；${unknown}`
  return field.many ? `回序号，有几项回几项，比如「1 3」；${unknown}` : `回序号就行；${unknown}`
}

const exampleOf = ({ kind, unit }: MatchQuestion['field']) => (kind === 'share' ? '12%' : `12${unit ?? ''}`)

export type JudgedTrack = { compiled: CompiledTrack; verdict: Verdict }

/** Results of the wanted tracks, most useful first, names only. */
export function describeResult(
  judged: readonly JudgedTrack[],
  answered: number,
  isMoreToAsk: boolean,
): string {
  const named = (name: ShownVerdict) => judged.filter(({ verdict }) => shownVerdict(verdict) === name)
  const line = (name: ShownVerdict, of = (one: JudgedTrack) => one.compiled.track.name) => {
    const tracks = named(name)
    return tracks.length === 0 ? [] : [`${name} ${tracks.length} 项：${tracks.map(of).join('、')}`]
  }
  const shown = [...named('对得上'), ...named('还差'), ...named('要先问清'), ...judged][0]
  const example = shown ? shortName(shown.compiled.track.name) : '高企'
  const route = shown && shownVerdict(shown.verdict) === '不符合' ? '' : `「怎么补 ${example}」`
  return [
    `按你填的 ${answered} 个答案：`,
    ...line('对得上'),
    ...line('还差', ({ compiled, verdict }) => `${compiled.track.name}（${verdict.failing.length} 条）`),
    ...line('不符合'),
    ...line('要先问清'),
    ...line('不在时候', ({ compiled }) => `${compiled.track.name}${past(compiled)}`),
    ...line('矛盾'),
    ...line('已停'),
    ...line('只能问部门'),
    `回「为什么 ${example}」${route}看细节，${isMoreToAsk ? '「继续」接着问，' : ''}「保存」留着下次用。${disclaimer}`,
  ].join('\n')
}

const past = (compiled: CompiledTrack) => {
  const window = pastWindow(compiled)
  return window ? `（往年${window}）` : ''
}

const shortName = (name: string) => name.replace(/（.*）/u, '')

type Explained = {
  compiled: CompiledTrack
  profile: Profile
  rules: MatchingRules
  offices: readonly string[]
}

/** 「为什么 高企」: each condition with its clause and what was answered. */
export function explain({ compiled, profile, rules, offices }: Explained): string {
  const { name, verdict, lines, notes, documents } = resultOf(rules, compiled, profile)
  return [
    `${name}：${verdict}`,
    ...lines.map((line, at) => (lines.length > 1 ? `${at + 1}. ${line}` : line)),
    ...notes,
    ...(documents.length > 0 ? [`依据：${documents.join('、')}`] : []),
    `问人：${officesOf(offices)}。${disclaimer}`,
  ].join('\n')
}

const officesOf = (offices: readonly string[]) => (offices.length > 0 ? offices.join('、') : '台江区科技部门')

/** 「怎么补 高企」: what is missing, how, by when at the earliest, and what comes first. */
export function describeRoute({ compiled, profile, rules, offices }: Explained, on: string): string {
  const { track } = compiled
  const failing = compiled.conditionsFor(profile).filter(({ truth }) => truth === false)
  if (failing.length === 0) return explain({ compiled, profile, rules, offices })
  const lines = failing.map(({ condition }, at) => {
    const day = condition.changes === 'byTime' ? earliestDay(condition, profile, rules, on) : undefined
    const how = condition.changes === 'never' ? '这一条改不了' : (condition.howTo ?? '要达到这一条')
    return `${at + 1}. ${condition.says}：${how}${day ? `，最早 ${chineseDay(day)}` : ''}`
  })
  const before = rules.tracks.filter(
    ({ leadsTo }) => leadsTo.includes(track.id) || leadsTo.includes(programmeOf(track)),
  )
  return [
    `${track.name}${shownVerdict(compiled.judge(profile))} ${failing.length} 条：`,
    ...lines,
    ...(before.length > 0 ? [`可以先做：${before.map(({ name }) => name).join('、')}`] : []),
    ...(pastWindow(compiled) ? [`申报时间：往年${pastWindow(compiled)}，下一次以通知为准。`] : []),
    disclaimer,
  ].join('\n')
}

/** Answers, a line for each field. */
export function describeAnswers(answers: SavedCompany['answers'], fields: MatchingRules['fields']): string[] {
  return Object.entries(answers).flatMap(([id, stored]) => {
    const field = fields.get(id)
    const answer = field && parseAnswer(field, stored)
    return field && answer !== undefined
      ? [`${contentMark}${field.ask.replace(/[？?].*$/u, '')}：${describeAnswer(field, answer)}`]
      : []
  })
}

/** Says before saving which answers would be kept, who sees them and how long. */
export function askBeforeSaving(answers: SavedCompany['answers'], fields: MatchingRules['fields']): string {
  const lines = describeAnswers(answers, fields)
  if (lines.length === 0) return '还没有答案可以保存。先回答几个问题再说「保存」。'
  return [
    '要留下的是这些（数字只留档位，不留准数）：',
    ...lines,
    '用来：下次接着测，和你要的提醒。谁看得到：只有你自己；区里只看得到满 5 家的合计数。',
    `留多久：最后一次用过以后 ${keptMonths} 个月，随时可以说「删除我的企业信息」。`,
    '同意就回「确认保存」；也想让你空间的指导员看到，回「确认保存并给指导员看」。',
  ].join('\n')
}

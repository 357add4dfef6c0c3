import type { Temporal } from 'temporal-polyfill'
import type { HandedOver } from '../../ports/desk.ts'
import type { Aside } from '../../text/asides.ts'
import type { Detail, Entry, Programme, SourceDocument } from './records.ts'
import { validity } from './validity.ts'

/** The longest answer that a group is given, its source line included. */
export const groupLimit = 300

/**
 * `short` stays within {@link groupLimit} characters; `brief` is one of several answers in a reply and stays within its
 * part of them where the first line, the caveat and the source leave room. `full` has everything, links too.
 */
export type AnswerLength = 'brief' | 'short' | 'full'

/** What a line under the answer is about, as makers and editors read it. */
export const aboutWords: Record<Detail['about'], string> = {
  who: '对象',
  amount: '标准',
  when: '时间',
  how: '办法',
  papers: '材料',
  note: '注意',
}

/**
 * An entry as it is said in chat; whole lines are left out rather than half ones. What has ended is never said as if
 * it held. Only live entries may be said to makers; drafts are for previews.
 */
export function sayEntry(entry: Entry, at: Temporal.Instant, form: AnswerLength, limit = groupLimit): string {
  const state = validity(entry, at)
  const said = saidBefore.get(entry) ?? new Map<string, string>()
  const key = `${state} ${form} ${limit}`
  const known = said.get(key)
  if (known !== undefined) return known
  const text = putIntoWords(entry, state, { form, limit })
  saidBefore.set(entry, said.set(key, text))
  return text
}

/** Everybody asks for the same few. */
const saidBefore = new WeakMap<Entry, Map<string, string>>()

type Size = { form: AnswerLength; limit: number }

function putIntoWords(entry: Entry, state: State, { form, limit }: Size): string {
  const details = sayable(entry, state, form)
  if (form === 'full') return compose(entry, state, details, form)
  for (let kept = details.length; kept > 0; kept--) {
    const answer = compose(entry, state, details.slice(0, kept), form)
    if ([...answer].length <= limit) return answer
  }
  return compose(entry, state, [], form)
}

type State = ReturnType<typeof validity>

/** A group hears nothing from weak sources, and no figures of what has ended. */
function sayable(entry: Entry, state: State, form: AnswerLength): Detail[] {
  if (form === 'full') return entry.details
  if (state === 'ended' && entry.policy !== 'history_only') return []
  return entry.details.filter(detail => !detail.unsure)
}

function compose(entry: Entry, state: State, details: Detail[], form: AnswerLength): string {
  const more = form !== 'full' && details.length < entry.details.length
  return [
    ...opening(entry, state, form),
    ...(details.length > 0 ? frame(entry, state) : []),
    ...details.map((detail, n) => sayDetail(detail, details[n - 1])),
    more ? '回复「完整答案」看全部。' : '',
    caveat(entry, state),
    ...sources(entry, details, form),
  ]
    .filter(Boolean)
    .join('\n')
}

function opening(entry: Entry, state: State, form: AnswerLength): string[] {
  if (state === 'upcoming') return [`从${entry.effectiveFrom}起才施行，现在还没有生效。`, entry.short]
  if (state === 'current') return [entry.short]
  const ended = `这一条已于${entry.effectiveUntil}结束，不能再按它办。`
  const next = entry.replacedBy ? `接替它的请看：${entry.replacedBy.question}` : ''
  // The first line of a live policy speaks of today; only history is written to be read afterwards.
  if (entry.policy === 'history_only') return [entry.short, ended, next]
  return [ended, next, form === 'full' ? `当时的说法：${entry.short}` : '']
}

function frame(entry: Entry, state: State): string[] {
  if (entry.policy === 'history_only') {
    const when = state === 'ended' || !entry.verifiedOn ? '当时' : sayPartialDay(entry.verifiedOn)
    return [`以下是${when}的历史口径，不是现行标准：`]
  }
  return state === 'ended' ? ['以下是当时的规定，已经失效：'] : []
}

/** Reply to a message that asks nothing of the knowledge base. */
export const asideWords: Record<Aside, string> = {
  thanks: '不客气。',
  greeting: '你好。想问政策、补贴或项目申报，直接打字问我就行。',
  farewell: '再见。',
  laughter: '😄 有政策、补贴的事，直接打字问我就行。',
  praise: '谢谢。哪里答得不对，也请告诉我。',
  assent: '好的。',
  bot: '我是创客群的机器人，是程序，不是真人：答政策补贴的问题、记微党课的签到、推送政策速递，不收费。答案以文件和主管部门答复为准。发「帮助」看我能做什么。',
  lessons:
    '课程和活动的时间、地点、主讲，请看群里的开课通知，或者问组织者。自己的出勤，发「我的出勤」；能发什么口令，发「帮助」。',
  instructor: '要找指导员，发「转人工」加上你的问题，我转给负责的指导员，答了告诉你。',
  ticket: '你转给指导员的问题和进展，发「我的咨询」就能看到。',
  person: '要请指导员来答，发「转人工」加上你的问题。',
}

/** Says that a model worded it, as the labelling rules in force since 2025-09-01 ask. */
export const withModelMark = (text: string): string => `${text}\n（以上由 AI 整理，原文回复「完整答案」看）`

/** Reply to a request for help with deceiving an office. */
export const fraudWords =
  '弄虚作假的事我不帮忙，也劝你别这样做：查实了会取消资格、追回资金，还会记入信用记录。实际情况哪里够不上，告诉我，我帮你看正规的办法。'

/** A second line about the same thing goes on without saying its label again. */
function sayDetail(detail: Detail, before: Detail | undefined): string {
  const label = detail.about === before?.about ? '' : `${aboutWords[detail.about]}：`
  return `${label}${detail.text}${detail.unsure ? '（这点没有完全核实，请再问一下）' : ''}`
}

function caveat(entry: Entry, state: State): string {
  const asOf = entry.verifiedOn ? `截至${sayPartialDay(entry.verifiedOn)}` : ''
  if (state === 'ended') return `现在怎么办，请问${entry.ask}。`
  switch (entry.policy) {
    case 'state':
      return ''
    case 'state_with_date':
      return `${asOf}，以最新通知为准。`
    case 'hedge':
      return `大致如此${asOf && `（${asOf}）`}，请向${entry.ask}核实。`
    case 'history_only':
      return `现在的标准请问${entry.ask}。`
    case 'refer_only':
      return `请直接问${entry.ask}。`
  }
}

function sources(entry: Entry, details: Detail[], form: AnswerLength): string[] {
  if (entry.documents.length === 0) return ['依据：还没有核到可引用的文件，以主管部门答复为准']
  const label = entry.policy === 'history_only' ? '当时依据' : '依据'
  if (form !== 'full') return [`${label}：${used(entry, details).map(cite).join('；')}`]
  return [...entry.documents.flatMap(link), ...entry.documents.map(document => `${label}：${cite(document)}`)]
}

function used(entry: Entry, details: Detail[]): SourceDocument[] {
  const first = entry.documents.slice(0, 1)
  return [...new Set([...first, ...details.flatMap(detail => detail.document ?? [])])]
}

/** 「《高新技术企业认定管理办法》国科发火〔2016〕32号，2016-01-29」; what is not known is said so. */
function cite(document: SourceDocument): string {
  const date = document.date ? sayPartialDay(document.date) : '日期未核到'
  return `《${document.title}》${document.number ?? '（文号未核到）'}，${date}`
}

function link({ link }: SourceDocument): string[] {
  if (!link) return []
  return [`原文：${link.url}${link.opened ? '' : ' （官方链接，我们没有逐一打开核对）'}`]
}

/** 「2016-01-29」「2018-11」「2025年」「2019年前」. */
function sayPartialDay(day: string): string {
  return day.replace(/^(\d{4})(前?)$/, '$1年$2')
}

/**
 * What is said when nothing reliable was found: honest, and with somebody to turn to. That it was passed on is said
 * only where somebody has it.
 * @param programme the one that the question seems to be about, if that much is clear
 */
export function sayUnknown(
  programme?: Programme,
  handed: HandedOver = { kind: 'nobody' },
  isInGroup = true,
): string {
  const offices = programme
    ? `${programme.name}可以问${programme.offices.join('、')}。`
    : '税费问题可拨12366；补贴、社保和用工可拨12333；科技项目和奖励，请问台江区科技主管部门。'
  // An office that has nothing to do with the question helps nobody in a hurry.
  const urgent = programme ? `\n急的话：${offices}` : ''
  switch (handed.kind) {
    case 'opened':
      return `这个我还没有可靠的答案，已转给${handed.to}（${handed.number} 号），有答复我${isInGroup ? '在这里 @ 你' : '马上告诉你'}。${urgent}`
    case 'already':
      return `这个问题已经在${handed.to}那里了（${handed.number} 号），有答复我${isInGroup ? '在这里 @ 你' : '马上告诉你'}。${urgent}`
    case 'too-many':
      return `这个我还没有可靠的答案，不敢乱说；你今天转给指导员的问题已经够多了，这个没有再转。\n${offices}\n也可以直接找你所在众创空间的指导员，或者明天再问我。`
    case 'no-question':
      return `这个我还没有可靠的答案，不敢乱说。\n${offices}\n要请指导员来答，发「转人工」加上你的问题。`
    case 'nobody':
      return `这个我还没有可靠的答案，不敢乱说。\n${offices}\n也可以找你所在众创空间的指导员，他们帮你问到底。`
  }
}

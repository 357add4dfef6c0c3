import type { Temporal } from 'temporal-polyfill'
import { hasAtMost } from '../../../text/characters.ts'
import { sayKeptDay, sayKeptDays } from '../../../text/dates/kept-day.ts'
import { type Detail, type Entry, type SourceDocument, unsureWords } from '../records.ts'
import { validity } from '../validity.ts'
import { type FirstWords, firstWordsFor } from './first-words.ts'
import { asksForHistory, withoutFigures } from './history.ts'

/** The longest answer that a group is given, its source line included. */
export const groupLimit = 300

/**
 * `short` stays within {@link groupLimit} characters; `brief` is one of several answers in a reply and stays within its
 * part of them where the first line, the caveat and the source leave room. `full` has everything, links too.
 */
export type AnswerLength = 'brief' | 'short' | 'full'

/** Chinese names of the lines under an answer, for makers and editors. */
export const aboutWords: Record<Detail['about'], string> = {
  who: '对象',
  amount: '标准',
  when: '时间',
  how: '办法',
  papers: '材料',
  note: '注意',
}

/** Context of a told entry: the question, the verdict on its figures, and the limit of characters. */
type Telling = { question?: string | undefined; verdict?: string | undefined; limit?: number }

/**
 * An entry as it is said in chat, what was asked for first; whole lines are left out rather than half ones. What has
 * ended is never said as if it held. Only live entries may be said to makers; drafts are for previews.
 */
export function sayEntry(
  entry: Entry,
  at: Temporal.Instant,
  form: AnswerLength,
  { question = '', verdict, limit = groupLimit }: Telling = {},
): string {
  const state = validity(entry, at)
  const first = firstWordsFor(entry, question, verdict)
  if (form === 'full') return compose(entry, state, { details: entry.details, form, first })
  const details = sayable(entry, state, asksForHistory(question, at))
  const inOrder = details.toSorted(
    (a, b) => Number(b.about === first.about) - Number(a.about === first.about),
  )
  for (let kept = inOrder.length; kept > 0; kept--) {
    const answer = compose(entry, state, { details: inOrder.slice(0, kept), form, first })
    if (hasAtMost(answer, limit)) return answer
  }
  return compose(entry, state, { details: [], form, first })
}

type State = ReturnType<typeof validity>

/**
 * In a group nothing is told from weak sources, and figures of what no longer holds
 * only where history is asked for.
 */
function sayable({ details, policy }: Entry, state: State, isHistoryAsked: boolean): Detail[] {
  const sure = details.filter(detail => !detail.unsure)
  if (policy === 'history_only') return isHistoryAsked ? sure : withoutFigures(sure)
  return state === 'ended' ? [] : sure
}

type Said = { details: Detail[]; form: AnswerLength; first: FirstWords }

function compose(entry: Entry, state: State, { details, form, first }: Said): string {
  const more = form !== 'full' && details.length < entry.details.length
  const said = [
    ...opening(entry, state, { form, first }),
    ...(details.length > 0 ? frame(entry, state) : []),
    ...details.map((detail, n) => sayDetail(detail, details[n - 1])),
  ]
  const lines = [
    ...said,
    more ? '回复「完整答案」看全部。' : '',
    sendsTo(entry.ask, said) && onlyRefers(entry, state) ? '' : caveat(entry, state),
    ...sources(entry, details, form),
  ]
  return sayKeptDays(lines.filter(Boolean).join('\n'))
}

function opening(entry: Entry, state: State, { form, first }: Pick<Said, 'form' | 'first'>): string[] {
  if (state === 'upcoming')
    return [`从${sayKeptDay(entry.effectiveFrom ?? '')}起才施行，现在还没有生效。`, entry.short]
  if (state === 'current') return first.lines
  const ended = `这一条已于${sayKeptDay(entry.effectiveUntil ?? '')}结束，不能再按它办。`
  const next = entry.replacedBy ? `接替它的请看：${entry.replacedBy.question}` : ''
  // The first line of a live policy speaks of today; only history is written to be read afterwards.
  if (entry.policy === 'history_only') return [...first.lines, ended, next]
  return [ended, next, form === 'full' ? `当时的说法：${entry.short}` : '']
}

function frame(entry: Entry, state: State): string[] {
  if (entry.policy === 'history_only') {
    const when = state === 'ended' || !entry.verifiedOn ? '当时' : sayKeptDay(entry.verifiedOn)
    return [`以下是${when}的历史口径，不是现行标准：`]
  }
  return state === 'ended' ? ['以下是当时的规定，已经失效：'] : []
}

/** A second line about the same thing goes on without saying its label again. */
function sayDetail(detail: Detail, before: Detail | undefined): string {
  const label = detail.about === before?.about ? '' : `${aboutWords[detail.about]}：`
  return `${label}${detail.text}${detail.unsure ? unsureWords : ''}`
}

/** Whether one of these lines already sends to every office of 「台江区人社局或12333」. */
function sendsTo(ask: string, said: readonly string[]): boolean {
  const offices = ask.split('或')
  return said.some(line => /[问找拨]|咨询/u.test(line) && offices.every(office => line.includes(office)))
}

/** Whether the caveat would say no more than whom to ask. */
const onlyRefers = ({ policy }: Entry, state: State) =>
  state !== 'ended' && (policy === 'history_only' || policy === 'refer_only')

function caveat(entry: Entry, state: State): string {
  const asOf = entry.verifiedOn ? `截至${sayKeptDay(entry.verifiedOn)}` : ''
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

/** 「《高新技术企业认定管理办法》国科发火〔2016〕32号，2016年1月29日」; what is not known is said so. */
function cite(document: SourceDocument): string {
  const { title, number, date } = document
  if (!number && !date) return `《${title}》（文号和日期未核到）`
  return `《${title}》${number ?? '（文号未核到）'}，${date ? sayKeptDay(date) : '日期未核到'}`
}

function link({ link }: SourceDocument): string[] {
  if (!link) return []
  return [`原文：${link.url}${link.opened ? '' : ' （官方链接，我们没有逐一打开核对）'}`]
}

import type { Temporal } from 'temporal-polyfill'
import type { Addressees } from './dates/addressees.ts'
import { type DateReading, type DateRole, probabilityOf } from './dates/roles.ts'

/** A day on which applying may end. */
export type OpenDay = {
  day: Temporal.PlainDate
  reading: DateReading
  /** In days, from the day of publication. */
  ahead: number
}

/** Context of a notice that all of its days share. */
export type NoticeReading = {
  readings: readonly DateReading[]
  open: readonly OpenDay[]
  /** 0 to 1 */
  isCall: number
  traits: Addressees
}

const [nearDays, longDays] = [35, 180]

/**
 * Features of a day as the last one to apply: itself, its rivals, what comes before and after it, and the notice.
 * The rules stand here: an extended end beats the one that it replaces, an online end one for papers, of several ends
 * the next one to close, the enterprise's that of an office.
 */
export function choiceFeatures(option: OpenDay, notice: NoticeReading): number[] {
  return [
    ...ownFeatures(option, notice),
    ...rivalFeatures(option, notice),
    ...orderFeatures(option, notice),
    ...stepFeatures(option, notice),
    ...noticeFeatures(notice),
  ]
}

const roleOf = (one: OpenDay, role: DateRole) => probabilityOf(one.reading, role)
const submitted = (one: OpenDay) => roleOf(one, 'apply') + roleOf(one, 'paper')
const isLast = (one: OpenDay) => one.reading.isLast
const most = (some: readonly OpenDay[], value: (one: OpenDay) => number) => Math.max(0, ...some.map(value))
const mostOf = (some: readonly OpenDay[], role: DateRole) => most(some, one => roleOf(one, role))
const othersThan = ({ ahead }: OpenDay, open: readonly OpenDay[]) =>
  open.filter(other => other.ahead !== ahead)

function ownFeatures(option: OpenDay, { isCall, readings }: NoticeReading): number[] {
  const { candidate, familiarity } = option.reading
  const [apply, last, call] = [submitted(option), isLast(option), logit(isCall)]
  const isRepeated = readings.filter(each => each.candidate.mention.day.equals(option.day)).length > 1
  return [
    1,
    call,
    logit(apply),
    logit(roleOf(option, 'apply')),
    logit(last),
    apply * isCall,
    last * isCall,
    Math.min(logit(apply), logit(last)),
    Math.min(logit(apply), call),
    Math.min(logit(apply), logit(last), call),
    logit(roleOf(option, 'old')),
    logit(roleOf(option, 'forward')),
    logit(roleOf(option, 'duty')),
    logit(roleOf(option, 'condition')),
    logit(roleOf(option, 'other')),
    roleOf(option, 'start'),
    roleOf(option, 'event'),
    roleOf(option, 'feedback'),
    candidate.mention.isMonth ? 1 : 0,
    option.ahead > longDays ? 1 : 0,
    isRepeated ? 1 : 0,
    familiarity,
    familiarity * Math.min(logit(apply), logit(last)),
  ]
}

function rivalFeatures(option: OpenDay, { open, traits }: NoticeReading): number[] {
  const others = othersThan(option, open)
  const apply = submitted(option)
  const [rivalApply, rivalLast] = [most(others, submitted), most(others, isLast)]
  const lead = logit(apply) - logit(rivalApply)
  const leadOfLast = logit(isLast(option)) - logit(rivalLast)
  const sameDay = open.filter(other => other !== option && other.ahead === option.ahead)
  const paperOnly = Math.max(roleOf(option, 'paper') - roleOf(option, 'apply'), 0)
  return [
    lead,
    leadOfLast,
    Math.min(lead, leadOfLast),
    apply - rivalApply,
    rivalLast,
    mostOf(others, 'paper'),
    paperOnly * mostOf(others, 'apply'),
    others.filter(other => submitted(other) > 0.3).length,
    mostOf(others, 'old') * apply,
    mostOf(sameDay, 'forward'),
    mostOf(sameDay, 'apply'),
    traits.isSetLocally ? roleOf(option, 'forward') : 0,
    traits.isForOffices && !traits.isForMakers ? roleOf(option, 'forward') : 0,
  ]
}

/** Applying comes before it is passed on, reviewed, made public and paid. */
function orderFeatures(option: OpenDay, { open, traits }: NoticeReading): number[] {
  const later = open.filter(({ ahead }) => ahead > option.ahead)
  const near = later.filter(({ ahead }) => ahead - option.ahead <= nearDays)
  const earlier = open.filter(({ ahead }) => ahead < option.ahead)
  return [
    mostOf(earlier, 'apply'),
    mostOf(later, 'apply'),
    mostOf(earlier, 'apply') * mostOf(later, 'forward'),
    mostOf(near, 'forward'),
    mostOf(near, 'forward') * submitted(option),
    mostOf(open, 'start') * submitted(option),
    ...(['review', 'pay', 'publicise'] as const).flatMap(role => [
      mostOf(later, role),
      mostOf(earlier, role),
    ]),
    mostOf(earlier, 'forward'),
    traits.isByAgent ? mostOf(later, 'apply') * submitted(option) : 0,
    traits.isByAgent ? mostOf(earlier, 'apply') * submitted(option) : 0,
  ]
}

const rolesOfNext = ['forward', 'review', 'publicise', 'pay', 'duty', 'apply', 'event', 'other'] as const
const rolesOfLast = ['forward', 'review', 'apply', 'start', 'event', 'other', 'duty', 'paper'] as const

/** The steps right before and right after a day, and whether it is the first choice among all. */
function stepFeatures(option: OpenDay, { open }: NoticeReading): number[] {
  const apply = submitted(option)
  const others = othersThan(option, open)
  const [next, last] = [nearest(others, option, 1), nearest(others, option, -1)]
  const roleAt = (step: OpenDay | undefined, role: DateRole) => (step ? roleOf(step, role) : 0)
  const isTop = open.every(other => other === option || submitted(other) <= apply)
  const isTopOfLast = open.every(other => other === option || isLast(other) <= isLast(option))
  const alone = others.reduce((product, other) => product * (1 - submitted(other)), 1)
  return [
    ...rolesOfNext.map(role => roleAt(next, role)),
    ...rolesOfLast.map(role => roleAt(last, role)),
    roleAt(next, 'forward') * apply,
    roleAt(next, 'review') * apply,
    (roleAt(next, 'forward') + roleAt(next, 'review') + roleAt(next, 'publicise')) * apply,
    next ? 0 : 1,
    last ? 0 : 1,
    isTop ? 1 : 0,
    isTopOfLast ? 1 : 0,
    isTop && isTopOfLast ? 1 : 0,
    entropy(option.reading.probabilities),
    others.filter(other => submitted(other) > 0.5).length,
    alone,
    alone * apply,
  ]
}

/** @param side 1 for the next day after an option, -1 for the last day before */
function nearest(others: readonly OpenDay[], { ahead }: OpenDay, side: 1 | -1): OpenDay | undefined {
  const distance = (other: OpenDay) => side * (other.ahead - ahead)
  return others
    .filter(other => distance(other) > 0)
    .reduce<OpenDay | undefined>(
      (best, other) => (best && distance(best) <= distance(other) ? best : other),
      undefined,
    )
}

const entropy = (probabilities: readonly number[]) =>
  probabilities.reduce((sum, value) => (value > 0 ? sum - value * Math.log(value) : sum), 0)

const rolesOfNotice = [
  'feedback',
  'publicise',
  'event',
  'condition',
  'old',
  'review',
  'start',
  'pay',
  'validity',
] as const
const openRoles = ['feedback', 'forward', 'event', 'duty'] as const

/** Features that all days of a notice share, and that speak for no day. */
function noticeFeatures({ open, readings, traits }: NoticeReading): number[] {
  return [
    ...rolesOfNotice.map(role => Math.max(0, ...readings.map(reading => probabilityOf(reading, role)))),
    ...openRoles.map(role => mostOf(open, role)),
    traits.isSetLocally ? 1 : 0,
    traits.isByAgent ? 1 : 0,
    traits.isForOffices && !traits.isForMakers ? 1 : 0,
    Math.min(open.length, 8) / 8,
    Math.min(readings.length, 12) / 12,
    logit(most(open, submitted)),
    logit(most(open, isLast)),
    logit(most(open, one => Math.min(submitted(one), isLast(one)))),
  ]
}

const steepest = 6
const logit = (probability: number) => {
  const kept = Math.min(Math.max(probability, 1e-4), 1 - 1e-4)
  return Math.max(-steepest, Math.min(steepest, Math.log(kept / (1 - kept))))
}

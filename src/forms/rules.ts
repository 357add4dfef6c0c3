import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../feature.ts'
import type { FormAnswer, FormRecord, SignUpForm } from './form.ts'

/** A member's request on a form. Absent parts stay unchanged. */
export type SignUpRequest = {
  memberId: string
  name: string
  people?: number
  option?: string | undefined
  values?: Record<string, string>
  groupId?: string
  /** Set where another person signs them up. */
  byName?: string
  /** When it was said. */
  sentAt: Temporal.Instant
}

/** Most changes that a receipt tells at once; older ones were told. */
const noticesKept = 2000

/** People with a place or a held one, in all or of one option. */
export function placesTaken({ answers }: FormRecord, option?: string): number {
  const holding = answers.filter(one => holdsPlace(one) && (option === undefined || one.option === option))
  return holding.reduce((sum, { people }) => sum + people, 0)
}

const holdsPlace = ({ state }: FormAnswer) => state !== 'waiting' && state !== 'out'

/** Free places for this answer, in all and in its option, the smaller; Infinity without limits. */
export function freePlaces(record: FormRecord, option = ''): number {
  const { capacity, options } = record.form
  const ofOption = options.find(({ name }) => name === option)?.capacity
  return Math.min(
    capacity === undefined ? Number.POSITIVE_INFINITY : capacity - placesTaken(record),
    ofOption === undefined ? Number.POSITIVE_INFINITY : ofOption - placesTaken(record, option),
  )
}

export const isFormOpen = ({ isClosed, closesAt }: SignUpForm, at: Temporal.Instant): boolean =>
  !isClosed && (closesAt === undefined || Temporal.Instant.compare(at, closesAt) < 0)

export const answerOf = ({ answers }: FormRecord, memberId: string): FormAnswer | undefined =>
  answers.find(one => one.memberId === memberId)

/**
 * Signs a member up, or changes what they said. The first to arrive gets a place while there is one; the others wait
 * in order. Said again it changes nothing.
 * @param at now: places are given by arrival, so that a late message takes nothing from those who were told
 * @returns the same object where nothing is new
 * @throws {@link Refusal} where the form is closed or the answer cannot be
 */
export function signUpFor(record: FormRecord, asked: SignUpRequest, at: Temporal.Instant): FormRecord {
  const now = settle(record, at)
  const known = answerOf(now, asked.memberId)
  const isActive = known !== undefined && known.state !== 'out'
  if (known && isOlder(asked.sentAt, known)) return record
  requireOpen(now.form, asked.sentAt, at)
  const wanted = wantedAnswer(now.form, asked, isActive ? known : undefined)
  if (known && isActive && isSame(wanted, known)) return now
  const without = { ...now, answers: now.answers.filter(one => one !== known) }
  const fits = freePlaces(without, wanted.option) >= wanted.people
  if (isActive && holdsPlace(known)) {
    if (!fits) throw new Refusal(sayFull(now, wanted, known))
    return replaceAnswer(now, known, held(wanted, known, now.form, at), 'changed')
  }
  if (isActive && !fits) return replaceAnswer(now, known, { ...wanted, state: 'waiting' }, 'changed')
  const entry: FormAnswer =
    asked.byName && fits
      ? held(wanted, { state: 'proxy' }, now.form, at)
      : { ...wanted, state: fits ? 'in' : 'waiting' }
  return withNotice({ ...without, answers: [...without.answers, entry] }, entry)
}

/** Platforms give the time of sending in whole seconds: of the same second is not older. */
const isOlder = (sentAt: Temporal.Instant, { at }: FormAnswer) => Temporal.Instant.compare(sentAt, at) < 0

/** Nothing new is said; who speaks for themselves after another signed them up accepts by it. */
const isSame = (wanted: FormAnswer, known: FormAnswer) =>
  wanted.people === known.people &&
  wanted.option === known.option &&
  JSON.stringify(wanted.values) === JSON.stringify(known.values) &&
  (known.heldUntil === undefined || wanted.byName !== undefined)

function requireOpen(form: SignUpForm, sentAt: Temporal.Instant, at: Temporal.Instant): void {
  if (isFormOpen(form, at) || (!form.isClosed && isFormOpen(form, sentAt))) return
  throw new Refusal(`「${form.title}」的报名已经结束了。还想参加的话，请直接找组织者。`)
}

function wantedAnswer(form: SignUpForm, asked: SignUpRequest, known: FormAnswer | undefined): FormAnswer {
  const { heldUntil: _, ...before } = known ?? { state: 'in' as const, option: '', values: {}, groupId: '' }
  const people = asked.people ?? known?.people ?? 1
  const option = asked.option ?? known?.option ?? ''
  if (people < 1 || people > form.mostPeople)
    throw new Refusal(`一次最多报 ${form.mostPeople} 人，人更多请联系组织者。`)
  if (form.options.length > 0 && !form.options.some(({ name }) => name === option))
    throw new Refusal(
      `「${form.title}」要选一项，请这样发：${form.options.map(({ name }) => `「报名 ${name}」`).join('或')}。`,
    )
  const roomiest = Math.min(
    form.capacity ?? Number.POSITIVE_INFINITY,
    form.options.find(({ name }) => name === option)?.capacity ?? Number.POSITIVE_INFINITY,
  )
  const all = option === '' ? '一共' : `「${option}」一共`
  if (people > roomiest) throw new Refusal(`${all}只有 ${roomiest} 个名额，报不了 ${people} 人。`)
  return {
    ...before,
    memberId: asked.memberId,
    name: asked.name,
    people,
    option,
    values: { ...known?.values, ...asked.values },
    groupId: asked.groupId ?? known?.groupId ?? '',
    at: asked.sentAt.toString(),
    ...(asked.byName ? { byName: asked.byName } : {}),
  }
}

/** Sets the state of an answer: accepted for one's own sign-up; for another's, held until the member accepts. */
function held(
  wanted: FormAnswer,
  { state, heldUntil }: Pick<FormAnswer, 'state' | 'heldUntil'>,
  form: SignUpForm,
  at: Temporal.Instant,
): FormAnswer {
  const until = heldUntil ?? at.add({ hours: form.acceptHours }).toString()
  const { byName } = wanted
  if (state === 'proxy' && byName) return { ...wanted, state, heldUntil: until }
  return { ...wanted, state: 'in' }
}

/** The member says yes to a held place. @returns the same object where none is held */
export function accept(record: FormRecord, memberId: string, at: Temporal.Instant): FormRecord {
  const now = settle(record, at)
  const known = answerOf(now, memberId)
  if (known?.state !== 'offered' && known?.state !== 'proxy') return now === record ? record : now
  const { heldUntil: _, ...rest } = known
  return replaceAnswer(now, known, { ...rest, state: 'in' }, 'in')
}

/**
 * Signs a member off; the next on the waiting list may move up.
 * @returns the same object where they were not signed up
 */
export function signOffForm(
  record: FormRecord,
  { memberId, sentAt }: Pick<SignUpRequest, 'memberId' | 'sentAt'>,
  at: Temporal.Instant,
): FormRecord {
  const now = settle(record, at)
  const known = answerOf(now, memberId)
  if (!known || known.state === 'out' || isOlder(sentAt, known)) return record
  const { heldUntil: _, ...rest } = known
  return settle(replaceAnswer(now, known, { ...rest, state: 'out', at: sentAt.toString() }, 'out'), at)
}

/**
 * Ends offers that ran out, and offers free places to those who wait: in their order, the first whose number fits.
 * @returns the same object where nothing changes
 */
export function settle(record: FormRecord, at: Temporal.Instant): FormRecord {
  const expired = record.answers.find(
    one => one.heldUntil !== undefined && Temporal.Instant.compare(one.heldUntil, at) <= 0,
  )
  if (expired) {
    const { heldUntil: _, ...rest } = expired
    return settle(replaceAnswer(record, expired, { ...rest, state: 'out' }, 'out'), at)
  }
  const next = isFormOpen(record.form, at)
    ? record.answers.find(one => one.state === 'waiting' && freePlaces(record, one.option) >= one.people)
    : undefined
  if (!next) return record
  const heldUntil = offerEnd(record.form, at).toString()
  return settle(replaceAnswer(record, next, { ...next, state: 'offered', heldUntil }, 'offered'), at)
}

/** An offer ends with the form at the latest. */
function offerEnd({ acceptHours, closesAt }: SignUpForm, at: Temporal.Instant): Temporal.Instant {
  const end = at.add({ hours: acceptHours })
  return closesAt !== undefined && Temporal.Instant.compare(closesAt, end) < 0
    ? Temporal.Instant.from(closesAt)
    : end
}

function replaceAnswer(
  record: FormRecord,
  known: FormAnswer,
  answer: FormAnswer,
  about: FormRecord['notices'][number]['about'],
): FormRecord {
  const answers = record.answers.map(one => (one === known ? answer : one))
  return withNotice({ ...record, answers }, answer, about)
}

function withNotice(
  record: FormRecord,
  { memberId, groupId, state }: FormAnswer,
  about: FormRecord['notices'][number]['about'] = state,
): FormRecord {
  return { ...record, notices: [...record.notices, { memberId, groupId, about }].slice(-noticesKept) }
}

function sayFull(record: FormRecord, wanted: FormAnswer, known: FormAnswer): string {
  const free = freePlaces({ ...record, answers: record.answers.filter(one => one !== known) }, wanted.option)
  const of = wanted.option === '' ? '' : `「${wanted.option}」`
  return `${of}名额不够，改不成 ${wanted.people} 人：最多 ${Math.max(0, free)} 人。原来报的还在。`
}

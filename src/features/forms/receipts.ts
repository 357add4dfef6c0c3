import type { FormRecord } from '../../forms/form.ts'
import { answerOf } from '../../forms/rules.ts'
import { sayAnswer, sayFormReceipt } from '../../forms/words.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import type { FormActions } from './actions.ts'
import type { FormRecords } from './records.ts'

/** A group gets at most one receipt in this time, for all its forms together. */
const formReceiptSeconds = 20
/** Sweeps come by a clock of whole seconds: a second early is not too often. */
const slackSeconds = 1
const groupMinutes = 10
const privateHours = 72

type Parts = {
  records: FormRecords
  actions: Pick<FormActions, 'settle'>
  outbox: Pick<Outbox, 'post'>
  directory: Directory
  roster: Pick<Roster, 'addressOf'>
  clock: Clock
}

/**
 * Tells groups of many changes in one message, and members in private of a place that is held for them. What a receipt
 * tells is recorded before it is posted; after a crash it is posted again under the same key.
 */
export function createFormReceipts({ records, actions, outbox, directory, roster, clock }: Parts) {
  const toldAtMs = new Map<string, number>()

  /** The time of the form's last receipt is kept, for the time after a restart. */
  function isTooSoon({ notices, receiptAt }: FormRecord): boolean {
    const nowMs = clock.now().epochMilliseconds
    const groupIds = notices
      .filter(one => one.receipt === undefined && one.groupId !== '')
      .map(one => one.groupId)
    if (groupIds.length === 0) return false
    const times = [...groupIds.map(id => toldAtMs.get(id) ?? 0), receiptAt ? Date.parse(receiptAt) : 0]
    return times.some(atMs => {
      // A clock that was put back keeps no group waiting.
      return nowMs >= atMs && nowMs - atMs < (formReceiptSeconds - slackSeconds) * 1000
    })
  }

  async function post(record: FormRecord): Promise<void> {
    const now = clock.now()
    const { receipts, notices, form } = record
    const key = `form-${form.number}-receipt-${receipts}`
    const told = notices.filter(({ receipt }) => receipt === receipts)
    for (const groupId of new Set(told.map(one => one.groupId).filter(Boolean))) {
      toldAtMs.set(groupId, now.epochMilliseconds)
      if (!(await directory.group(groupId))) continue
      const text = sayFormReceipt(record, { number: receipts, now, groupId })
      const notAfter = now.add({ minutes: groupMinutes })
      await outbox.post([
        { kind: 'prompt', key: `${key}/${groupId}`, target: { groupId }, reply: { text }, notAfter },
      ])
    }
    for (const memberId of new Set(told.map(one => one.memberId))) await tellHeld(record, memberId, key)
  }

  async function tellHeld(record: FormRecord, memberId: string, key: string): Promise<void> {
    const answer = answerOf(record, memberId)
    const { chatId: personId } = await roster.addressOf(memberId)
    if (answer?.heldUntil === undefined || personId === undefined) return
    const now = clock.now()
    const text = sayAnswer(record, answer, now)
    const notAfter = now.add({ hours: privateHours })
    // A free place answers their own sign-up; what another signed them up for comes unasked.
    const isNudge = answer.state === 'proxy'
    const target = { personId }
    await outbox.post([
      { kind: 'prompt', key: `${key}-held/${personId}`, target, reply: { text }, notAfter, isNudge },
    ])
  }

  async function tell(record: FormRecord): Promise<void> {
    const isUntold = record.notices.some(({ receipt }) => receipt === undefined)
    if (record.isLastPosted && !isUntold) return
    if (record.isLastPosted && isTooSoon(record)) return
    const { number } = record.form
    const numbered = record.isLastPosted
      ? await records.change(number, withReceipt(clock.now().toString()))
      : record
    await post(numbered)
    await records.change(number, now => ({ ...now, isLastPosted: true }))
  }

  return {
    /** Ends offers, moves the queue up, and tells what is new; once for each form that is not over. */
    async sweep(): Promise<void> {
      for (const { form, answers, notices, isLastPosted } of await records.all()) {
        const isQuiet = isLastPosted && notices.every(({ receipt }) => receipt !== undefined)
        const isSettled = answers.every(
          ({ state, heldUntil }) => state !== 'waiting' && heldUntil === undefined,
        )
        if (isQuiet && isSettled) continue
        await tell(await actions.settle(form.number))
      }
    },
  }
}

const withReceipt =
  (at: string) =>
  (record: FormRecord): FormRecord => ({
    ...record,
    receipts: record.receipts + 1,
    receiptAt: at,
    isLastPosted: false,
    notices: record.notices
      .filter(({ receipt }) => receipt === undefined)
      .map(one => ({ ...one, receipt: record.receipts + 1 })),
  })

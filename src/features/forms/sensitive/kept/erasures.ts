import type { FormRecord } from '../../../../forms/form.ts'
import { answerOf } from '../../../../forms/rules.ts'
import { createKeyedQueue } from '../../../../lib/queue.ts'
import type { Outbox } from '../../../../outbox/index.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { Roster } from '../../../../ports/roster.ts'
import { dayInShanghai } from '../../../../text/dates/time.ts'
import {
  entryKey,
  type FieldErasure,
  formPrefix,
  type SensitiveProof,
  type SensitiveRecords,
} from './records.ts'
import { sayErased } from './words.ts'

const toldHours = 72

type Parts = {
  records: SensitiveRecords
  roster: Pick<Roster, 'addressOf'>
  outbox: Pick<Outbox, 'post'>
  clock: Clock
}
type Which = (fieldId: string) => boolean
type Meant = { memberId?: string; which?: Which; receipts?: readonly string[] }
export type FieldErasures = ReturnType<typeof createErasures>

/**
 * Erases sensitive answers: first it is written down that a field is erased, then the value goes, then the member is
 * told. What a crash leaves undone is done by the next {@link FieldErasures.finish}.
 */
export function createErasures({ records, roster, outbox, clock }: Parts) {
  const queue = createKeyedQueue()

  async function mark(key: string, which: Which, erased: FieldErasure): Promise<void> {
    await records.proofs.update(
      key,
      now =>
        now && {
          ...now,
          fields: now.fields.map(one => (which(one.id) && !one.erased ? { ...one, erased } : one)),
        },
    )
  }

  async function removeValues(key: string, kept: ReadonlySet<string>): Promise<void> {
    await records.answers.update(key, now => {
      const values = Object.entries(now?.values ?? {}).filter(([id]) => kept.has(id))
      return values.length > 0 ? { values: Object.fromEntries(values) } : undefined
    })
  }

  async function tell(record: FormRecord, memberId: string, proof: SensitiveProof): Promise<void> {
    const { chatId: personId } = await roster.addressOf(memberId)
    const { number, title } = record.form
    const news = proof.fields.filter(({ erased, isTold }) => erased && !isTold)
    const key = `form-${number}-erased-${proof.receipt}-${news.map(({ id }) => id).join('-')}/${personId}`
    const notAfter = clock.now().add({ hours: toldHours })
    if (personId !== undefined)
      await outbox.post([
        { kind: 'prompt', key, target: { personId }, reply: { text: sayErased(title, proof) }, notAfter },
      ])
    const told = new Set(news.map(({ id }) => id))
    await records.proofs.update(
      entryKey(number, memberId),
      now =>
        now && { ...now, fields: now.fields.map(one => (told.has(one.id) ? { ...one, isTold: true } : one)) },
    )
  }

  async function finishOne(record: FormRecord, key: string): Promise<void> {
    const proof = await records.proofs.get(key)
    const kept = new Set(proof?.fields.flatMap(one => (one.erased ? [] : [one.id])))
    const answer = await records.answers.get(key)
    if (answer && Object.keys(answer.values).some(id => !kept.has(id))) await removeValues(key, kept)
    if (proof?.fields.some(({ erased, isTold }) => erased && !isTold))
      await tell(record, key.slice(formPrefix(record.form.number).length), proof)
  }

  /** Marks fields of members who come no more, and fields whose last day is over. */
  async function markDue(record: FormRecord): Promise<void> {
    const at = clock.now().toString()
    const today = dayInShanghai(clock.now())
    const over = new Set(record.form.sensitiveFields.flatMap(one => (one.keptUntil < today ? [one.id] : [])))
    for (const { key, value } of await records.proofs.list(formPrefix(record.form.number))) {
      if (value.fields.every(({ erased }) => erased)) continue
      const state = answerOf(record, key.slice(formPrefix(record.form.number).length))?.state ?? 'out'
      if (state === 'out') await mark(key, () => true, { at, cause: 'withdrawn', to: '', byName: '' })
      else if (value.fields.some(one => over.has(one.id) && !one.erased))
        await mark(key, id => over.has(id), { at, cause: 'due', to: '', byName: '' })
    }
  }

  const runExclusive = (record: FormRecord, work: () => Promise<void>) =>
    queue.run(String(record.form.number), work)

  async function finishAll(record: FormRecord): Promise<void> {
    await markDue(record)
    const prefix = formPrefix(record.form.number)
    const known = [...(await records.proofs.list(prefix)), ...(await records.answers.list(prefix))]
    for (const key of new Set(known.map(one => one.key))) await finishOne(record, key)
  }

  return {
    runExclusive,
    /** Erases what is due, and does what a crash left undone. */
    finish: (record: FormRecord): Promise<void> => runExclusive(record, () => finishAll(record)),
    /**
     * Erases fields.
     * @param receipts of the answers that are meant; absent: all
     */
    erase: (
      record: FormRecord,
      { memberId, which = () => true, receipts, ...how }: Omit<FieldErasure, 'at'> & Meant,
    ): Promise<void> =>
      runExclusive(record, async () => {
        const { number } = record.form
        const prefix = memberId === undefined ? formPrefix(number) : entryKey(number, memberId)
        const at = clock.now().toString()
        for (const { key, value } of await records.proofs.list(prefix))
          if (receipts?.includes(value.receipt) ?? true) await mark(key, which, { ...how, at })
        await finishAll(record)
      }),
  }
}

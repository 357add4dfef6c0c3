import { hash } from 'node:crypto'
import { FieldRefusal, Refusal } from '../../../feature.ts'
import type { FormRecord, SensitiveField } from '../../../forms/form.ts'
import { problemOf } from '../../../forms/sensitive.ts'
import { makeFormFile } from '../../../ledger/form-file.ts'
import type { Actor } from '../../../ports/actor.ts'
import type { ChatFile } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Member } from '../../../ports/directory.ts'
import type { ExportLog } from '../../../ports/export-log.ts'
import type { Roster } from '../../../ports/roster.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import type { FormActions } from '../actions.ts'
import type { FieldErasures } from './kept/erasures.ts'
import { dueFields, type FormLinks } from './kept/links.ts'
import { entryKey, formPrefix, type SensitiveProof, type SensitiveRecords } from './kept/records.ts'
import type { Vault } from './kept/vault.ts'
import { consentToSensitiveData } from './kept/words.ts'

/** Days for which it is kept that a member's answers were erased. */
const proofDays = 365

type Parts = {
  forms: Pick<FormActions, 'require'>
  records: SensitiveRecords
  links: FormLinks
  erasures: FieldErasures
  /** Undefined: sensitive fields are switched off. */
  vault: Vault | undefined
  roster: Pick<Roster, 'find' | 'memberIdOf'>
  exports: ExportLog
  clock: Clock
}
export type SensitiveActions = ReturnType<typeof createSensitiveActions>
export type ShownField = SensitiveField & { viewers: readonly string[] }
type HandOver = { by: Actor; to: string; receipts: readonly string[] }
type Filled = { token: string; values: Readonly<Record<string, string>>; hasAgreed: boolean }

/** Actions on sensitive fields, for chat, the console and the page of a link. */
export function createSensitiveActions(parts: Parts) {
  const { forms, records, links, erasures, vault, clock } = parts
  const reading = createPeriodReader(parts)

  function sealed(record: FormRecord, values: Filled['values']) {
    if (!vault) throw new Refusal('现在不收敏感信息，不用填。有疑问请问组织者。')
    const given = dueFields(record, clock).filter(({ id }) => values[id])
    for (const { id, ask } of given) {
      const problem = problemOf(ask, values[id] ?? '')
      if (problem) throw new FieldRefusal(id, problem)
    }
    if (given.length === 0) throw new Refusal('一项都没填。不想填的话，关掉这个网页就行。')
    const entries = given.map(
      ({ id }) => [id, vault.seal(values[id] ?? '', contextOf(record.form.number, id))] as const,
    )
    return { given, values: Object.fromEntries(entries) }
  }

  return {
    shown: reading.shown,
    view: reading.view,
    file: reading.file,
    isOn: vault !== undefined,
    links,
    proofOf: (number: number, memberId: string): Promise<SensitiveProof | undefined> =>
      records.proofs.get(entryKey(number, memberId)),
    proofs: async (number: number): Promise<SensitiveProof[]> =>
      (await records.proofs.list(formPrefix(number))).map(({ value }) => value),
    /** Member of this link. @throws {@link Refusal} */
    async ownerOf(number: number, token: string): Promise<Member> {
      const id = await links.memberOf(number, token)
      return (await parts.roster.find([id]))[0] ?? { id, name: '' }
    },
    /** Keeps what a member filled in, and uses up the link. @throws {@link Refusal} */
    async fill(number: number, { token, values, hasAgreed }: Filled): Promise<SensitiveProof> {
      const record = await forms.require(number)
      await links.memberOf(number, token)
      if (!hasAgreed) throw new FieldRefusal('consent', '请先勾上同意；不同意的话不用填，不影响报名。')
      const { given, values: kept } = sealed(record, values)
      const memberId = await links.claim(number, token)
      const proof: SensitiveProof = {
        receipt: hash('sha256', JSON.stringify(kept), 'hex').slice(0, 16),
        at: clock.now().toString(),
        consent: consentToSensitiveData(record.form),
        fields: given.map(({ id, ask }) => ({ id, ask, isTold: false })),
      }
      await erasures.runExclusive(record, async () => {
        const key = entryKey(number, memberId)
        await records.proofs.update(key, () => proof)
        await records.answers.update(key, () => ({ values: kept }))
      })
      return proof
    },
    /** @returns whether there was something. @throws {@link Refusal} */
    async withdraw(number: number, memberId: string): Promise<boolean> {
      const record = await forms.require(number)
      const proof = await records.proofs.get(entryKey(number, memberId))
      await links.revoke(number, memberId)
      await erasures.erase(record, { memberId, cause: 'withdrawn', to: '', byName: '' })
      return proof?.fields.some(({ erased }) => !erased) ?? false
    },
    /**
     * The office has the values that this person may see: they are erased here.
     * @param receipts of the answers that were handed over; what came in since stays
     * @throws {@link Refusal}
     */
    async handOver(number: number, { by, to, receipts }: HandOver): Promise<void> {
      const record = await forms.require(number)
      const mine = new Set((await reading.fieldsFor(record, by)).map(({ id }) => id))
      await erasures.erase(record, {
        ...{ which: (id: string) => mine.has(id), receipts },
        ...{ cause: 'handed', to, byName: by.name },
      })
    },
    finish: erasures.finish,
    async removeOld(): Promise<void> {
      await links.removeOld()
      const first = dayInShanghai(clock.now().subtract({ hours: 24 * proofDays }))
      for (const { key, value } of await records.proofs.list(''))
        if (value.fields.every(({ erased }) => erased && erased.at < first))
          await records.proofs.update(key, () => undefined)
    },
  }
}

const contextOf = (number: number, fieldId: string) => `form ${number} field ${fieldId}`

type ReadingParts = Pick<Parts, 'records' | 'vault' | 'roster' | 'exports' | 'clock'>

/** The answers for named viewers. Each look is written to the log of exports before anything is shown. */
function createPeriodReader({ records, vault, roster, exports, clock }: ReadingParts) {
  /** @throws {@link Refusal} for a person who is named for none */
  async function fieldsFor({ form }: FormRecord, by: Actor): Promise<SensitiveField[]> {
    if (by.isOffice)
      throw new Refusal('公用登录分不清是谁，看不了。请用自己的微信私聊机器人发「登录」，从那个链接进来。')
    const memberId = await roster.memberIdOf(by.id)
    const mine = form.sensitiveFields.filter(one => memberId && one.viewerIds.includes(memberId))
    if (mine.length === 0) throw new Refusal('只有写明能看的人才看得到，你不在里面。')
    return mine
  }

  async function table(record: FormRecord, { by, what }: { by: Actor; what: string }) {
    const { number, title } = record.form
    const fields = await fieldsFor(record, by)
    const filled = await records.answers.list(formPrefix(number))
    const ids = filled.map(({ key }) => key.slice(formPrefix(number).length))
    const names = new Map((await roster.find(ids)).map(one => [one.id, one.name]))
    await exports.note({
      ...{ byName: by.name, road: 'console', people: filled.length },
      what: `「${title}」敏感信息（${what}）`,
    })
    const rows = filled.map(({ value }, at) => {
      const id = ids[at] ?? ''
      const name = names.get(id) ?? record.answers.find(one => one.memberId === id)?.name ?? ''
      const shown = fields.map(field => {
        const sealed = value.values[field.id]
        return sealed ? (vault?.open(sealed, contextOf(number, field.id)) ?? '（打不开：密钥换过了）') : ''
      })
      return [name, ...shown]
    })
    return { columns: ['姓名', ...fields.map(({ ask }) => ask)], rows: rows.sort() }
  }

  return {
    fieldsFor,
    /** Fields with the names of their viewers. */
    shown: ({ form }: FormRecord): Promise<ShownField[]> =>
      Promise.all(
        form.sensitiveFields.map(async one => ({
          ...one,
          viewers: (await roster.find(one.viewerIds)).map(({ name }) => name),
        })),
      ),
    /** @throws {@link Refusal} for others than named viewers */
    view: (record: FormRecord, by: Actor) => table(record, { by, what: '查看' }),
    /** @throws {@link Refusal} for others than named viewers */
    async file(record: FormRecord, by: Actor): Promise<ChatFile> {
      const { columns, rows } = await table(record, { by, what: '下载' })
      const exported = { by: by.name, at: clock.now() }
      const { title } = record.form
      return makeFormFile({ kind: '敏感信息', title, total: `共 ${rows.length} 人`, columns, rows, exported })
    },
  }
}

import { hash, randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../../feature.ts'
import type { FormRecord } from '../../../../forms/form.ts'
import { answerOf } from '../../../../forms/rules.ts'
import type { Clock } from '../../../../ports/clock.ts'
import { dayInShanghai } from '../../../../text/dates/time.ts'
import { entryKey, formPrefix, type SensitiveRecords } from './records.ts'

const linkHours = 48

type Parts = { records: SensitiveRecords; clock: Clock; isOn: boolean }

/** Links to the page where a member fills in sensitive fields. Each takes one answer; a new one ends the one before. */
export function createFormLinks({ records, clock, isOn }: Parts) {
  const refused = (number: number) =>
    new Refusal(`链接用过了、过期了，或者不完整。请私聊机器人发「填写 ${number}」，重新拿一个。`)

  async function revoke(number: number, memberId: string): Promise<void> {
    for (const { key, value } of await records.links.list(formPrefix(number)))
      if (value.memberId === memberId) await records.links.update(key, () => undefined)
  }

  const isLive = ({ until }: { until: string }) => Temporal.Instant.compare(clock.now(), until) < 0

  return {
    revoke,
    /** @returns the token. @throws {@link Refusal} */
    async offer(record: FormRecord, memberId: string): Promise<string> {
      const { number, title } = record.form
      if (record.form.sensitiveFields.length === 0) throw new Refusal(`「${title}」没有要私下填的。`)
      if (!isOn) throw new Refusal('现在不收敏感信息，不用填。有疑问请问组织者。')
      if ((answerOf(record, memberId)?.state ?? 'out') === 'out')
        throw new Refusal(`请先报名：发「报名 ${title}」，报上了再发「填写 ${number}」。`)
      if (dueFields(record, clock).length === 0) throw new Refusal(`「${title}」填写的时间已经过了。`)
      await revoke(number, memberId)
      const token = randomBytes(24).toString('base64url')
      const until = clock.now().add({ hours: linkHours }).toString()
      await records.links.update(entryKey(number, hashOf(token)), () => ({ memberId, until }))
      return token
    },
    /** Member of this link. @throws {@link Refusal} */
    async memberOf(number: number, token: string): Promise<string> {
      const link = await records.links.get(entryKey(number, hashOf(token)))
      if (!link || !isLive(link)) throw refused(number)
      return link.memberId
    },
    /** Uses a link up: of two who come at once one is refused. @throws {@link Refusal} */
    async claim(number: number, token: string): Promise<string> {
      let memberId: string | undefined
      await records.links.update(entryKey(number, hashOf(token)), now => {
        memberId = now && isLive(now) ? now.memberId : undefined
        return undefined
      })
      if (memberId === undefined) throw refused(number)
      return memberId
    },
    async removeOld(): Promise<void> {
      for (const { key, value } of await records.links.list(''))
        if (!isLive(value)) await records.links.update(key, () => undefined)
    },
  }
}
export type FormLinks = ReturnType<typeof createFormLinks>

/** Fields that can still be filled in. */
export function dueFields({ form }: FormRecord, clock: Clock) {
  const today = dayInShanghai(clock.now())
  return form.sensitiveFields.filter(({ keptUntil }) => keptUntil >= today)
}

const hashOf = (token: string) => hash('sha256', token, 'hex')

import { FieldRefusal, Refusal } from '../feature.ts'
import { alternation } from '../text/alternation.ts'
import { fold } from '../text/fold.ts'
import { withoutIdentifiers } from '../text/identifiers.ts'
import type { SensitiveField } from './form.ts'

/** Personal data that the law calls sensitive (PIPL article 28), by the words in which forms ask for them. */
const sensitive = alternation([
  // Identity documents.
  /身份证|证件号|证件照|护照|通行证号|社保[卡号]|医保[卡号]/u,
  // Accounts and money.
  /银行卡|银行账|银行帐|开户|收款账|收款帐|卡号|支付宝|密码/u,
  // Health.
  /病史|病历|病情|患病|慢性病|基础病|疾病|过敏|用药|残疾|残障|怀孕|孕期|体检/u,
  /健康(?:状况|情况|状态|信息|码|证|史)|是否健康|^健康$|身体(?:状况|情况)/u,
  // Belief and political views.
  /宗教|信仰|信教|政治面貌|党员(?!人数|数|创客|会议)|党籍|党龄|入党|团员/u,
  // Descent.
  /民族|种族|籍贯/u,
  // Biometric data.
  /指纹|掌纹|人脸|面部|虹膜|声纹|生物识别/u,
  // Private life, whereabouts and offences.
  /婚育|婚姻|婚否|性取向|行踪|犯罪|前科|征信/u,
])

/** Whether a question asks for sensitive personal data. */
export const asksForSensitiveData = (ask: string): boolean => sensitive.test(fold(ask))

/** @throws {@link Refusal} for a question that asks for sensitive personal data */
export function requirePlainField(ask: string): void {
  if (asksForSensitiveData(ask))
    throw new Refusal(
      `「${ask}」是敏感个人信息，不能在聊天里填，这里不收。确实要用的，请到控制台「报名」页的「敏感信息」里加，或者走单位自己的正式渠道。`,
    )
}

/** One sensitive question as an organizer typed it. */
export type TypedField = { ask: string; why: string; viewers: string; keptUntil: string }
type Viewer = { id: string; name: string }

/**
 * @param prefix names the inputs of a row: `s1-ask`
 * @param viewers organizers who may be named
 * @param today the first day that may be given as the last, `YYYY-MM-DD`
 * @throws {@link FieldRefusal}
 */
export function sensitiveFieldsOf(
  rows: readonly TypedField[],
  { viewers, today }: { viewers: readonly Viewer[]; today: string },
): SensitiveField[] {
  return rows.flatMap((row, at) => {
    const id = `s${at + 1}`
    if (Object.values(row).every(value => value === '')) return []
    const refuse = (field: keyof TypedField, words: string) => new FieldRefusal(`${id}-${field}`, words)
    if (row.ask === '') throw refuse('ask', '请写要填什么。')
    if (row.why === '') throw refuse('why', '请写拿来做什么：填的人会看到。')
    if (row.keptUntil < today) throw refuse('keptUntil', '请选今天或以后的一天，到那天自动删。')
    const names = row.viewers.split(/[、,，;；\s]+/u).filter(Boolean)
    if (names.length === 0) throw refuse('viewers', '请写谁能看，用顿号分开。')
    const viewerIds = names.map(name => {
      const [only, ...more] = viewers.filter(one => one.name === name)
      if (!only)
        throw refuse(
          'viewers',
          `组织者里没有「${name}」。只有组织者能看；要给他看，请他先私聊机器人发「申请组织者」。`,
        )
      if (more.length > 0) throw refuse('viewers', `组织者里有几位「${name}」，分不清是哪一位。`)
      return only.id
    })
    return [{ id, ask: row.ask, why: row.why, viewerIds, keptUntil: row.keptUntil }]
  })
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** @returns what is wrong with an answer, in Chinese; undefined for one that can be kept */
export function problemOf(ask: string, answer: string): string | undefined {
  if ([...answer].length > 200) return '请不要超过 200 个字。'
  if (!/身份证|公民身份/u.test(ask) || answer === '') return undefined
  if (!/^\d{17}[\dXx]$/u.test(answer)) return '身份证号是 18 位，请核对一下。'
  const sum = weights.reduce((total, weight, at) => total + weight * Number(answer[at]), 0)
  return '10X98765432'[sum % 11] === answer[17]?.toUpperCase()
    ? undefined
    : '这个身份证号对不上校验位，可能有一位写错了，请核对一下。'
}

/** Hint that sensitive fields are filled in by a private link; empty where the form has none. */
export function sayPrivately(form: { number: number; sensitiveFields: readonly SensitiveField[] }): string {
  if (form.sensitiveFields.length === 0) return ''
  const asked = form.sensitiveFields.map(({ ask, why }) => `${ask}（${why}）`).join('、')
  return `另外可以填：${asked}。请不要发在聊天里，私聊我发「填写 ${form.number}」，我给你一个只能用一次的网页。`
}

/** @throws {@link Refusal} where a sensitive answer was typed in a chat; it is not repeated */
export function requireNothingSensitive(
  { number, sensitiveFields }: { number: number; sensitiveFields: readonly SensitiveField[] },
  said: string,
): void {
  const named = sensitiveFields.find(({ ask }) => fold(said).includes(fold(ask)))
  const hasNumber = sensitiveFields.length > 0 && withoutIdentifiers(said) !== said
  if (named || hasNumber)
    throw new Refusal(
      `${named ? `「${named.ask}」` : '证件号、卡号这些'}请不要发在聊天里，这一句没有记。能撤回的请撤回，再私聊我发「填写 ${number}」，我给你一个只能用一次的网页。`,
    )
}

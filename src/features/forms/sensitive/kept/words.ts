import type { SignUpForm } from '../../../../forms/form.ts'
import { instantOf, sayFullTime } from '../../../../text/dates/time.ts'
import type { FieldErasure, SensitiveProof } from './records.ts'

/** The consent of a member before sensitive answers are kept. */
export const consentToSensitiveData = ({ number }: Pick<SignUpForm, 'number'>): string =>
  `我同意把上面填的交给组织者，只用在写明的用途，只给写明的人看，移交以后或者到写明的日子就删。我知道可以不填，不影响报名；填了也可以随时私聊机器人发「撤回填写 ${number}」，马上删掉。`

/** 「12月10日 15:00 已移交给区委组织部，这边删了」. */
export function sayErasure({ at, cause, to, byName }: FieldErasure): string {
  const when = sayFullTime(instantOf(at))
  if (cause === 'handed') return `${when} 由${byName}移交给${to}，机器人这边已删除`
  return cause === 'due' ? `到期，${when} 已删除` : `已撤回，${when} 已删除`
}

/** A member's proof that their sensitive answers are gone. */
export function sayErased(title: string, { receipt, fields }: SensitiveProof): string {
  const gone = fields.flatMap(({ ask, erased, isTold }) =>
    erased && !isTold ? [`${ask}：${sayErasure(erased)}`] : [],
  )
  return `你在「${title}」里填的敏感信息删掉了。\n${gone.join('\n')}\n凭证 ${receipt}，和填的时候给你的是同一个；组织者那边的删除记录里也有它，可以对。`
}

/** The state of each field, in words for the member. */
export const sayProof = ({ at, receipt, fields }: SensitiveProof): string =>
  [
    `${sayFullTime(instantOf(at))} 填的，凭证 ${receipt}：`,
    ...fields.map(({ ask, erased }) => `${ask}：${erased ? sayErasure(erased) : '加密存着'}`),
  ].join('\n')

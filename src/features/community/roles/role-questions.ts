import type { Message } from '../../../ports/chat.ts'
import { fold } from '../../../text/fold.ts'
import { routeOf } from '../../../text/question-routes.ts'
import type { OfficerRole } from '../records/records.ts'
import type { OfficerActions } from './officers.ts'
import { titleOf } from './rules.ts'

/** Only what a person says of themselves, and as a wish, is an application: 「我不想做」 and 「老王想当」 are none. */
const applies =
  /^我?也?(?:想要?|要)?(?:来|申请)?(?:做|当|成为|担任)?(?:[一1]?[个名位])?(?:本?群的?)?(?:组织者|审核[人员]?|审计员|管理员)(?:吧|啊|呀|哦)?[。.!~\s]*$/u
const duties: Readonly<Record<OfficerRole, string>> = {
  organizer: '组织者开课、排推送、管名单',
  reviewer: '审核人看推送和知识，同意了才发得出去',
  auditor: '审计员只看操作记录，不改东西',
}

/** Files 「申请做审核人」 in private as an application; tells how to apply in groups and for everything else. */
export const roleQuestions =
  ({ apply }: Pick<OfficerActions, 'apply'>) =>
  (message: Message): Promise<string> | string | undefined => {
    if (routeOf(message.text) !== 'role') return undefined
    const folded = fold(message.text)
    const role = roleIn(folded)
    if (message.groupId === undefined && applies.test(folded)) return apply(message, role)
    return `${duties[role]}。想做的，私聊我发「申请${titleOf[role]}」，组织者同意后就生效。`
  }

function roleIn(folded: string): OfficerRole {
  if (folded.includes('审计')) return 'auditor'
  return folded.includes('审核') ? 'reviewer' : 'organizer'
}

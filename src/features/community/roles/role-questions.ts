import type { Message } from '../../../ports/chat.ts'
import { fold } from '../../../text/fold.ts'
import { routeOf } from '../../../text/question-routes.ts'
import type { OfficerRole } from '../records/records.ts'
import type { OfficerActions } from './officers.ts'
import { titleOf } from './rules.ts'

const asks = /怎|如何|吗|么|能不能|可不可以|谁|[?？]|条件|要求/u
const duties: Readonly<Record<OfficerRole, string>> = {
  organizer: '组织者开课、排推送、管名单',
  reviewer: '审核人看推送和知识，同意了才发得出去',
  auditor: '审计员只看操作记录，不改东西',
}

/** Takes 「申请做审核人」 in private as the application that it is, and tells how where it is a question. */
export const roleQuestions =
  ({ apply }: Pick<OfficerActions, 'apply'>) =>
  async (message: Message): Promise<string | undefined> => {
    if (routeOf(message.text) !== 'role') return undefined
    const folded = fold(message.text)
    const role = roleIn(folded)
    if (message.groupId === undefined && !asks.test(folded)) return apply(message, role)
    return `${duties[role]}。想做的，私聊我发「申请${titleOf[role]}」，组织者同意后就生效。`
  }

function roleIn(folded: string): OfficerRole {
  if (folded.includes('审计')) return 'auditor'
  return folded.includes('审核') ? 'reviewer' : 'organizer'
}

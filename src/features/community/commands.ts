import { Temporal } from 'temporal-polyfill'
import type { Command } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import { sayFullTime, sayTime } from '../../text/dates/time.ts'
import { cleanName } from '../../text/names/names.ts'
import { type GroupCardActions, namelessGroup, organizersGroup } from './group-cards.ts'
import type { PrivacyNotice } from './privacy/notice.ts'
import { type CommunityRecords, groupKey, type OfficerRole } from './records/records.ts'
import type { OfficerActions } from './roles/officers.ts'
import { listApplications, sayConsent, titleOf } from './roles/rules.ts'

type Parts = {
  records: CommunityRecords
  cards: GroupCardActions
  directory: Directory & Roster
  officers: OfficerActions
  clock: Clock
  notice: PrivacyNotice
}

/** Binding groups, and who may do what. */
export function communityCommands(parts: Parts): Command[] {
  return [...groupCommands(parts), ...officerCommands(parts), parts.notice.command]
}

function groupCommands({ records, directory, cards, clock, notice }: Parts): Command[] {
  const { groups } = records
  const idOf = (message: Message) => message.groupId ?? ''
  return [
    {
      words: ['绑定本群', '綁定本群'],
      takes: 'text',
      role: 'organizer',
      where: 'group',
      inUnboundGroups: true,
      help: '绑定本群 —— 让我开始在这个群里服务',
      async run(message, written) {
        const told = message.groupName ?? (written || undefined)
        const { name: byName } = await directory.recognise(message)
        const group = { id: idOf(message), name: told === undefined ? undefined : cleanName(told) }
        // Some lines tell no group's name: then it is what an organizer writes.
        const isNamed = message.groupName === undefined && written !== ''
        const bound = await cards.bind(group, { byName, isRenamed: isNamed })
        const { name } = bound
        if (!bound.isNew)
          return isNamed ? `好，这个群就叫「${name}」。` : `「${name}」早就绑定好了，可以直接用。`
        const nameless = name === namelessGroup ? howToName : ''
        const again = bound.isRestored ? '原来的空间、支部和标签都恢复了。' : ''
        const reach = bound.isOrganizers
          ? `它还是${organizersGroup}。要改，发「本群设置 普通群」。大家可以在群里提问和签到。`
          : '从现在起，这个群会收到推送，大家可以在群里提问和签到。'
        const said = `「${name}」绑定好了。${again}${reach}\n发「帮助」看看能做什么；不想要了，发「解绑本群」。${nameless}`
        return (await notice.claim(group.id)) ? `${said}\n\n${notice.text()}` : said
      },
    },
    {
      words: ['解绑本群', '解綁本群'],
      takes: 'nothing',
      role: 'organizer',
      where: 'group',
      help: '解绑本群 —— 我不再在这个群里说话',
      async run(message) {
        const name = (await cards.unbind(idOf(message))) ?? cleanName(message.groupName ?? '本群')
        return `「${name}」解绑了。我不再往这里推送，也不再应答；签到记录都还在。要恢复，再发「绑定本群」，原来的设置都还在。`
      },
    },
    {
      words: ['本群状态', '本群狀態'],
      takes: 'nothing',
      role: 'organizer',
      where: 'group',
      inUnboundGroups: true,
      help: '本群状态 —— 看这个群绑定了没有',
      async run(message) {
        const bound = await groups.get(groupKey(idOf(message)))
        if (!bound) return '这个群还没有绑定，我不推送也不应答。要开始用，发「绑定本群」。'
        const known = await directory.membersOf(bound.id)
        const boundAt = sayTime(instant(bound.boundAt), clock.now())
        return `「${bound.name}」已绑定。\n${bound.boundByName} 于${boundAt}绑定，我认识这里的 ${known.length} 位成员。`
      },
    },
  ]
}

function officerCommands({ officers }: Parts): Command[] {
  const apply = (role: OfficerRole): Command => ({
    words: [`申请${titleOf[role]}`],
    takes: 'nothing',
    role: 'maker',
    where: 'private',
    help: `申请${titleOf[role]} —— 由组织者同意后生效`,
    run: message => officers.apply(message, role),
  })
  const dismiss = (role: OfficerRole): Command => ({
    words: [`取消${titleOf[role]}`],
    takes: 'text',
    role: 'organizer',
    where: 'private',
    help: `取消${titleOf[role]} 张三 —— 收回这个身份`,
    run: (message, rest) => officers.dismiss(message, rest, role),
  })
  return [
    {
      words: ['认领', '認領'],
      takes: 'text',
      role: 'maker',
      where: 'anywhere',
      inUnboundGroups: true,
      // Said on the screen with its code; in everybody's help it would only puzzle.
      help: '',
      run: (message, rest) => officers.claim(message, rest),
    },
    apply('organizer'),
    apply('reviewer'),
    apply('auditor'),
    dismiss('organizer'),
    dismiss('reviewer'),
    dismiss('auditor'),
    {
      words: ['组织者名单', '組織者名單'],
      takes: 'nothing',
      role: 'organizer',
      where: 'private',
      help: '组织者名单 —— 谁管事、谁审核、谁在申请',
      async run() {
        const { holders, applications } = await officers.officers()
        const lines = holders.map(
          ({ name, role, since, ...consent }) =>
            `${name}：${titleOf[role]}，${sayFullTime(instant(since))}，${sayConsent(consent)}`,
        )
        const waiting = applications.length > 0 ? `\n在等同意：\n${listApplications(applications)}` : ''
        return `${lines.join('\n')}${waiting}`
      },
    },
  ]
}

const howToName = '\n这里看不到群名：请再发「绑定本群 群名」，给它起个名字，推送和统计里才分得清。'

const instant = (text: string) => Temporal.Instant.from(text)

import { type Command, Refusal } from '../../../feature.ts'
import { tallyOf } from '../check-ins/rules.ts'
import { sayTally } from '../check-ins/tally-words.ts'
import { sayLesson, sayNumbers, saySignUps } from '../check-ins/words.ts'
import { signOutMinutes } from '../lessons/window.ts'
import type { OrganizerParts } from '../organizer-parts.ts'
import { correctionCommands } from './correction.ts'
import { actedBy, createPicker } from './lesson-picker.ts'

/** Chat commands of organizers. */
export function organizerCommands(parts: OrganizerParts): Command[] {
  return [
    ...lessonCommands(parts),
    ...viewCommands(parts),
    ...correctionCommands(parts, createPicker(parts, 'last')),
  ]
}

function lessonCommands(parts: OrganizerParts): Command[] {
  const { actions, directory, clock } = parts
  const pick = createPicker(parts, 'last')
  const pickNext = createPicker(parts, 'next')

  const codeSwitch = (isOn: boolean): Command => ({
    words: [isOn ? '启用签到码' : '停用签到码'],
    takes: 'text',
    role: 'organizer',
    where: 'group',
    help: isOn ? '启用签到码 —— 签到要带现场屏幕上的数字' : '停用签到码 —— 只发「签到」就行',
    async run(message, rest) {
      const { lesson } = await pickNext(message, rest, isOn ? '启用签到码' : '停用签到码')
      const said = await actions.setCode(lesson, isOn, await actedBy(message, directory))
      return `${said}${isOn ? '\n组织者请在管理页面打开这节课的「投屏」。' : ''}`
    },
  })

  return [
    {
      words: ['下课', '下課'],
      takes: 'text',
      role: 'organizer',
      where: 'group',
      help: '下课 —— 提前结束签到并出统计',
      async run(message, rest) {
        const { lesson } = await pick(message, rest, '下课')
        await actions.close(lesson, await actedBy(message, directory))
        if (lesson.takesSignOut)
          return `好，「${lesson.title}」下课了，签到截止。请大家在 ${signOutMinutes} 分钟内发「签退」，随后统计私聊发给组织者。`
        return `好，「${lesson.title}」下课了，签到截止。名单和签到表这就私聊发给组织者。`
      },
    },
    codeSwitch(true),
    codeSwitch(false),
    {
      words: ['核对完毕', '核對完畢'],
      takes: 'text',
      role: 'organizer',
      where: 'anywhere',
      help: '核对完毕 —— 断线那节课都核对过了，还没签到的记为缺勤',
      async run(message, rest) {
        const { lesson } = await pick(message, rest, '核对完毕')
        const missing = await actions.verify(lesson, await actedBy(message, directory))
        return `好的，${sayLesson(lesson, clock.now())} 核对完毕，剩下的 ${missing} 人记为缺勤。个别人不对的，发「更正 张三 迟到」改。`
      },
    },
  ]
}

function viewCommands(parts: OrganizerParts): Command[] {
  const { people, closing, directory, outbox, clock } = parts
  const pick = createPicker(parts, 'last')
  const pickNext = createPicker(parts, 'next')
  return [
    {
      words: ['报名名单', '報名名單'],
      takes: 'text',
      role: 'organizer',
      where: 'private',
      help: '报名名单 —— 谁报了名、谁在候补',
      async run(message, rest) {
        const { lesson } = await pickNext(message, rest, '报名名单')
        if (!lesson.signUp) throw new Refusal(`${sayLesson(lesson, clock.now())} 不用报名。`)
        return saySignUps(lesson, await people.signUps(lesson), clock.now())
      },
    },
    {
      words: ['签到情况', '簽到情況'],
      takes: 'text',
      role: 'organizer',
      where: 'anywhere',
      help: '签到情况 —— 现在来了多少人（私聊有名单）',
      async run(message, rest) {
        const { lesson } = await pick(message, rest, '签到情况')
        const held = await people.held(lesson)
        if (!message.groupId) return sayTally(held, clock.now())
        return `${sayLesson(lesson, clock.now())}\n${sayNumbers(tallyOf(held, clock.now()))}。名单私聊我发「签到情况」看。`
      },
    },
    {
      words: ['签到表', '簽到表'],
      takes: 'text',
      role: 'organizer',
      where: 'anywhere',
      help: '签到表 —— 取一份表格（私聊发给你）',
      async run(message, rest) {
        const { lesson } = await pick(message, rest, '签到表')
        const { name } = await directory.recognise(message)
        const file = await closing.sheetOf(await people.held(lesson), name, 'chat')
        const text = `${sayLesson(lesson, clock.now())} 的签到表。`
        if (!message.groupId) return { text, file }
        const key = `lesson-${lesson.id}-sheet-${message.id}/${message.senderId}`
        const notAfter = clock.now().add({ hours: 1 })
        const target = { personId: message.senderId }
        await outbox.post([{ key, target, kind: 'prompt', reply: { text, file }, notAfter }])
        return `「${lesson.title}」的签到表私聊发给你了。`
      },
    },
  ]
}

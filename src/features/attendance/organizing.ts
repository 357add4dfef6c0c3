import { type Answer, type Command, Refusal } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import { findWhen } from '../../text/when.ts'
import { chooseOne, createPicker, type OrganizerParts } from './choosing.ts'
import { askForCode, dropCode } from './codes.ts'
import { correctionCommands } from './correcting.ts'
import type { Lesson } from './records.ts'
import { tallyOf } from './rules.ts'
import { closeEarly, defaultLengthMinutes, phaseOf, sentAtOf, windowOf } from './window.ts'
import { sayLesson, sayNumbers, sayOpened, sayTally } from './words.ts'

const lookAheadDays = 366

/** What organizers type. */
export function organizerCommands(parts: OrganizerParts): Command[] {
  return [
    ...lessonCommands(parts),
    ...viewCommands(parts),
    ...correctionCommands(parts, createPicker(parts, 'last')),
  ]
}

function lessonCommands(parts: OrganizerParts): Command[] {
  const { lessons, closing, directory, clock } = parts
  const pick = createPicker(parts, 'last')
  const pickNext = createPicker(parts, 'next')

  async function open(message: Message, rest: string): Promise<Answer> {
    const at = sentAtOf(message)
    const when = findWhen(rest, at)
    if (!when)
      throw new Refusal('请带上时间，例如「开课 周末微党课 14:00」或「开课 周末微党课 明天14:00-15:30」。')
    if (when.kind === 'impossible') throw new Refusal(when.reason)
    const { startsAt, rest: title } = when
    const endsAt = when.endsAt ?? startsAt.add({ minutes: defaultLengthMinutes })
    const groupId = message.groupId ?? ''
    const { name } = await directory.recognise(message)
    const plan = { title, groupIds: [groupId] }
    const lesson = await lessons.open({ plan, startsAt, endsAt }, { name, at })
    const length = when.endsAt
      ? ''
      : `\n没写几点下课，按 ${defaultLengthMinutes} 分钟算；要提前结束，发「下课」。`
    return `${sayOpened(lesson, clock.now())}${length}${await overlapOf(lesson)}`
  }

  async function overlapOf(lesson: Lesson): Promise<string> {
    const { opensAt, closesAt } = windowOf(lesson)
    const around = await lessons.between({ from: opensAt, to: closesAt }, lesson.groupIds[0])
    const other = around.find(one => one.id !== lesson.id && one.cancelledAt === undefined)
    return other ? `\n和「${other.title}」时间有重叠，那段时间大家签到要带号码，我会提示。` : ''
  }

  const codeSwitch = (isOn: boolean): Command => ({
    words: [isOn ? '启用签到码' : '停用签到码'],
    takes: 'text',
    role: 'organizer',
    where: 'group',
    help: isOn ? '启用签到码 —— 签到要带现场屏幕上的数字' : '停用签到码 —— 只发「签到」就行',
    async run(message, rest) {
      const at = sentAtOf(message)
      const { lesson } = await pickNext(message, rest, isOn ? '启用签到码' : '停用签到码')
      if (['over', 'cancelled'].includes(phaseOf(lesson, at)))
        throw new Refusal(`「${lesson.title}」已经结束了。`)
      await lessons.change(lesson.id, now => (isOn ? askForCode(now, at) : dropCode(now, at)))
      if (!isOn) return `好的，「${lesson.title}」签到不用带数字了，只发「签到」就行。`
      return `好的，「${lesson.title}」现在起签到要带数字：看现场屏幕，发「签到 四位数字」。\n组织者请在管理页面打开这节课的「投屏」。`
    },
  })

  return [
    {
      words: ['开课', '開課'],
      takes: 'text',
      role: 'organizer',
      where: 'group',
      help: '开课 周末微党课 14:00 —— 在本群开一节课',
      run: open,
    },
    {
      words: ['下课', '下課'],
      takes: 'text',
      role: 'organizer',
      where: 'group',
      help: '下课 —— 提前结束签到并出统计',
      async run(message, rest) {
        const at = sentAtOf(message)
        const { lesson } = await pick(message, rest, '下课')
        await lessons.change(lesson.id, now => closeEarly(now, at))
        await closing.finish(lesson.id)
        return `好，「${lesson.title}」下课了，签到截止。名单和签到表这就私聊发给组织者。`
      },
    },
    codeSwitch(true),
    codeSwitch(false),
    {
      words: ['取消课程', '取消課程'],
      takes: 'text',
      role: 'organizer',
      where: 'group',
      help: '取消课程 —— 这节课不上了',
      async run(message, rest) {
        const at = sentAtOf(message)
        const coming = await lessons.between(
          { from: at, to: at.add({ hours: 24 * lookAheadDays }) },
          message.groupId,
        )
        const open = coming.filter(one => ['upcoming', 'open'].includes(phaseOf(one, at)))
        const lesson = chooseOne(open, rest, { word: '取消课程', clock, none: '没有可以取消的课。' })
        await lessons.cancel(lesson.id, at)
        return `${sayLesson(lesson, clock.now())} 取消了，不用来签到。`
      },
    },
  ]
}

function viewCommands(parts: OrganizerParts): Command[] {
  const { people, closing, directory, outbox, clock } = parts
  const pick = createPicker(parts, 'last')
  return [
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
        const file = await closing.sheetOf(await people.held(lesson), name)
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

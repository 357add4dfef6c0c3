import { type Answer, type Command, Refusal } from '../../../feature.ts'
import { chainHead } from '../../../forms/lists/list-lines.ts'
import type { PastedLine } from '../../../forms/lists/match-names.ts'
import { type Message, type PassedOn, passedOn } from '../../../ports/chat.ts'
import type { FormSignUps } from '../../../ports/sign-ups.ts'
import type { Pasting } from '../check-ins/list-matcher.ts'
import { pastedWords, sayAgainst, sayLesson } from '../check-ins/words.ts'
import { type PastedList, pastedKey } from '../lessons/records/pasted-list-records.ts'
import type { LessonRecords } from '../lessons/records/records.ts'
import { phaseOf, sentAtOf } from '../lessons/window.ts'
import type { OrganizerParts } from '../organizer-parts.ts'
import type { PickLesson } from './lesson-picker.ts'

type Parts = OrganizerParts & {
  forms: FormSignUps
  pasting: Pasting
  pasted: LessonRecords['pasted']
  pick: PickLesson
}
/** Minutes after which an unconfirmed list has to be pasted again. */
const waitsMinutes = 60

/** A list is no sign-in; an organizer may put one down, and sees first whom it means. */
export function pasteCommands(parts: Parts): Command[] {
  const { lessons, directory, clock, forms, pasting, pasted, pick } = parts

  async function showMatches(message: Message, rest: string): Promise<Answer> {
    const { lesson, rest: text } = await pick(message, rest, '名单')
    const { lines: found, against } = await pasting.read(lesson, text)
    if (found.length === 0) throw new Refusal('请把名单一起发，一行一个名字，例如「名单\n张三\n李四」。')
    const members = hereOf(found).flatMap(({ found: [only] }) => only ?? [])
    const kept: PastedList = {
      lessonId: lesson.id,
      members: members.map(({ id, name }) => ({ id, name })),
      pastedAt: clock.now().toString(),
    }
    await pasted.update(pastedKey(message.senderId), () => kept)
    const warning = sayAgainst(against)
    return `${warning && `${warning}\n`}${sayFound(sayLesson(lesson, clock.now()), found)}`
  }

  async function save(message: Message): Promise<Answer> {
    const key = pastedKey(message.senderId)
    const kept = await pasted.get(key)
    const minutes = kept ? clock.now().since(kept.pastedAt).total('minutes') : waitsMinutes
    if (!kept || minutes >= waitsMinutes)
      throw new Refusal('没有等着确认的名单。请先发「名单」和名字，我对好了你再确认。')
    const lesson = await lessons.get(kept.lessonId)
    if (!lesson) throw new Refusal('这节课找不到了，名单没有保存。')
    const { name: byName } = await directory.recognise(message)
    const by = { at: sentAtOf(message).toString(), byName, why: pastedWords }
    const { saved, stood } = await pasting.save(lesson, kept.members, by)
    await pasted.update(key, () => undefined)
    const already = stood.length > 0 ? `，另有 ${stood.length} 人本来就签到了` : ''
    return `${sayLesson(lesson, clock.now())} 补记为到 ${saved.length} 人${already}。`
  }

  async function readChain(message: Message): Promise<Answer | PassedOn> {
    const ofForm = await forms.chain(message)
    if (ofForm !== undefined) return ofForm || undefined
    const roles = await directory.rolesOf(message.senderId)
    if (!message.groupId) {
      if (roles.includes('organizer')) return showMatches(message, message.text)
      return '接龙不算签到，名单谁都能改。请在群里发「签到」两个字。'
    }
    const at = sentAtOf(message)
    const around = await lessons.between({ from: at, to: at.add({ minutes: 15 }) }, message.groupId)
    // Makers also use 接龙 for lunch: without a lesson the list is not for attendance.
    if (!around.some(one => phaseOf(one, at) === 'open')) return passedOn
    const forOrganizers = roles.includes('organizer') ? '\n组织者要按名单补记，请把它私聊发给我。' : ''
    return `接龙不算签到，名单谁都能改。请各位自己在群里发「签到」两个字。${forOrganizers}`
  }

  return [
    {
      words: ['#接龙', '#接龍', '接龙', '接龍'],
      takes: 'text',
      role: 'maker',
      where: 'anywhere',
      help: '',
      matches: text => (chainHead.test(text.split('\n', 1)[0] ?? '') ? text : undefined),
      run: readChain,
    },
    {
      words: ['名单', '名單', '签到名单', '到场名单', '参会名单', '补签名单', '补录名单'],
      takes: 'text',
      role: 'organizer',
      where: 'private',
      help: '名单 —— 后面贴纸质名单或接龙，我对好名字，你确认了才记',
      run: showMatches,
    },
    {
      words: ['确认名单', '確認名單'],
      takes: 'nothing',
      role: 'organizer',
      where: 'private',
      help: '',
      run: save,
    },
  ]
}

/** Matched and unmatched lines, with the next step. */
function sayFound(which: string, lines: readonly PastedLine[]): string {
  const matched = hereOf(lines)
  const away = lines.filter(({ status }) => status === 'away')
  const unclear = lines.filter(({ status }) => status === 'unclear')
  const several = lines.filter(({ found, status }) => status === 'here' && found.length > 1)
  const none = lines.filter(({ found, status }) => status === 'here' && found.length === 0)
  const told = [
    `${which} 的名单有 ${lines.length} 个名字：`,
    `对上 ${matched.length} 人${matched.length > 0 ? `：${matched.map(({ found }) => found[0]?.name).join('、')}` : ''}`,
    ...(away.length > 0
      ? [
          `写着没来 ${away.length} 人，不记为到：${away.map(({ found: [only], line }) => only?.name ?? line).join('、')}`,
        ]
      : []),
    ...(unclear.length > 0
      ? [
          `要你定 ${unclear.length} 处：${unclear.map(({ line }) => line).join('、')}。来了的请用「补签 名字」单独补。`,
        ]
      : []),
    ...(several.length > 0
      ? [
          `有重名，分不清 ${several.length} 人：${several.map(sayCandidates).join('；')}。请用「补签 编号」单独补。`,
        ]
      : []),
    ...(none.length > 0
      ? [
          `没对上 ${none.length} 人：${none.map(({ line }) => line).join('、')}。请看看有没有写错；确实是新人，到群里发「补签 新成员 名字」。`,
        ]
      : []),
  ]
  const end =
    matched.length > 0
      ? `没有问题就发「确认名单」，把对上的 ${matched.length} 人记为到；不发就不记。`
      : '还没有保存任何内容。'
  return [...told, end].join('\n')
}

/** Lines that name exactly one person as present. */
const hereOf = (lines: readonly PastedLine[]) =>
  lines.filter(({ found, status }) => status === 'here' && found.length === 1)

const sayCandidates = ({ line, found }: PastedLine) =>
  `${line}（${found.map(({ id, branch, space }) => [branch || space, `编号 ${id}`].filter(Boolean).join(' ')).join('、')}）`

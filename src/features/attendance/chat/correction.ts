import { type Command, Refusal } from '../../../feature.ts'
import { findMember } from '../check-ins/find-member.ts'
import { addedWords, verdictWords } from '../check-ins/words.ts'
import type { OrganizerParts } from '../organizer-parts.ts'
import { actedBy, type PickLesson } from './lesson-picker.ts'

const states = [...verdictWords.keys()].join('|')
const correction = new RegExp(
  `^(?<name>\\S.*?)[\\s:：]+(?<state>${states})(?:[\\s:：,，]+(?<why>\\S.*))?$`,
  'su',
)
const newcomer = /^新成员[\s:：]+(?<name>\S.*)$/u

/** The first word before others, where it may name the lesson: 「专利 小美」. */
function beforeName(said: string): string {
  const { part = '', name = '' } = said.match(/^(?<part>\S+)\s+(?<name>\S.*)$/su)?.groups ?? {}
  return part === '新成员' || name === '' ? '' : part
}

/** The same before a correction: 「专利 小美 迟到」; in 「小美 迟到 请假半天」 there is no lesson. */
function beforeCorrection(said: string): string {
  const part = beforeName(said)
  const name = said.slice(part.length).trim().match(correction)?.groups?.name
  return name === undefined || verdictWords.has(name) ? '' : part
}

/** Corrections by organizers, kept with who, when and why. */
export function correctionCommands(
  { people, roster, directory, actions }: OrganizerParts,
  pick: PickLesson,
): Command[] {
  return [
    {
      words: ['补签', '補簽'],
      takes: 'text',
      role: 'organizer',
      where: 'anywhere',
      help: '补签 张三 —— 人到了没签上，补记为到',
      async run(message, typed) {
        const { lesson, rest } = await pick(message, typed, '补签', beforeName)
        if (rest === '') throw new Refusal('请带上名字，例如「补签 张三」。')
        const added = rest.match(newcomer)?.groups?.name
        const member = added
          ? await roster.enrol(added, message.groupId ?? lesson.groupIds[0] ?? '')
          : await findMember({ roster, people }, lesson, asTyped(rest))
        return actions.correct(
          lesson,
          { member, to: 'present', why: addedWords },
          await actedBy(message, directory),
        )
      },
    },
    {
      words: ['更正'],
      takes: 'text',
      role: 'organizer',
      where: 'anywhere',
      help: '更正 张三 迟到 —— 改成到、迟到、请假或缺勤，后面可写原因',
      async run(message, typed) {
        const { lesson, rest } = await pick(message, typed, '更正', beforeCorrection)
        const said = rest.match(correction)?.groups
        const to = verdictWords.get(said?.state ?? '')
        if (!said?.name || !to) {
          throw new Refusal('请写明是谁、改成什么，例如「更正 张三 迟到」，状态可以是到、迟到、请假、缺勤。')
        }
        const member = await findMember({ roster, people }, lesson, asTyped(said.name))
        return actions.correct(lesson, { member, to, why: said.why ?? '' }, await actedBy(message, directory))
      },
    },
    {
      words: ['撤销更正', '撤銷更正'],
      takes: 'text',
      role: 'organizer',
      where: 'anywhere',
      help: '撤销更正 张三 —— 刚才的更正或补签不算',
      async run(message, typed) {
        const { lesson, rest } = await pick(message, typed, '撤销更正', beforeName)
        if (rest === '') throw new Refusal('请带上名字，例如「撤销更正 张三」。')
        const member = await findMember({ roster, people }, lesson, {
          said: rest,
          ifUnknown: '请用全名再发一次。',
        })
        return actions.withdrawCorrection(lesson, member, await actedBy(message, directory))
      },
    },
  ]
}

const asTyped = (said: string) => ({
  said,
  ifUnknown: `发「补签 新成员 ${said}」，我按这个名字记为到。`,
})

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
        const { lesson, rest } = await pick(message, typed, '补签')
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
        const { lesson, rest } = await pick(message, typed, '更正')
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
        const { lesson, rest } = await pick(message, typed, '撤销更正')
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

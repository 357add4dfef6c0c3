import type { Message } from '../../../ports/chat.ts'
import { asideOf } from '../../../text/asides/asides.ts'
import { fold } from '../../../text/fold.ts'
import type { Instructor } from '../records.ts'

/** More names than these are a list for the console. */
const mostNamed = 8

/** Answers 「我的指导员是谁」 with the names of those who look after the asker's group; undefined for anything else. */
export function tellInstructors(
  { groupId, text }: Message,
  instructors: () => Promise<readonly Instructor[]>,
): Promise<string | undefined> | undefined {
  const isAsked = asideOf(text) === 'instructor' && /指导员|辅导员/u.test(fold(text))
  return isAsked ? sayInstructors(groupId, instructors) : undefined
}

async function sayInstructors(
  groupId: string | undefined,
  instructors: () => Promise<readonly Instructor[]>,
): Promise<string | undefined> {
  const own = (await instructors()).filter(
    ({ spaces }) => spaces.length === 0 || groupId === undefined || spaces.includes(groupId),
  )
  if (own.length === 0) return undefined
  // An instructor of this group alone comes before one of all groups.
  const inOrder = own.toSorted((a, b) => Number(a.spaces.length === 0) - Number(b.spaces.length === 0))
  return [
    groupId === undefined ? '指导员有：' : '本群的指导员：',
    ...inOrder.slice(0, mostNamed).map(sayInstructor),
    '有事发「转人工」加上你的问题，我转给对口的那位，答了告诉你。',
  ].join('\n')
}

const sayInstructor = ({ name, title, desks }: Instructor) =>
  `· ${name}（${title}）${desks.length > 0 ? `，管${desks.join('、')}` : ''}`

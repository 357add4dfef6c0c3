import type { Command } from '../../../../feature.ts'
import { memoize } from '../../../../lib/memoize.ts'
import { commandByMeaning } from '../../../../listeners.ts'
import type { Message } from '../../../../ports/chat.ts'
import { endsAsArrived } from '../../check-ins/meanings/own-words.ts'
import { plainLeave } from '../../check-ins/meanings/plain-leave.ts'
import { mayBeName, mayBePlace, signInMeaning } from '../../check-ins/meanings/sign-in-meaning.ts'
import { isLeaving, isSignOut } from '../../check-ins/meanings/sign-out-meaning.ts'

/** Asked of everything that is said in a bound group, and much of it is said by many. */
const mayBeAttendance = memoize(
  text =>
    isSignOut(text) ||
    isLeaving(text) ||
    signInMeaning(text, mayBeName, mayBePlace) !== undefined ||
    plainLeave(text) !== undefined ||
    endsAsArrived(text),
  { most: 200, longest: 100 },
)

type Handlers = Record<'handleSignIn' | 'handleOtherWords' | 'handleLeave', Command['run']> & {
  handleSignOut(message: Message): ReturnType<Command['run']>
}

/** Kinds of words that are answered in private too. */
const privateKinds = ['self', 'excuse', 'leave', 'back', 'late', 'trouble'] as const

const loose = { takes: 'text', role: 'maker', isLoose: true, repeatable: true } as const

/** In private four digits answer what another feature has asked, and other talk is for the others as well. */
const isMeantInPrivate = (text: string) =>
  privateKinds.some(kind => kind === signInMeaning(text, mayBeName)?.kind)

/** The words of makers about their own attendance. */
export function signInTable({
  handleSignIn,
  handleOtherWords,
  handleSignOut,
  handleLeave,
}: Handlers): Command[] {
  return [
    {
      words: ['签到', '簽到', '报到'],
      ...loose,
      where: 'anywhere',
      help: '签到 —— 上课时报到',
      run: handleSignIn,
    },
    commandByMeaning(
      'anywhere',
      (text, isPrivate) => ((isPrivate ? isMeantInPrivate(text) : mayBeAttendance(text)) ? '' : undefined),
      handleOtherWords,
    ),
    {
      words: ['签退', '簽退', '早退'],
      ...loose,
      where: 'group',
      help: '签退 —— 要签退的课，走的时候发',
      run: message => handleSignOut(message),
    },
    {
      words: ['请假', '請假'],
      ...loose,
      where: 'anywhere',
      help: '请假 原因 —— 来不了先说一声',
      run: handleLeave,
    },
  ]
}

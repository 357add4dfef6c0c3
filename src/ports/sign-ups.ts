import type { Message } from './chat.ts'

/** Sign-ups that belong to no lesson, asked before a lesson's own. Texts are Chinese; empty: it is done, in silence. */
export type FormSignUps = {
  /**
   * 「报名 …」.
   * @param isAlone no lesson takes sign-ups here
   * @returns undefined where no form is meant
   */
  signUp(message: Message, rest: string, isAlone: boolean): Promise<string | undefined>
  /** 「取消报名 …」; the same. */
  leave(message: Message, rest: string, isAlone: boolean): Promise<string | undefined>
  /** How the writer stands in the open forms of this conversation, a text for each. */
  own(message: Message): Promise<string[]>
  /** A pasted 接龙. @returns undefined where it names no open form */
  chain(message: Message): Promise<string | undefined>
}

import type { FormRecord } from '../../forms/form.ts'
import { answerOf } from '../../forms/rules.ts'
import type { Message } from '../../ports/chat.ts'
import { fold } from '../../text/fold.ts'

/** The form that is meant, and what was said besides its name; or a question which of several. */
export type FormMatch = { record: FormRecord; rest: string } | { ask: string } | undefined

/** Finds the form that a person means, by its title or number where several are open. */
export function createFormPicker({ open }: { open(): Promise<FormRecord[]> }) {
  /** Open forms of this group; in private those of all. */
  async function candidates({ groupId }: Message): Promise<FormRecord[]> {
    return (await open()).filter(({ form }) => groupId === undefined || form.groupIds.includes(groupId))
  }

  return {
    candidates,
    /**
     * @param memberId looks only at forms that they answered
     * @returns undefined where none is open
     */
    async pick(
      message: Message,
      said: string,
      { word, memberId }: { word: string; memberId?: string },
    ): Promise<FormMatch> {
      const all = (await candidates(message)).filter(
        record => memberId === undefined || (answerOf(record, memberId)?.state ?? 'out') !== 'out',
      )
      const [only, ...more] = all
      if (!only) return undefined
      const named = namedIn(said, all)
      if (named) return named
      if (more.length === 0) return { record: only, rest: said }
      const list = all.map(({ form }) => `${form.number} 号 ${form.title}`).join('\n')
      return { ask: `现在有几张报名表，请写上哪一张，例如「${word} ${only.form.title}」：\n${list}` }
    },
  }
}
export type FormPicker = ReturnType<typeof createFormPicker>

/** The form whose title or number stands in these words; the longest title wins. */
export function namedIn(
  said: string,
  records: readonly FormRecord[],
): { record: FormRecord; rest: string } | undefined {
  const byTitle = records
    .filter(({ form }) => fold(said).includes(fold(form.title)))
    .sort((a, b) => b.form.title.length - a.form.title.length)[0]
  if (byTitle) {
    const { title } = byTitle.form
    const at = said.indexOf(title)
    return {
      record: byTitle,
      rest: at < 0 ? '' : `${said.slice(0, at)} ${said.slice(at + title.length)}`.trim(),
    }
  }
  const number = /^(?<number>\d{1,4})\s*号/u.exec(said.trim())
  const record = records.find(({ form }) => form.number === Number(number?.groups?.number))
  return record && { record, rest: said.trim().slice(number?.[0].length).trim() }
}

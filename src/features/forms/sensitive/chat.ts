import { type Answer, type Command, Refusal } from '../../../feature.ts'
import type { FormRecord } from '../../../forms/form.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { FormActions } from '../actions.ts'
import { namedIn } from '../form-picker.ts'
import type { FormRecords } from '../records.ts'
import type { SensitiveActions } from './actions.ts'
import { sayProof } from './kept/words.ts'

type Parts = {
  sensitive: SensitiveActions
  forms: Pick<FormActions, 'require'>
  formRecords: Pick<FormRecords, 'all'>
  directory: Directory
  /** Where members reach the page of their link, without a slash at the end; empty: nowhere yet. */
  baseUrl: string
}

/** 「填写 3」 and 「撤回填写 3」, in private: a link to the page for sensitive fields, and taking them back. */
export function sensitiveCommands({ sensitive, forms, formRecords, directory, baseUrl }: Parts): Command[] {
  /** The form named by number or title, else the only one with sensitive fields. */
  async function find(said: string, word: string): Promise<FormRecord> {
    const number = /^(?<number>\d{1,4})\s*号?$/u.exec(said.trim())?.groups?.number
    if (number) return forms.require(Number(number))
    const all = (await formRecords.all()).filter(({ form }) => form.sensitiveFields.length > 0)
    const [only, ...more] = all
    const named = namedIn(said, all)?.record
    if (named) return named
    if (only && more.length === 0 && said.trim() === '') return only
    throw new Refusal(`请写上哪一张报名表，例如「${word} 3」，只写号码，不要写填的内容。`)
  }

  async function offer(message: Message, said: string): Promise<Answer> {
    const record = await find(said, '填写')
    const { number, title } = record.form
    const { id } = await directory.recognise(message)
    const proof = await sensitive.proofOf(number, id)
    const known = proof ? `${sayProof(proof)}\n` : ''
    if (proof?.fields.every(({ erased }) => erased?.cause === 'handed')) return known.trim()
    if (baseUrl === '') throw new Refusal('填写的网址还没有设好，请告诉组织者（PUBLIC_URL 或 CONSOLE_URL）。')
    const token = await sensitive.links.offer(record, id)
    return `${known}「${title}」要私下填的在这里，不填也不影响报名。链接只能用一次，48 小时内有效，请不要转给别人：\n${baseUrl}/open/form/${number}/${token}`
  }

  async function withdraw(message: Message, said: string): Promise<Answer> {
    const record = await find(said, '撤回填写')
    const { id } = await directory.recognise(message)
    return (await sensitive.withdraw(record.form.number, id))
      ? `撤回了，你在「${record.form.title}」里填的敏感信息已经删掉，报名还在。`
      : `「${record.form.title}」这里没有存着你填的敏感信息，不用撤回。`
  }

  const own = { takes: 'text', role: 'maker', where: 'private', help: '' } as const
  return [
    { ...own, words: ['填写', '填寫'], help: '填写 3 —— 拿网页填不该发在聊天里的（私聊）', run: offer },
    { ...own, words: ['撤回填写', '撤回填寫'], run: withdraw },
  ]
}

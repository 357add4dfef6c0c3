import { Refusal } from '../../../feature.ts'
import type { KeptItem } from './records.ts'

/** The title of a submission that was erased or taken back. */
export const deletedTitle = '（已删除的投稿）'
/** Whether nothing is left of a submission but its number. */
export const isDeleted = ({ title, text }: Pick<KeptItem, 'title' | 'text'>) =>
  title === deletedTitle && text === ''

/** @throws {@link Refusal} where nothing is left that could be told */
export function assertHasWords(item: KeptItem): void {
  if (isDeleted(item)) throw new Refusal(`${item.number} 号投稿已经删掉了，内容没有留下，不能再用。`)
}

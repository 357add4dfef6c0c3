import { foldCharacters } from '../../../text/characters.ts'

/** 「各县（市）区科技局、财政局，各有关单位：」: offices of one kind are parted by 「、」 and stay together. */
export function addresseesIn(text: string): string[] {
  return foldCharacters(text)
    .replace(/:\s*$/u, '')
    .split(/[,;]\s*(?![^()]*\))/u)
    .map(each => each.trim().replaceAll('(', '（').replaceAll(')', '）'))
    .filter(each => each !== '')
}

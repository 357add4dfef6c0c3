import { OutdatedFormRefusal } from '../../../feature.ts'
import { versionOf } from '../../../lib/hash.ts'
import type { LibraryDocument } from './records.ts'

/** Tells whether what the form of a document holds has changed since it was shown. */
export const factsVersion = ({ inForce, supersedes, ...document }: LibraryDocument): string => {
  const { title, documentNumber, issuer, dated, source } = document
  return versionOf([title, documentNumber, issuer, dated, inForce, source, supersedes])
}

/** The form holds every field: saved unseen, it would take back what another editor has put right. */
export function outdatedFacts(now: LibraryDocument): OutdatedFormRefusal {
  const { title, documentNumber, issuer, dated, inForce } = now
  const facts = [title, documentNumber, issuer, dated && `${dated} 成文`].filter(Boolean).join('，')
  const days = `有效期从${inForce.from ?? '（没写）'}到${inForce.until ?? '（没写）'}`
  return new OutdatedFormRefusal(
    `这份文件的信息刚被别人改过，现在是：${facts}；${days}。下面是你填的，核对一下再保存，就按你填的改。`,
    factsVersion(now),
  )
}

/** The page has a form for each passage, and shows what stands now: what was typed is quoted instead. */
export const outdatedPassage = (now: string, typed: string): OutdatedFormRefusal =>
  new OutdatedFormRefusal(
    `这一段刚被别人改过，现在是：「${now}」。你写的「${typed}」没有保存，请对照原件，还要改就在这一段再改一次。`,
    versionOf(now),
  )

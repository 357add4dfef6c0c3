import { OutdatedFormRefusal } from '../../../feature.ts'
import { versionOf } from '../../../lib/hash.ts'
import type { InForce, LibraryDocument, LibraryPassage } from './records.ts'

/** Tells whether what the form of a document holds has changed since it was shown. */
export const factsVersion = ({ inForce, supersedes, ...document }: LibraryDocument): string => {
  const { title, documentNumber, issuer, dated, source } = document
  return versionOf([title, documentNumber, issuer, dated, inForce, source, supersedes])
}

/** The form holds every field: saved unseen, it would take back what another editor has put right. */
export function outdatedFacts(now: LibraryDocument): OutdatedFormRefusal {
  const { title, documentNumber, issuer, dated, inForce } = now
  const facts = [title, documentNumber, issuer, dated && `${dated} 成文`].filter(Boolean).join('，')
  return new OutdatedFormRefusal(
    `这份文件的信息刚被别人改过，现在是：${facts}；${sayDays(inForce)}。下面是你填的，核对一下再保存，就按你填的改。`,
    factsVersion(now),
  )
}

/** The page has a form for each passage, and shows what stands now: what was typed is quoted instead. */
export const outdatedPassage = (now: string, typed: string): OutdatedFormRefusal =>
  new OutdatedFormRefusal(
    `这一段刚被别人改过，现在是：「${now}」。你写的「${typed}」没有保存，请对照原件，还要改就在这一段再改一次。`,
    versionOf(now),
  )

/** Tells whether the days of a document in a collection have changed since its form was shown. */
export const partVersion = (part: { inForce: InForce } | undefined): string =>
  versionOf(part ? [part.inForce.from ?? '', part.inForce.until ?? '', part.inForce.saidIn] : [])

/** The page has a form for each document of a collection: what was typed is quoted, as with passages. */
export const outdatedPart = (now: { title: string; inForce: InForce }, typed: InForce): OutdatedFormRefusal =>
  new OutdatedFormRefusal(
    `《${now.title}》的有效期刚被别人改过，现在是：${sayDays(now.inForce)}。你填的「${sayDays(typed)}」没有保存，请对照原件，还要改就再改一次。`,
    partVersion(now),
  )

/** Tells whether the text with the figures to be typed, or who typed them, has changed since the form was shown. */
export const figuresVersion = (passage: LibraryPassage | undefined): string =>
  versionOf([passage?.text ?? '', passage?.figuresTypedBy?.id ?? ''])

/** Figures are typed for one text, once: typed for an older text they would vouch for words that were not compared. */
export function outdatedFigures(now: LibraryPassage): OutdatedFormRefusal {
  const { figuresTypedBy, text } = now
  return new OutdatedFormRefusal(
    figuresTypedBy
      ? `这一段的数字${figuresTypedBy.name}刚重打过了，不用再打；你打的没有保存。`
      : `这一段刚被别人改过，现在是：「${text}」。你打的数字没有保存，请对着原件看一遍，再重打。`,
    figuresVersion(now),
  )
}

const sayDays = ({ from, until, saidIn }: InForce): string =>
  `有效期从${from ?? '（没写）'}到${until ?? '（没写）'}${saidIn ? `，写在${saidIn}` : ''}`

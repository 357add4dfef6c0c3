import type { Temporal } from 'temporal-polyfill'
import { isOffice, judgeApproval } from '../../../approval.ts'
import { FieldRefusal, Refusal } from '../../../feature.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { foldCharacters } from '../../../text/characters.ts'
import { figuresIn, saysSame } from '../../../text/figures/figures.ts'
import { figuresOf } from './passage-figures.ts'
import type { InForce, LibraryDocument, LibraryPassage } from './records.ts'
import { requireOrder } from './validity.ts'

/** The person who decides, and the time. */
export type DocumentDeed = { by: RecordedActor; at: Temporal.Instant }

export const stateWords: Record<LibraryDocument['state'], string> = {
  waiting: '等审核',
  live: '可引用',
  rejected: '已退回',
  withdrawn: '已撤下',
}

/** Fields of a document that a reviewer edits. */
export type DocumentEdit = Pick<
  LibraryDocument,
  'title' | 'documentNumber' | 'issuer' | 'dated' | 'inForce' | 'supersedes' | 'source'
>

/** @throws {@link FieldRefusal} for what does not fit together */
export function editDocument(
  document: LibraryDocument,
  typed: DocumentEdit,
  deed: DocumentDeed,
): LibraryDocument {
  requireWaiting(document)
  if (typed.title === '') throw new FieldRefusal('title', '请写标题。')
  if (typed.supersedes === document.number) throw new FieldRefusal('supersedes', '一份文件不能替代它自己。')
  requireOrder(typed.inForce)
  return authored({ ...document, ...typed }, deed, '改了文件信息')
}

/**
 * Corrects the days between which a document of a collection holds.
 * @param typed its place in the collection, from 0, and its days
 * @throws {@link Refusal} where there is none, {@link FieldRefusal} where the days do not fit together
 */
export function editPart(
  document: LibraryDocument,
  { at, inForce }: { at: number; inForce: InForce },
  deed: DocumentDeed,
): LibraryDocument {
  requireWaiting(document)
  const part = document.parts?.[at]
  if (!part) throw new Refusal('这本汇编里没有这一份，请刷新页面再改。')
  requireOrder(inForce)
  const parts = document.parts?.with(at, { ...part, inForce })
  return authored({ ...document, parts }, deed, `改了《${part.title}》的有效期`)
}

/** Corrects the text of a passage, which then is what may be quoted. */
export function correctPassage(
  document: LibraryDocument,
  { at, text }: { at: number; text: string },
  deed: DocumentDeed,
): LibraryDocument {
  requireWaiting(document)
  const passage = passageAt(document, at)
  if (text === '') throw new Refusal('这一段不能是空的。')
  const { figuresTypedBy: _, ...rest } = passage
  return authored(withPassage(document, at, { ...rest, text }), deed, `改了第 ${at + 1} 段`)
}

/**
 * Notes that a person typed the figures of a recognized passage from the picture.
 * @param typed the figures in the order of the text
 * @throws {@link Refusal} where they are other figures than those that were read
 */
export function typeFigures(
  document: LibraryDocument,
  { at, typed }: { at: number; typed: readonly string[] },
  deed: DocumentDeed,
): LibraryDocument {
  requireWaiting(document)
  const passage = passageAt(document, at)
  if (isOffice(deed.by))
    throw new Refusal('控制台的公用登录分不清是谁，数字要由本人重打。请用自己的登录链接进来。')
  const read = figuresOf(passage)
  if (typed.length !== read.length || typed.includes(''))
    throw new Refusal('每个数字都要重打一遍，一个也不能空。')
  for (const [place, figure] of read.entries())
    if (!saySame(typed[place] ?? '', figure))
      throw new Refusal(
        `第 ${place + 1} 个数字重打的是「${typed[place]}」，识别出来的是「${figure}」，不一样。请对着图看：认错了就先改这一段的文字。`,
      )
  const checked = { ...passage, figuresTypedBy: { id: deed.by.id, name: deed.by.name } }
  const next = { ...withPassage(document, at, checked), revision: document.revision + 1 }
  return noted(next, deed, `重打了第 ${at + 1} 段的数字`)
}

/** Those who agreed to the present revision, where it needs two. */
export const agreedTo = ({ agreed = [], revision }: LibraryDocument): RecordedActor[] =>
  agreed.filter(one => one.revision === revision).map(({ by }) => by)

type Approval = {
  /** The revision that was shown. */
  revision: number
  isOnePerson: boolean
  /** Every chat id of the approver. */
  identities: ReadonlySet<string>
  /** The parts that were not shown, in Chinese for the approver; undefined where all were. */
  unseen: string | undefined
  /** The approver has compared the days of validity with the text. */
  isValidityChecked: boolean
}

/** Lets it be quoted, or waits for a second approval. @throws {@link Refusal} where it must not be approved */
export function approveDocument(
  document: LibraryDocument,
  approval: Approval,
  deed: DocumentDeed,
): LibraryDocument {
  requireWaiting(document)
  const by = { id: deed.by.id, name: deed.by.name }
  const agreed = agreedTo(document)
  const verdict = judgeApproval({
    ...{ ...approval, by, authors: document.authors, agreed },
    toAuthor: '自己上传或改过的文件，要由另一位审核人来批准。',
  })
  if (verdict.kind === 'refused') throw new Refusal(verdict.text)
  if (document.revision !== approval.revision)
    throw new Refusal('这份文件刚刚改过，还没有批准。请看过现在的内容再批准。')
  if (approval.unseen) throw new Refusal(`${approval.unseen}请对着原件看过再批准，现在还没有批准。`)
  if (!approval.isValidityChecked)
    throw new FieldRefusal('isValidityChecked', '请先对着原文核对有效期，再勾选这一项。')
  if (verdict.kind === 'agreed') {
    const agreements = [...agreed, by].map(one => ({ by: one, revision: document.revision }))
    return noted({ ...document, agreed: agreements }, deed, '同意，还要另一位批准')
  }
  return noted({ ...document, state: 'live', approved: { by, at: deed.at.toString() } }, deed, '批准')
}

export function reject(document: LibraryDocument, reason: string, deed: DocumentDeed): LibraryDocument {
  requireWaiting(document)
  if (reason === '') throw new FieldRefusal('reason', '请写退回的原因，好让上传的人知道改什么。')
  return noted({ ...document, state: 'rejected' }, deed, `退回：${reason}`)
}

export type Withdrawal = {
  reason: string
  /** True where it should not have replaced the older version, which is in force again. */
  restoresOlder: boolean
}

/**
 * Takes a live document out of use at once: what is wrong must not wait for a second person. The version that it
 * replaced stays history unless a reviewer says that it is in force.
 */
export function withdrawDocument(
  document: LibraryDocument,
  { reason, restoresOlder }: Withdrawal,
  deed: DocumentDeed,
): LibraryDocument {
  if (document.state !== 'live')
    throw new Refusal(`${document.number} 号文件${stateWords[document.state]}，不用撤。`)
  const { supersedes, ...rest } = document
  const isKept = supersedes !== undefined && !restoresOlder
  const replaced = supersedes === undefined ? {} : isKept ? { supersedes } : { restoredOlder: supersedes }
  const what = [`撤下${reason ? `：${reason}` : ''}`, ...(restoresOlder ? ['旧版本恢复引用'] : [])]
  return noted({ ...rest, ...replaced, state: 'withdrawn' }, deed, what.join('；'))
}

/** Days in which a document that was sent back or withdrawn can be restored; one that was sent back is then deleted. */
export const restorableDays = 30

/** Whether it was sent back or withdrawn so lately that this can be undone. */
export const isRestorable = ({ state, history }: LibraryDocument, at: Temporal.Instant): boolean =>
  (state === 'rejected' || state === 'withdrawn') &&
  Date.parse(history.at(-1)?.at ?? '') > at.subtract({ hours: 24 * restorableDays }).epochMilliseconds

/**
 * Undoes that a document was sent back or withdrawn: it is reviewed again, or quoted again as two persons approved it,
 * in the place of the version that it replaced.
 * @throws {@link Refusal} where there is nothing to undo, or it is too late
 */
export function restore(document: LibraryDocument, deed: DocumentDeed): LibraryDocument {
  const { number, state } = document
  if (state !== 'rejected' && state !== 'withdrawn')
    throw new Refusal(`${number} 号文件${stateWords[state]}，没有可以恢复的。`)
  if (!isRestorable(document, deed.at))
    throw new Refusal(
      `${number} 号文件${stateWords[state]}超过 ${restorableDays} 天，不能恢复了。请重新上传。`,
    )
  if (state === 'rejected') return noted({ ...document, state: 'waiting' }, deed, '撤销退回')
  const { restoredOlder, ...rest } = document
  const replaced = restoredOlder === undefined ? {} : { supersedes: restoredOlder }
  return noted({ ...rest, ...replaced, state: 'live' }, deed, '撤销撤下，恢复引用')
}

/** Whether what was typed says every figure that was read. */
function saySame(typed: string, read: string): boolean {
  const [said, wanted] = [figuresIn(typed), figuresIn(read)]
  // 「三大」 and 「II」 are figures within their sentence only.
  if (wanted.length === 0) return foldCharacters(typed).trim() === foldCharacters(read).trim()
  return wanted.every(figure => said.some(one => saysSame(one, figure)))
}

/** Whether a passage may be quoted as far as its own text goes. */
export const isQuotable = (passage: LibraryPassage): boolean =>
  !passage.isRecognized || passage.figuresTypedBy !== undefined || figuresOf(passage).length === 0

/** Marks by which an office keeps a document from the public. */
const restricted = /^[（(]?(?:此件|信息公开|公开).{0,12}(?:依申请公开|不予公开)/u

/** Whether the file says of itself that it is not to be published. */
export const isRestricted = ({ outside }: Pick<LibraryDocument, 'outside'>): boolean =>
  outside.some(line => restricted.test(line.trim()))

/** The version that replaced each, by the number of the older one: approved, and perhaps withdrawn since. */
export function successors(documents: readonly LibraryDocument[]): Map<number, LibraryDocument> {
  const approved = documents
    .filter(({ approved }) => approved !== undefined)
    .toSorted((a, b) => Number(a.state === 'live') - Number(b.state === 'live'))
  return new Map(approved.flatMap(one => (one.supersedes ? [[one.supersedes, one] as const] : [])))
}

/** A change to a document that is reviewed anew; who made it may not approve it. */
function authored(document: LibraryDocument, deed: DocumentDeed, what: string): LibraryDocument {
  const by = { id: deed.by.id, name: deed.by.name }
  const authors = [...document.authors.filter(({ id }) => id !== by.id), by]
  return noted({ ...document, authors, revision: document.revision + 1 }, deed, what)
}

function noted(document: LibraryDocument, { by, at }: DocumentDeed, deed: string): LibraryDocument {
  const entry = { at: at.toString(), by: { id: by.id, name: by.name }, deed }
  return { ...document, history: [...document.history, entry] }
}

function requireWaiting({ number, state }: LibraryDocument): void {
  if (state !== 'waiting') throw new Refusal(`${number} 号文件${stateWords[state]}，已经处理过了。`)
}

function passageAt({ passages, number }: LibraryDocument, at: number): LibraryPassage {
  const passage = passages[at]
  if (!passage) throw new Refusal(`${number} 号文件没有第 ${at + 1} 段。`)
  return passage
}

const withPassage = (document: LibraryDocument, at: number, passage: LibraryPassage): LibraryDocument => ({
  ...document,
  passages: document.passages.with(at, passage),
})

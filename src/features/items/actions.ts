import { Refusal } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import { noticeRecord } from '../../parsing/index.ts'
import type { RecordedActor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Stream } from '../../ports/items.ts'
import type { Web } from '../../ports/web.ts'
import type { DateRole } from '../../text/notices/index.ts'
import { canonicalLink } from '../../text/pages/links.ts'
import type { Admitted, Catalogue } from './catalogue/catalogue.ts'
import { itemDraftOf, type NewItemFields } from './catalogue/item-drafts.ts'
import type { KeptItem } from './catalogue/records.ts'
import {
  approveItem,
  chooseDeadline,
  correctRole,
  dismissItem,
  editItem,
  type ItemAction,
  type ItemEdit,
  mergeInto,
  publishedDayOf,
  reopenItem,
  withdrawItem,
  withPlacesOf,
  withText,
} from './catalogue/rules.ts'
import { dateVersion, deadlineVersion, outdatedDate, outdatedDeadline } from './catalogue/shown-dates.ts'
import type { CheckDeadline } from './deadline-check.ts'
import { type UploadedDocument, withDocuments } from './sources/attached.ts'
import { readOriginal } from './sources/originals.ts'
import type { Tags } from './tags.ts'
import { takeBack } from './taken-back.ts'

export type ActionParts = {
  catalogue: Catalogue
  web: Web
  clock: Clock
  outbox: Outbox
  tag: (title: string, text: string) => Tags
  checkDeadline: CheckDeadline
  /** Documents of the library that were uploaded for an item. Default: none. */
  documentsOf?(item: number): readonly UploadedDocument[]
}
export type ItemActions = ReturnType<typeof createItemActions>

/** A link, and whatever was written around it. */
const linkIn = /https?:\/\/[^\s，。；、（）()<>"「」]+/u
const longestSubmission = 3000
/** Submissions of one person that may wait. */
const mostWaiting = 5
const letterHours = 72

/** The deeds on items; the same in chat and on the console. */
export function createItemActions(parts: ActionParts) {
  const { catalogue, web, clock, outbox, tag, checkDeadline, documentsOf = () => [] } = parts
  const deedOf = (by: RecordedActor): ItemAction => ({ by, at: clock.now() })

  async function itemOf(number: number): Promise<KeptItem> {
    const item = await catalogue.get(number)
    if (!item) throw new Refusal(`没有 ${number} 号条目。说「条目」看看有哪些。`)
    return item
  }

  async function change(number: number, how: (now: KeptItem) => KeptItem): Promise<KeptItem> {
    await itemOf(number)
    const changed = await catalogue.change(number, how)
    if (!changed) throw new Refusal(`没有 ${number} 号条目。`)
    return changed
  }

  /** Title, date and text from the page behind a link, or from what was written. */
  async function read(
    written: string,
  ): Promise<Pick<NewItemFields, 'title' | 'text' | 'date' | 'link' | 'doubts'>> {
    const address = linkIn.exec(written)?.[0]
    const words = address ? written.replace(address, '').trim() : written.trim()
    const [firstLine = '', ...rest] = words.split('\n')
    const own = { title: firstLine.trim(), text: rest.join('\n').trim() || words, date: '' }
    if (!address) return { ...own, link: undefined, doubts: [] }
    const link = canonicalLink(address)
    if (!link) throw new Refusal('链接没看懂，请整条复制过来，要以 http:// 或 https:// 开头。')
    const original = await readOriginal(web, link)
    const { unread } = original
    if (unread && own.title === '' && original.title === '')
      throw new Refusal(`${unread}或者在链接前面写上标题和内容，我先收下。`)
    const title = own.title || original.title
    if (title === '') throw new Refusal('网页上没有找到标题，请在链接前面写上标题再发。')
    if (unread) return { ...own, title, date: original.date, link, doubts: [`原文没有读到：${unread}`] }
    return { title, text: original.text, date: original.date, link, doubts: original.gaps ?? [] }
  }

  async function take(given: NewItemFields, by: RecordedActor): Promise<Admitted> {
    const draft = await checkDeadline(await itemDraftOf(given, { at: clock.now(), tag, by }))
    const [admitted] = await catalogue.admit([draft])
    if (!admitted) throw new Refusal('没有收下，请再发一次。')
    return admitted
  }

  /** The item with this text and that of its uploaded documents, and what both say. */
  async function keepRead(
    item: KeptItem,
    { text: own, date, deed }: { text: string; date: string; deed: string },
    by: RecordedActor,
  ): Promise<KeptItem> {
    const documents = documentsOf(item.number)
    const text = withDocuments(own, documents)
    const day = publishedDayOf(item, date, clock.now())
    const record = await noticeRecord({ title: item.title, text, ...day })
    if (!record) throw new Refusal('这一页太长或写法太乱，没有读。请对照原文填写。')
    const read = (now: KeptItem) =>
      withGaps(withText(now, { text, ...day, record, deed }, deedOf(by)), documents)
    const { deadline, deadlineChoices } = await checkDeadline(read(item))
    return change(item.number, now =>
      // An organizer who chose meanwhile is right.
      now.revision === item.revision ? { ...read(now), deadline, deadlineChoices } : read(now),
    )
  }

  /** Tells the submitter the decision. */
  async function tellSubmitter(item: KeptItem, text: string): Promise<void> {
    if (!item.submitter) return
    await outbox.post([
      {
        key: `item-${item.number}-${item.revision}/${item.submitter.id}`,
        target: { personId: item.submitter.id },
        kind: 'prompt',
        reply: { text },
        notAfter: clock.now().add({ hours: letterHours }),
      },
    ])
  }

  return {
    itemOf,
    /** An organizer's own find. @throws {@link Refusal} where nothing can be made of it */
    async add(written: string, { stream, by }: { stream: Stream; by: RecordedActor }): Promise<Admitted> {
      if (written.trim() === '')
        throw new Refusal('请在后面写上链接，或者标题和内容，比如「收录 https://…」。')
      const found = await read(written)
      return take({ ...found, from: by.name, stream, origin: 'organizer' }, by)
    },
    /** A submission of a member company; it waits for an organizer. */
    async submit(written: string, by: RecordedActor): Promise<Admitted> {
      if (written.trim() === '') {
        throw new Refusal('请在「投稿」后面写内容：第一行标题，下面写正文；也可以只发一个链接。')
      }
      if ([...written].length > longestSubmission) {
        throw new Refusal(`投稿太长了，最多 ${longestSubmission} 个字，可以发链接。`)
      }
      const waiting = catalogue.entries().filter(one => one.state === 'new' && one.submitterId === by.id)
      if (waiting.length >= mostWaiting)
        throw new Refusal(`你有 ${mostWaiting} 条投稿在等组织者看，等看过再投。`)
      const found = await read(written)
      return take({ ...found, from: by.name, stream: '企业动态', origin: 'member', submitter: by }, by)
    },
    /**
     * @param seen the revision that was shown; absent in chat, where the item is looked up and approved in one
     * @throws {@link Refusal} where another organizer has changed it since
     */
    async approve(number: number, by: RecordedActor, seen?: number): Promise<KeptItem> {
      const item = await change(number, now => {
        if (seen !== undefined && seen !== now.revision)
          throw new Refusal(`${number} 号条目刚被改过，还没有通过。请看过现在的，再点通过。`)
        return approveItem(now, deedOf(by))
      })
      await tellSubmitter(item, `你的投稿「${item.title}」通过了，会放进「${item.stream}」的推送里。`)
      return item
    },
    async dismiss(number: number, by: RecordedActor): Promise<KeptItem> {
      const item = await change(number, now => dismissItem(now, deedOf(by)))
      await tellSubmitter(item, `你的投稿「${item.title}」这次没有用上，想了解原因可以问组织者。`)
      return item
    },
    /** Takes back a dismissal. */
    reopen: (number: number, by: RecordedActor) => change(number, now => reopenItem(now, deedOf(by))),
    async withdraw(number: number, reason: string, by: RecordedActor): Promise<KeptItem> {
      return change(number, now => withdrawItem(now, deedOf(by), reason))
    },
    /**
     * @param value ISO 8601, a date of the text; undefined: there is no deadline
     * @param seen {@link deadlineVersion} that was shown; empty where none was, as in chat
     * @throws {@link OutdatedFormRefusal} where it is another by now
     */
    chooseDeadline: (number: number, value: string | undefined, by: RecordedActor, seen = '') =>
      change(number, now => {
        if (seen !== '' && seen !== deadlineVersion(now)) throw outdatedDeadline(now)
        return chooseDeadline(now, value, deedOf(by))
      }),
    /**
     * @param typed the place of the date in `dates`, and its role
     * @param seen {@link dateVersion} that was shown; empty where none was
     * @throws {@link OutdatedFormRefusal} where it is another by now
     */
    correctRole: (number: number, typed: { at: number; role: DateRole }, by: RecordedActor, seen = '') =>
      change(number, now => {
        if (seen !== '' && seen !== dateVersion(now, typed.at)) throw outdatedDate(now, typed.at)
        return correctRole(now, typed, deedOf(by))
      }),
    edit: (number: number, typed: ItemEdit, by: RecordedActor) =>
      change(number, now => editItem(now, typed, deedOf(by))),
    /** A person says that it is another item once more. @returns the other one */
    async merge(number: number, into: number, by: RecordedActor): Promise<KeptItem> {
      await itemOf(into)
      const item = await change(number, now => mergeInto(now, into, deedOf(by)))
      return change(into, now => withPlacesOf(now, item))
    },
    /** Reads the page once more, for what the first time did not give. @throws {@link Refusal} where it does not now */
    async reread(number: number, by: RecordedActor): Promise<KeptItem> {
      const item = await itemOf(number)
      const { link } = item
      if (!link) throw new Refusal('这一条没有链接，没有原文可读。')
      const { text, date, unread } = await readOriginal(web, link)
      if (unread) throw new Refusal(`原文没有读到：${unread}`)
      return keepRead(item, { text, date, deed: '重新读原文' }, by)
    },
    /**
     * Reads the documents that were uploaded for an item for their days and amounts.
     * @throws {@link Refusal} without any
     */
    async readUploaded(number: number, by: RecordedActor): Promise<KeptItem> {
      const item = await itemOf(number)
      if (documentsOf(number).every(({ text }) => text === ''))
        throw new Refusal(
          '没有能读的文件。请先点「上传这一条的文件或附件」；退回、撤下和写明不公开的文件不读。',
        )
      return keepRead(item, { text: item.text, date: '', deed: '读了上传的文件' }, by)
    },
    /** A person says that it is no repeat. */
    keepApart: (number: number) => change(number, now => ({ ...now, resembles: undefined })),
    /** Those that wait, oldest first. */
    waiting: () => catalogue.kept(({ state }) => state === 'new'),
    /** A member's own submission. @see {@link takeBack} */
    takeBack: (number: number | undefined, by: RecordedActor) => takeBack(catalogue, number, by),
    submittedBy: (id: string) => catalogue.kept(({ submitterId }) => submitterId === id),
  }
}

/** Its doubts with what could not be read of its documents. */
function withGaps(item: KeptItem, documents: readonly UploadedDocument[]): KeptItem {
  const gaps = documents.flatMap(({ title, gaps: its }) => its.map(gap => `附件「${title}」：${gap}`))
  return { ...item, doubts: [...item.doubts.filter(doubt => !gaps.includes(doubt)), ...gaps] }
}

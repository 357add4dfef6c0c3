import { type Feature, inTopic, type Job, Refusal } from '../../feature.ts'
import { cronDue } from '../../jobs.ts'
import type { SentFile } from '../../ports/chat.ts'
import type { CitedClause, Clauses, Recheck, SourcePage } from '../../ports/clauses.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { QuotableDocuments } from '../../ports/passages.ts'
import type { Pictures } from '../../ports/pictures.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { Store } from '../../ports/store.ts'
import type { Web } from '../../ports/web.ts'
import type { SiteDocument } from '../../site/content.ts'
import { dayInShanghai } from '../../text/dates/time.ts'
import { losesFigureOf } from '../../text/figures/lost-figures.ts'
import { createDocumentActions, type DocumentActions } from './actions.ts'
import { documentCommands, sayUploaded } from './chat.ts'
import { createClauses } from './clauses/clause-lookup.ts'
import { documentsPage } from './console/page.ts'
import { openLibrary } from './library/library.ts'
import { openOriginalFiles } from './library/original-files.ts'
import { openDocumentRecords } from './library/records.ts'
import { type ReliableText, reliableText } from './library/reliable-text.ts'
import { createOriginalPages, createPageDrawing } from './original-page.ts'
import { createSourceReading } from './original-source.ts'
import { openReadPages, type ReadPages } from './pages/read-pages.ts'
import { documentPrivacy } from './privacy.ts'
import { publishedDocuments } from './published.ts'
import { publishQuotable } from './quotable.ts'

type Parts = {
  store: Store
  clock: Clock
  directory: Directory
  scheduler: Scheduler
  web: Web
  pictures: Pictures
  /** Public pages are read once a day. */
  visitsPages: boolean
  /** Where documents that may be quoted go. */
  quotable: QuotableDocuments
  /** All features, asked for what rests on changed clauses. */
  features(): readonly Feature[]
  /** One person may upload and approve. */
  isOnePerson: boolean
  /** Where anyone reads a clause of a published document. */
  addressOf(document: SiteDocument, clause: string): string | undefined
}

export type DocumentsFeature = {
  feature: Feature
  clauses: Clauses
  /** Documents that were uploaded for a collected item, with their pages and {@link reliableText}. */
  documentsOf(item: number): ({ title: string; path: string } & ReliableText)[]
  /** Sends back what this person sent in chat and then attached to a push, see {@link createDocumentActions}. */
  sendBackAttached: DocumentActions['sendBackAttached']
  /** The documents that the public may read, by number. */
  published(): SiteDocument[]
  /** The page on which quoted words stand. */
  originalPage: ReturnType<typeof createOriginalPages>
}

/** The library of official documents: uploaded, reviewed by two persons, quoted clause by clause. */
export async function openDocuments(parts: Parts): Promise<DocumentsFeature> {
  const { store, clock, directory, isOnePerson } = parts
  const library = await openLibrary(openDocumentRecords(store))
  const files = openOriginalFiles(store)
  publishQuotable(library, parts.quotable)
  const actions = createDocumentActions({
    ...{ library, files, clock, isOnePerson },
    identitiesOf: directory.identitiesOf,
  })
  const readSource = createSourceReading(files)
  const drawPage = createPageDrawing({ files, pictures: parts.pictures })
  const today = () => dayInShanghai(clock.now())
  const pages = await openReadPages(parts)
  const clauses = createClauses({ library, pages, clock })
  const sourcePages = async () =>
    (await Promise.all(parts.features().map(feature => feature.sourcePages?.() ?? []))).flat()
  const rechecks = async () => {
    const asked = await Promise.all(parts.features().map(feature => feature.rechecks?.(clauses) ?? []))
    const own = asked.flat()
    const isNamed = ({ path, changed: [change] }: Recheck) =>
      own.some(one => one.path === path && change !== undefined && one.changed.includes(change))
    const ofPages = pageRechecks(await sourcePages(), pages.changes())
    return [...own, ...ofPages.filter(one => !isNamed(one))]
  }
  return {
    documentsOf: item =>
      library
        .all()
        .filter(one => one.item === item)
        .map(one => ({ title: one.title, path: `/documents/${one.number}`, ...reliableText(one) })),
    sendBackAttached: actions.sendBackAttached,
    published: () => publishedDocuments(library.all(), today()),
    originalPage: createOriginalPages({ library, drawPage, addressOf: parts.addressOf, today }),
    clauses,
    feature: {
      name: 'documents',
      commands: inTopic('文件', documentCommands({ actions, library, directory })),
      files: {
        role: ['organizer', 'reviewer'],
        async take(message, file) {
          const { name } = await directory.recognise(message)
          const bytes = await fetchFile(file)
          const by = { id: message.senderId, name }
          return sayUploaded(await actions.upload({ name: file.name, bytes, isFromChat: true }, by))
        },
      },
      jobs: documentJobs({ ...parts, actions, pages, sourcePages }),
      personal: documentPrivacy(library),
      pages: [
        documentsPage({ actions, library, files, drawPage, readSource, clock, pages, rechecks, isOnePerson }),
      ],
      search: isFound =>
        library
          .all()
          .filter(({ title, documentNumber, issuer }) => isFound(title, documentNumber, issuer))
          .toReversed()
          .map(({ number, title }) => ({ kind: '文件', title, path: `/documents/${number}` })),
      async chores() {
        const waiting = library.all().filter(({ state }) => state === 'waiting').length
        const changed = (await rechecks()).length
        return [
          ...(waiting > 0 ? [{ text: `${waiting} 份文件等着审`, path: '/documents' }] : []),
          ...(changed > 0 ? [{ text: `${changed} 处依据的条款变了，要核`, path: '/documents/changes' }] : []),
        ]
      },
    },
  }
}

type JobParts = Pick<Parts, 'scheduler' | 'visitsPages'> & {
  actions: DocumentActions
  pages: ReadPages
  sourcePages(): Promise<SourcePage[]>
}

/** Forgets rejected documents, and visits the source pages once a day. */
function documentJobs({ scheduler, visitsPages, actions, pages, sourcePages }: JobParts): Job[] {
  return [
    {
      name: 'document-retention',
      deletes: true,
      title: '',
      maxLateMinutes: 24 * 60,
      due: cronDue(scheduler, '50 4 * * *'),
      run: () => actions.forgetRejected(),
    },
    {
      name: 'source-pages',
      title: '核对来源网页有没有变',
      maxLateMinutes: 6 * 60,
      due: visitsPages ? cronDue(scheduler, '40 5 * * *') : async () => [],
      run: async () => pages.visit((await sourcePages()).map(({ url }) => url)),
    },
  ]
}

/** @throws {@link Refusal} where the line does not give it */
async function fetchFile(file: SentFile): Promise<Uint8Array> {
  try {
    return await file.read()
  } catch (cause) {
    throw new Refusal(
      '这个文件没有收到，请再发一次；还不行的话，请说「登录」，到控制台的「文件库」里上传。',
      {
        cause,
      },
    )
  }
}

/** Content that rests on source pages whose text changed. */
const pageRechecks = (resting: readonly SourcePage[], changes: ReadonlyMap<string, CitedClause>): Recheck[] =>
  resting.flatMap(({ url, text, ...one }) => {
    const change = changes.get(url)
    if (!change) return []
    const isHeld = one.kind === '知识' && losesFigureOf(change.before ?? '', change.after ?? '', text)
    return [{ ...one, changed: [change], isHeld }]
  })

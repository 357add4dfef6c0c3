import { readStructure } from '../../../parsing/index.ts'
import type { NewDocument } from './library.ts'
import type { InForce, LibraryDocument } from './records.ts'
import { isRestricted } from './rules.ts'

/** Fields of a document that its file gives. */
export type DocumentReading = Pick<
  NewDocument,
  'title' | 'documentNumber' | 'issuer' | 'dated' | 'inForce' | 'parts' | 'gaps' | 'passages' | 'outside'
> & {
  kind: NewDocument['file']['kind']
  pages: number
  /** Documents that it says it ends. */
  repeals: { title: string; number: string | undefined }[]
}

type Structure = Awaited<ReturnType<typeof readStructure>>

const notPublic = '文件上写着依申请公开或不予公开：E空间不放它，批准前请确认可以在群里引用。'
const repealed = '文件上写着已经废止或失效，请核对，一般不要批准。'
const repealedPart = (title: string) => `《${title}》上写着已经废止或失效，请核对，最好去掉它再传。`

/**
 * Reads an uploaded file.
 * @throws {@link Refusal} in Chinese, with what to do
 */
export async function readFile(bytes: Uint8Array, fileName: string): Promise<DocumentReading> {
  return readingOf(await readStructure(bytes, fileName), fileName)
}

/** The fields of a file that was read. Figures of its head that were recognized in a picture are left for a person. */
export function readingOf({ text, document }: Structure, fileName: string): DocumentReading {
  const { head, validity, parts, passages, outside, gaps } = document
  const recognized = text.pages.filter(page => page.isRecognized)
  // A number that is printed at the end of a page may have its words on the next one.
  const isRecognized = (passage: { page: number; text: string }) =>
    recognized.some(
      page => page.number === passage.page || page.paragraphs.some(words => passage.text.includes(words)),
    )
  const number = text.pages[0]?.isRecognized ? undefined : head.number
  const dated = recognized.length > 0 ? undefined : head.date
  return {
    kind: text.kind,
    pages: text.pages.length,
    title: head.title || passages[0]?.text.slice(0, 60) || fileName,
    documentNumber: number ?? '',
    issuer: head.issuers.join('、'),
    ...(dated ? { dated } : {}),
    inForce: inForceOf(validity),
    ...(parts.length > 0 ? { parts: parts.map(partOf) } : {}),
    gaps: [
      ...gaps,
      ...toType([head.number !== number && '文号', head.date !== dated && '成文日期']),
      ...(validity.isRepealed ? [repealed] : []),
      ...parts.flatMap(({ title, validity: { isRepealed } }) => (isRepealed ? [repealedPart(title)] : [])),
      ...(isRestricted({ outside }) ? [notPublic] : []),
    ],
    passages: passages.map(({ hash: _, ...passage }) => ({
      ...passage,
      isRecognized: isRecognized(passage),
    })),
    outside,
    repeals: validity.repeals.map(({ title, number }) => ({ title, number })),
  }
}

function toType(fields: readonly (string | false)[]): string[] {
  const named = fields.filter(Boolean).join('和')
  return named === '' ? [] : [`${named}没有照认出来的字填，请对着原件自己打。`]
}

const partOf = ({ title, validity }: Structure['document']['parts'][number]) => ({
  title,
  inForce: inForceOf(validity),
})

function inForceOf({ from, until }: Structure['document']['validity']): InForce {
  return {
    ...(from ? { from: from.day } : {}),
    ...(until ? { until: until.day } : {}),
    saidIn: [...new Set([from, until].flatMap(day => (day ? [day.saidIn.join('')] : [])))].join('、'),
  }
}

const plain = (title: string) =>
  title
    .normalize('NFKC')
    .replaceAll(
      /关于(?:修订)?(?:印发|公布|发布)|的通知$|\((?:20\d\d年)?(?:修订版?|试行|暂行)\)|20\d\d年|[《》\s]/gu,
      '',
    )

/** The document in use that a new one seems to replace: one that it ends by number or name, or one of its name. */
export function olderVersion(
  { title, repeals }: Pick<DocumentReading, 'title' | 'repeals'>,
  documents: readonly LibraryDocument[],
): number | undefined {
  const inUse = documents.filter(({ state }) => state === 'live').toReversed()
  const ended = inUse.find(old =>
    repeals.some(
      one =>
        (one.number !== undefined && one.number === old.documentNumber) ||
        (one.title !== '' && plain(one.title) === plain(old.title)),
    ),
  )
  const ofSameName = inUse.find(old => plain(old.title) === plain(title))
  return (ended ?? ofSameName)?.number
}

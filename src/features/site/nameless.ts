import type { SiteContent, SiteDigest, SiteDocument, SiteEvent } from '../../site/content.ts'
import { maskNameColumns } from '../../text/names/named-persons.ts'
import type { PublicText } from './names.ts'

/** `official`: about policies only. */
export type GatheredDigest = SiteDigest & { kind: 'official' | 'typed'; noticed: readonly string[] }
type Gathered = Pick<SiteContent, 'items' | 'signUps' | 'answers' | 'pledges' | 'documents'> & {
  lessons: readonly SiteEvent[]
  digests: readonly GatheredDigest[]
}

/** Every text of the gathered content in which a name may stand. */
export const textsOf = ({
  items,
  digests,
  lessons,
  signUps,
  answers,
  pledges,
  documents,
}: Gathered): string[] => [
  ...items.map(({ title }) => title),
  ...digests.flatMap(({ title, parts, corrections, noticed }) => [
    ...[title, ...parts, ...corrections, ...noticed],
  ]),
  ...lessons.map(({ title }) => title),
  ...signUps.flatMap(({ title, limits }) => [title, limits]),
  ...pledges.map(({ text }) => text),
  ...documents.flatMap(({ title, clauses }) => [title, ...clauses.map(({ text }) => text)]),
  ...answers.flatMap(({ programme, question, otherQuestions, text, past }) => [
    ...[programme, question, ...otherQuestions, text, ...past.map(one => one.text)],
  ]),
]

/** The gathered content with the names of people masked. */
export const withoutNames = (
  { items, digests, lessons, signUps, answers, pledges, documents }: Gathered,
  bare: PublicText,
) => ({
  items: items.map(item => ({
    ...item,
    title: bare(item.title, item.stream === '政策' ? 'official' : 'typed'),
  })),
  signUps: signUps.map(one => ({ ...one, title: bare(one.title), limits: bare(one.limits) })),
  lessons: lessons.map(one => ({ ...one, title: bare(one.title) })),
  pledges: pledges.map(one => ({ ...one, text: bare(one.text) })),
  digests: digests.map(({ kind, noticed, ...digest }) => ({
    ...digest,
    title: bare(digest.title, kind),
    parts: digest.parts.map(part => bare(part, kind)),
    corrections: [...noticed.map(each => bare(each)), ...digest.corrections.map(each => bare(each, kind))],
  })),
  documents: documents.map(document => ({
    ...document,
    title: bare(document.title, 'official'),
    clauses: bareClauses(document.clauses, bare),
  })),
  answers: answers.map(answer => ({
    id: answer.id,
    programme: bare(answer.programme, 'official'),
    question: bare(answer.question, 'official'),
    // Wordings come from what people asked: one with a name in it tells nothing without.
    otherQuestions: answer.otherQuestions.filter(one => bare(one) === one),
    text: bare(answer.text, 'official'),
    past: answer.past.map(({ until, text }) => ({ until, text: bare(text, 'official') })),
  })),
})

function bareClauses(clauses: SiteDocument['clauses'], bare: PublicText): SiteDocument['clauses'] {
  const texts = maskNameColumns(clauses.map(({ text }) => bare(text, 'official')))
  return clauses.map(({ name }, at) => ({ name, text: texts[at] ?? '' }))
}

import type { Hono } from 'hono'
import { z } from 'zod'
import { action, actorOf, form, lineField, noFields, numberInPath } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import { successors } from '../library/rules.ts'
import { marksOf } from '../marks.ts'
import { sayUnseen } from '../words.ts'
import {
  addressField,
  type DocumentContext,
  type DocumentPageParts,
  dayField,
  documentPage,
  numberField,
  type ShowPage,
} from './parts.ts'
import { shownPassages } from './shown-passages.ts'
import { shownFrom, viewDocument } from './views-document.ts'
import { viewDocumentFacts } from './views-facts.ts'
import { documentBadge } from './views-list.ts'

const Facts = form(
  z.object({
    title: lineField,
    documentNumber: lineField,
    issuer: lineField,
    dated: dayField,
    from: dayField,
    until: dayField,
    saidIn: lineField,
    supersedes: numberField,
    source: addressField,
    seen: lineField,
  }),
)
const place = z.coerce.number().int().min(0)
const Part = form(
  z.object({ at: place, from: dayField, until: dayField, saidIn: lineField, seen: lineField }),
)
const Correction = form(z.object({ at: place, text: lineField, seen: lineField }))
const Figures = form(z.object({ at: place, figure: z.array(z.string().trim()), seen: lineField }), ['figure'])
const Approval = form(
  z.object({ revision: z.coerce.number().int(), isValidityChecked: z.string().optional() }),
)
const Reason = form(z.object({ reason: lineField }))
const WithdrawalForm = form(z.object({ reason: lineField, restoresOlder: z.string().optional() }))

/** One document beside its file, and what is decided about it. */
export function addReviewRoutes(routes: Hono<ConsoleEnv>, parts: DocumentPageParts): void {
  const { actions } = parts
  const show = reviewPage(parts)

  routes.get('/:number{[0-9]+}', c => show(c))
  routes.post(
    '/:number{[0-9]+}/facts',
    action({
      form: Facts,
      async run(c, { from, until, saidIn, dated, supersedes, seen, ...typed }) {
        await actions.edit(
          numberInPath(c),
          { ...typed, dated, supersedes, inForce: { ...days({ from, until }), saidIn } },
          actorOf(c),
          seen,
        )
        return documentPage(c)
      },
      show,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/part',
    action({
      form: Part,
      async run(c, { at, from, until, saidIn, seen }) {
        const inForce = { ...days({ from, until }), saidIn }
        await actions.editPart(numberInPath(c), { at, inForce }, actorOf(c), seen)
        return documentPage(c)
      },
      show,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/passage',
    action({
      form: Correction,
      async run(c, { seen, ...corrected }) {
        await actions.correctPassage(numberInPath(c), corrected, actorOf(c), seen)
        return backTo(c, corrected.at)
      },
      show,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/figures',
    action({
      form: Figures,
      async run(c, { at, figure, seen }) {
        await actions.typeFigures(numberInPath(c), { at, typed: figure }, actorOf(c), seen)
        return backTo(c, at)
      },
      show,
    }),
  )
  addDecisions(routes, parts, show)

  /** The page on which a passage stands. */
  function backTo(c: DocumentContext, at: number): string {
    const page = actions.documentOf(numberInPath(c)).passages[at]?.page ?? 1
    return `${documentPage(c)}?page=${page}&from=${at}#p${at}`
  }
}

/** Shows one document beside its file, with a refused form as it was typed. */
function reviewPage(parts: DocumentPageParts): ShowPage {
  const { actions, library, readSource, clock, isOnePerson, seen } = parts
  return async (c, refused) => {
    const document = actions.documentOf(numberInPath(c))
    const documents = library.all()
    const csrf = csrfField(c)
    const replacedBy = successors(documents).get(document.number)
    const asked = {
      page: Number(c.req.query('page')) || undefined,
      from: Number(c.req.query('from')) || undefined,
      clause: c.req.query('at'),
    }
    const personId = c.get('person').id
    seen.note(personId, document, shownPassages(document, shownFrom(document, asked)).shown)
    const body = viewDocument(document, {
      ...asked,
      csrf,
      source: await readSource(document.file),
      facts: viewDocumentFacts(document, { csrf, documents, refused }),
      replacedBy,
      badge: documentBadge(document, { replacedBy, day: dayInShanghai(clock.now()) }),
      unseen: seen.unseen(personId, document),
      roles: c.get('person').roles,
      isOnePerson,
      isRestorable: actions.isRestorable(document),
      marks: marksOf(document, documents),
      refused,
    })
    return renderPage(c, document.title, body)
  }
}

const days = ({ from, until }: { from: string | undefined; until: string | undefined }) => ({
  ...(from ? { from } : {}),
  ...(until ? { until } : {}),
})

/** Routes for reviewers alone. */
function addDecisions(
  routes: Hono<ConsoleEnv>,
  { actions, seen }: Pick<DocumentPageParts, 'actions' | 'seen'>,
  show: ShowPage,
): void {
  routes.post(
    '/:number{[0-9]+}/approve',
    action({
      form: Approval,
      async run(c, { revision, isValidityChecked }) {
        const document = actions.documentOf(numberInPath(c))
        const places = seen.unseen(c.get('person').id, document)
        const unseen = places.length > 0 ? sayUnseen(document, places) : undefined
        const approval = { revision, isValidityChecked: isValidityChecked !== undefined, unseen }
        await actions.approve(document.number, approval, actorOf(c))
        return documentPage(c)
      },
      show,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/reject',
    action({
      form: Reason,
      async run(c, { reason }) {
        await actions.reject(numberInPath(c), reason, actorOf(c))
        return documentPage(c)
      },
      show,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/restore',
    action({
      form: noFields,
      async run(c) {
        await actions.restore(numberInPath(c), actorOf(c))
        return documentPage(c)
      },
      show,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/withdraw',
    action({
      form: WithdrawalForm,
      async run(c, { reason, restoresOlder }) {
        const withdrawal = { reason, restoresOlder: restoresOlder !== undefined }
        await actions.withdraw(numberInPath(c), withdrawal, actorOf(c))
        return documentPage(c)
      },
      show,
    }),
  )
}

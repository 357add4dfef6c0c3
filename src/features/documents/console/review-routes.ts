import type { Hono } from 'hono'
import { z } from 'zod'
import { action, actorOf, form } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import { successors } from '../library/rules.ts'
import { marksOf } from '../marks.ts'
import {
  addressField,
  type DocumentContext,
  type DocumentPageParts,
  dayField,
  here,
  line,
  numberField,
  numberOf,
  type ShowPage,
} from './parts.ts'
import { viewDocument } from './views-document.ts'
import { viewFacts } from './views-facts.ts'

const Facts = form(
  z.object({
    title: line,
    documentNumber: line,
    issuer: line,
    dated: dayField,
    from: dayField,
    until: dayField,
    saidIn: line,
    supersedes: numberField,
    source: addressField,
    seen: line,
  }),
)
const place = z.coerce.number().int().min(0)
const Part = form(z.object({ at: place, from: dayField, until: dayField, saidIn: line, seen: line }))
const Correction = form(z.object({ at: place, text: line, seen: line }))
const Figures = form(z.object({ at: place, figure: z.array(z.string().trim()), seen: line }), ['figure'])
const Approval = form(
  z.object({ revision: z.coerce.number().int(), isValidityChecked: z.string().optional() }),
)
const Reason = form(z.object({ reason: line }))
const Nothing = form(z.object({}))
const WithdrawalForm = form(z.object({ reason: line, restoresOlder: z.string().optional() }))

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
          numberOf(c),
          { ...typed, dated, supersedes, inForce: { ...days({ from, until }), saidIn } },
          actorOf(c),
          seen,
        )
        return here(c)
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
        await actions.editPart(numberOf(c), { at, inForce }, actorOf(c), seen)
        return here(c)
      },
      show,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/passage',
    action({
      form: Correction,
      async run(c, { seen, ...corrected }) {
        await actions.correctPassage(numberOf(c), corrected, actorOf(c), seen)
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
        await actions.typeFigures(numberOf(c), { at, typed: figure }, actorOf(c), seen)
        return backTo(c, at)
      },
      show,
    }),
  )
  addDecisions(routes, actions, show)

  /** The page on which a passage stands. */
  function backTo(c: DocumentContext, at: number): string {
    const page = actions.documentOf(numberOf(c)).passages[at]?.page ?? 1
    return `${here(c)}?page=${page}#p${at}`
  }
}

/** Shows one document beside its file, with a refused form as it was typed. */
function reviewPage({ actions, library, readSource, isOnePerson }: DocumentPageParts): ShowPage {
  return async (c, refused) => {
    const document = actions.documentOf(numberOf(c))
    const documents = library.all()
    const csrf = csrfField(c)
    const body = viewDocument(document, {
      csrf,
      source: await readSource(document.file),
      facts: viewFacts(document, { csrf, documents, refused }),
      replacedBy: successors(documents).get(document.number),
      page: Number(c.req.query('page')) || undefined,
      clause: c.req.query('at'),
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
function addDecisions(routes: Hono<ConsoleEnv>, actions: DocumentPageParts['actions'], show: ShowPage): void {
  routes.post(
    '/:number{[0-9]+}/approve',
    action({
      form: Approval,
      async run(c, { revision, isValidityChecked }) {
        const seen = { revision, isValidityChecked: isValidityChecked !== undefined }
        await actions.approve(numberOf(c), seen, actorOf(c))
        return here(c)
      },
      show,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/reject',
    action({
      form: Reason,
      async run(c, { reason }) {
        await actions.reject(numberOf(c), reason, actorOf(c))
        return here(c)
      },
      show,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/restore',
    action({
      form: Nothing,
      async run(c) {
        await actions.restore(numberOf(c), actorOf(c))
        return here(c)
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
        await actions.withdraw(numberOf(c), withdrawal, actorOf(c))
        return here(c)
      },
      show,
    }),
  )
}

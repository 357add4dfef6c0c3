import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { form, numberInPath, valuesOf } from '../../../console/forms.ts'
import { renderSecretPage } from '../../../console/open-page.ts'
import type { Html } from '../../../console/widgets.ts'
import { Refusal } from '../../../feature.ts'
import { sha256 } from '../../../lib/hash.ts'
import type { Clock } from '../../../ports/clock.ts'
import { instantOf, sayTime } from '../../../text/dates/time.ts'
import { droppedIn } from '../../../votes/tally.ts'
import { type Ballot, leastBallots, type Vote } from '../../../votes/vote.ts'
import type { VoteActions } from '../actions.ts'
import { tieWords, viewVoteTally } from './views.ts'

const path = '/open/vote/:number{[0-9]+}/:token{[A-Za-z0-9_-]{32}}'
const choiceWords = { yes: '赞成', no: '反对', abstain: '弃权' } as const

/** The page behind a voter's link: a ballot, its receipt, and how it stands. Without a script, without a cookie. */
export function ballotPage({ actions, clock }: { actions: VoteActions; clock: Clock }): Hono {
  const routes = new Hono()

  /** Counts and receipts of a vote that is over, so that voters find that theirs was counted. */
  async function viewResult(vote: Vote): Promise<Html> {
    const tally = await actions.result(vote)
    if (!tally || tally.dropped > 0) return html``
    const receipts = await actions.receipts(vote.rules.number)
    return html`<section class="card"><h2>结果</h2>${viewVoteTally(vote.rules, tally)}</section>
      <section class="card"><h2>全部回执号</h2><p>里面有你的，就是计入了。</p>
      <ul>${receipts.map(id => html`<li><code>${id}</code></li>`)}</ul></section>`
  }

  async function show(c: Context, { problem = '', receipt = '' } = {}): Promise<Response> {
    const number = numberInPath(c)
    const token = c.req.param('token') ?? ''
    try {
      const memberId = await actions.voterOf(number, token)
      const vote = await actions.require(number)
      const state = await actions.stateOf(number, memberId)
      const body = html`${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
        ${receipt ? viewReceipt(receipt) : ''}${viewState(vote, state)}
        ${await viewResult(vote)}
        ${vote.state === 'open' && state !== 'sealed' && !receipt ? viewBallot(vote, { token, hasVoted: state === 'waiting', now: clock.now() }) : ''}`
      return renderSecretPage(c, { title: vote.rules.title, body, status: problem ? 422 : 200 })
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      const body = html`<p class="problem" role="alert">${cause.message}</p>`
      return renderSecretPage(c, { title: '投票', body, status: 404 })
    }
  }

  routes.get(path, c => show(c))
  routes.post(path, async c => {
    try {
      const number = numberInPath(c)
      const memberId = await actions.voterOf(number, c.req.param('token'))
      const sent = await valuesOf(c, SentBallot)
      const { rules, nominees } = await actions.require(number)
      const choices = readChoices(sent, rules.kind, nominees)
      const receipt = await actions.cast(number, {
        memberId,
        choices,
        receipt: sent.receipt,
      })
      return show(c, { receipt })
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      return show(c, { problem: cause.message })
    }
  })
  return routes
}

/**
 * The chosen nominees of a ballot for some, an empty one for an abstention, and of one for each a field `choice-key` by
 * nominee. Nothing is chosen at first: an early press of the button casts no abstention.
 */
const Choices = z.looseObject({ receipt: z.string().trim().default(''), choice: z.array(z.string()) })
const Choice = z.enum(['yes', 'no', 'abstain'])
const SentBallot = form(Choices, ['choice'])

function readChoices(
  sent: z.infer<typeof Choices>,
  kind: Vote['rules']['kind'],
  nominees: Vote['nominees'],
): Ballot['choices'] {
  if (kind !== 'each') {
    const named = sent.choice.filter(id => id !== '')
    if (sent.choice.length === 0)
      throw new Refusal('还没有选，没有投。请选好再投；一位都不选，请选「弃权」。')
    if (named.length > 0 && named.length < sent.choice.length)
      throw new Refusal('选了人，又选了「弃权」，没有投。请只留一样。')
    return Object.fromEntries(named.map(id => [id, 'yes' as const]))
  }
  const said = nominees
    .filter(({ hasAccepted }) => hasAccepted)
    .map(({ key, name }) => ({ key, name, choice: Choice.safeParse(sent[`choice-${key}`]).data }))
  const missing = said.filter(({ choice }) => choice === undefined)
  if (missing.length > 0)
    throw new Refusal(`${missing.map(({ name }) => name).join('、')}还没有选，没有投。请每位都选一样，再投。`)
  return Object.fromEntries(said.flatMap(({ key, choice }) => (choice ? [[key, choice]] : [])))
}

function viewState({ state, rules, chain }: Vote, mine: 'sealed' | 'waiting' | 'none'): Html {
  if (droppedIn(chain) > 0)
    return html`<p>投票已经结束。一共不足 ${leastBallots} 票，留下来会看出谁投了什么，所以选票没有保存，这次没有结果。</p>`
  const words = {
    sealed: '你的票已经封存计入。',
    waiting: '你的票收到了，还没有封存。',
    none: '你还没有投。',
  }
  const over = state === 'open' ? '' : state === 'closed' ? '投票已经结束。' : '现在不能投票。'
  return html`<p>${over}${words[mine]}</p><p>供评选小组参考，占 ${rules.weightPercent}%。至少 ${rules.quorumPercent}% 的人投了才有效，选出 ${rules.places} 位；最后一名同票：${tieWords[rules.tie]}。</p>`
}

const viewReceipt = (receipt: string) =>
  html`<section class="card"><h2>投好了</h2><p>回执号：<code>${receipt}</code></p>
    <p>请抄下来。结束以后打开同一个链接，全部回执号里有它，就是计入了；它不会告诉任何人你怎么投的。封存以前要改，打开同一个链接，填上回执号再投一次。</p>
    <p>五张票一起封存。机器万一中途坏了，没封存的票要重投，到时这个链接会写「你还没有投」。</p></section>`

type BallotView = { token: string; hasVoted: boolean; now: Parameters<typeof sayTime>[1] }

function viewBallot({ rules, nominees }: Vote, { token, hasVoted, now }: BallotView): Html {
  const order = nominees
    .filter(({ hasAccepted }) => hasAccepted)
    .toSorted((a, b) => (sha256(token + a.key) < sha256(token + b.key) ? -1 : 1))
  const type = rules.kind === 'one' ? 'radio' : 'checkbox'
  // Boxes have no rule "at least one" of their own: the server says it.
  const must = type === 'radio' ? 'required' : ''
  const list =
    rules.kind === 'each'
      ? order.map(
          ({ key, name }) =>
            html`<fieldset><legend>${name}</legend>${Object.entries(choiceWords).map(([value, word]) => html`<label><input type="radio" name="choice-${key}" value="${value}" required> ${word}</label>`)}</fieldset>`,
        )
      : html`<fieldset><legend>${rules.kind === 'one' ? '选一位' : `最多选 ${rules.most} 位`}；一位都不选，请选弃权</legend>
          ${order.map(({ key, name }) => html`<label><input type="${type}" name="choice" value="${key}" ${must}> ${name}</label>`)}
          <label><input type="${type}" name="choice" value="" ${must}> 弃权</label></fieldset>`
  return html`<form method="post">${list}
    ${hasVoted ? html`<label>回执号（改票要填）<input name="receipt" autocomplete="off"></label>` : ''}
    <button>${hasVoted ? '改成这样' : '投票'}</button></form>
    <p>名字的先后每个人都不一样。${sayTime(instantOf(rules.closesAt), now)} 截止，结束以后才计票。管机器的人理论上能作弊，绝不能出错的事请用纸质票。</p>`
}

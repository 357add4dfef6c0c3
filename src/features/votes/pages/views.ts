import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { fieldProblem, type RefusedForm } from '../../../console/forms.ts'
import { card, emptyState, type Html, stackTable, stateBadge } from '../../../console/widgets.ts'
import { instantOf, sayTime } from '../../../text/dates/time.ts'
import { countTable, sayVoteTally, type VoteTally } from '../../../votes/tally.ts'
import type { Vote } from '../../../votes/vote.ts'

const stateWords = { preparing: '准备中', open: '投票中', closed: '已结束', cancelled: '已取消' } as const
export const tieWords = {
  committee: '评选小组定',
  shared: '并列',
  lot: '抽签（监票人各报一个数）',
  runoff: '附加投票',
} as const
const kindWords = { each: '每位赞成、反对或弃权', upTo: '最多选几位', one: '选一位' } as const

type ListView = { all: readonly Vote[]; csrf: Html; refused: RefusedForm | undefined; now: Temporal.Instant }

/** All votes, and a new one. */
export function viewVotes({ all, csrf, refused, now }: ListView): Html {
  const rows = all.map(({ rules, state }) => [
    html`<a href="/votes/${rules.number}">${rules.title}</a>`,
    stateBadge(stateWords[state], state === 'open' ? 'good' : 'quiet'),
    sayTime(instantOf(rules.closesAt), now),
  ])
  return html`${card('评选', rows.length > 0 ? stackTable(['标题', '状态', '截止'], rows) : emptyState('还没有评选。在下面建一次，两位监票人看过名册就能开始。'))}
    ${card('开一次', viewNewVote(csrf, refused))}`
}

function viewNewVote(csrf: Html, refused: RefusedForm | undefined): Html {
  const { input = {}, fieldProblems = {}, problem = '' } = refused ?? {}
  const field = (name: string, label: string, { value = '', more = html`` } = {}) =>
    html`<label>${label}<input name="${name}" value="${input[name] ?? value}" ${more}>${fieldProblem(fieldProblems, name)}</label>`
  const select = (name: string, label: string, options: readonly (readonly [string, string])[]) =>
    html`<label>${label}<select name="${name}">${options.map(([value, word]) => html`<option value="${value}" ${input[name] === value ? 'selected' : ''}>${word}</option>`)}</select></label>`
  return html`<p>只做供参考的推荐，如创业能手、企业明星、示范岗。换届、委员、书记、代表要在会上用纸质票，这里不能投。</p>
    <form method="post" action="/votes">${csrf}${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
    ${field('title', '标题', { more: html`required maxlength="40" placeholder="第四季度创业能手推荐"` })}
    ${field('nominees', '提名谁，用顿号分开；本人同意了才上票', { more: html`required` })}
    ${field('observers', '两位监票人，用顿号分开', { more: html`required` })}
    ${field('spaces', '哪些众创空间的人投，用顿号分开（空着就是全部）')}
    ${select('kind', '怎么投', Object.entries(kindWords))}
    ${field('most', '最多选几位', { value: '1', more: html`inputmode="numeric"` })}
    ${field('places', '选出几位', { value: '1', more: html`inputmode="numeric"` })}
    ${field('quorumPercent', '至少百分之几的人投了才有效', { value: '50', more: html`inputmode="numeric"` })}
    ${field('weightPercent', '占评选小组决定的百分之几', { value: '30', more: html`inputmode="numeric"` })}
    ${select('tie', '最后一名同票怎么办', Object.entries(tieWords))}
    ${field('closesAt', '什么时候截止', { more: html`type="datetime-local" required` })}
    <button>建好</button></form>`
}

type VoteView = {
  csrf: Html
  tally: VoteTally | undefined
  receipts: readonly string[]
  problem: string
  now: Temporal.Instant
}

/** Shows one vote: what is still to be done, and after it the result. */
export function viewVote(vote: Vote, { csrf, tally, receipts, problem, now }: VoteView): Html {
  const { rules, state, nominees, observers, electorate } = vote
  const isOver = state === 'closed' || state === 'cancelled'
  const button = (to: string, word: string, look = '') =>
    html`<form method="post" action="/votes/${rules.number}/${to}">${csrf}<button class="${look}">${word}</button></form>`
  return html`<p><a href="/votes">← 全部评选</a></p>${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
    ${card(
      stateBadge(stateWords[state], state === 'open' ? 'good' : 'quiet'),
      html`<p>供评选小组参考，占 ${rules.weightPercent}%。${sayKind(rules)}，选出 ${rules.places} 位，${isOver ? '' : `${sayTime(instantOf(rules.closesAt), now)} 截止，`}至少 ${rules.quorumPercent}% 的人投了才有效；最后一名同票：${tieWords[rules.tie]}。</p>
      <details><summary>名册 ${electorate.length} 人，已定下不变，请监票人看一遍</summary><p>${electorate.map(({ name }) => name).join('、')}</p></details>
      <div class="actions">${state === 'preparing' ? button('open', '开始投票') : ''}${state === 'open' ? button('close', '现在结束') : ''}</div>
      ${state === 'preparing' || state === 'open' ? viewCancel(rules.number, csrf) : ''}`,
    )}
    ${tally ? card('结果', html`${viewVoteTally(rules, tally)}${tally.next === 'runoff' ? button('run-off', '准备附加投票') : ''}${tally.next === 'lot' ? html`<p>发「抽签 ${rules.number} 一个数」，已经报了 ${vote.lots.length} 位。</p>` : ''}`) : ''}
    ${card(
      '提名',
      stackTable(
        ['姓名', '本人'],
        nominees.map(one => [one.name, one.hasAccepted ? '同意参评' : '还没同意']),
      ),
    )}
    ${card(
      '监票人',
      stackTable(
        ['姓名', '名册', '结果'],
        observers.map(one => [
          one.name,
          one.hasSeenElectorate ? '已确认' : '没确认',
          one.hasSeenTally ? '已确认' : state === 'closed' ? '没确认' : '结束后确认',
        ]),
      ),
    )}
    ${viewWhatToSay(vote)}
    ${state === 'closed' ? card('回执', html`<p>投票的人打开自己的链接，也看得到结果和全部回执号。${tally?.withheld ? '没有结果，选票不公布。' : html`<a href="/votes/${rules.number}/vote.xlsx">下载表格（用手重数，可签名）</a>；<a href="/votes/${rules.number}/vote.json">下载全部记录</a>，用 npm run -s vote:verify -- 文件 可以重新数一遍。`}</p><ul>${receipts.map(id => html`<li><code>${id}</code></li>`)}</ul>`) : ''}`
}

const sayKind = ({ kind, most }: Vote['rules']) => (kind === 'upTo' ? `最多选 ${most} 位` : kindWords[kind])

/** The words that people type next; none once there is nothing left to do. */
function viewWhatToSay({ rules: { number }, state, observers }: Vote): Html | '' {
  if (state === 'cancelled' || (state === 'closed' && observers.every(one => one.hasSeenTally))) return ''
  const words =
    state === 'closed'
      ? `请两位监票人看过结果，私聊机器人再发一次「监票确认 ${number}」。`
      : `被提名的人私聊机器人发「同意参评 ${number}」；监票人发「监票确认 ${number}」（开始前、结束后各一次）；投票的人发「投票 ${number}」拿自己的链接。自愿投票，不催，不公布谁没投。`
  return card(state === 'closed' ? '接下来' : '怎么告诉大家', html`<p>${words}</p>`)
}

const viewCancel = (number: number, csrf: Html) =>
  html`<form method="post" action="/votes/${number}/cancel">${csrf}<label>不办了？写明原因，会记进记录<input name="reason" required maxlength="100"></label>
    <button class="secondary">取消这次评选</button></form>`

/** The result in words, and the counts where it is told. */
export function viewVoteTally(rules: Vote['rules'], tally: VoteTally): Html {
  const { heads, rows, note } = countTable(rules, tally)
  return html`${sayVoteTally(tally).map(line => html`<p>${line}</p>`)}
    ${rows.length > 0 ? stackTable(heads, rows) : ''}${note === '' ? '' : html`<p>${note}</p>`}`
}

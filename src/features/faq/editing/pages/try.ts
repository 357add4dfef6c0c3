import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { card, emptyState, type Html, stateBadge } from '../../../../console/widgets.ts'
import type { Answerer } from '../../answers.ts'
import type { Finding, Ranked } from '../../finder/finder.ts'
import { questionsIn } from '../../question.ts'
import type { KnowledgeEditor } from '../knowledge-editor.ts'
import { partsOf, partWords, sayWhy } from '../trials/score-words.ts'
import { basePath } from './parts.ts'
import { bubble } from './preview.ts'

const outcomes: Record<Finding['kind'], [word: string, tone: 'good' | 'warn' | 'bad']> = {
  answer: ['直接答', 'good'],
  choices: ['反问', 'warn'],
  none: ['说不知道', 'bad'],
}
const mostShown = 8

/** The box, and below it what the bot would do with what is typed, kept up to date. */
export function viewTry(query: string, result: Html): Html {
  return html`<section class="card"><form method="get" action="${basePath}/try" class="row" id="try">
      <label class="wide">像创客那样问一句<input type="search" name="q" value="${query}" maxlength="500" placeholder="例如 高企怎么报" autofocus></label>
      <button type="submit" class="secondary">试一试</button></form>
      <p class="hint">这里和群里用的是同一套：同样的问题，同样的结果。试了不会记进问答记录。</p></section>
    <div id="result" hx-get="${basePath}/try/result" hx-include="#try" hx-trigger="input from:#try delay:300ms">${result}</div>`
}

type TryView = { query: string; editor: KnowledgeEditor; answerer: Answerer; now: Temporal.Instant }

/** The reply, its reasons, and all candidates with every part of their scores. */
export async function viewResult({ query, editor, answerer, now }: TryView): Promise<Html> {
  if (query.trim() === '')
    return emptyState('打一个问题，这里会列出找到了什么、每一分从哪里来、为什么答或不答。')
  const said = await answerer.answer(query, now)
  const questions = questionsIn(query)
  if (questions.length === 0)
    return card('没有可读的话', html`<p>只有表情、链接或卡片，机器人会请对方打字来问。</p>`)
  const findings = await Promise.all(questions.map(question => editor.search(question)))
  return html`${card('群里会这样说', bubble(said.map(({ text }) => text).join('\n\n')))}
    ${questions.length > 1 ? html`<p class="hint">这句话里有 ${questions.length} 个问题，分开答。</p>` : ''}
    ${findings.map((finding, at) => viewFinding(questions[at] ?? '', finding, editor))}`
}

function viewFinding(question: string, finding: Finding, editor: KnowledgeEditor): Html {
  const { kind, ranked, programme } = finding
  const name = editor.programmes.find(({ id }) => id === programme)?.name
  return html`<section class="card"><h2>${stateBadge(...outcomes[kind])} ${question}</h2>
    <p>${sayWhy(finding)}${name ? `认出的项目：${name}。` : ''}</p>
    ${ranked.length === 0 ? '' : html`<ol class="found">${ranked.slice(0, mostShown).map((one, at) => viewFound(one, at === 0, editor))}</ol>`}</section>`
}

function viewFound(one: Ranked, isOpen: boolean, editor: KnowledgeEditor): Html {
  const { item, wording, score } = one
  const programme = editor.programmes.find(({ id }) => id === item.programme)?.name ?? ''
  return html`<li><a href="${basePath}/entries/${item.id}">${item.question}</a> <small>${programme}，${score.toFixed(2)} 分</small>
    <br><small>最像的问法：${wording}</small>
    <details ${isOpen ? 'open' : ''}><summary>每一分从哪里来</summary>
    <table class="stack"><thead><tr><th>看什么</th><th class="number">有多少</th><th class="number">权重</th><th class="number">得分</th></tr></thead>
    <tbody>${partsOf(one).map(
      ({ name, value, weight, adds }) => html`<tr><td data-label="看什么">${partWords[name] ?? name}</td>
        <td data-label="有多少" class="number">${value.toFixed(2)}</td><td data-label="权重" class="number">${weight.toFixed(2)}</td>
        <td data-label="得分" class="number">${signed(adds)}</td></tr>`,
    )}</tbody></table></details></li>`
}

const signed = (value: number) => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`

import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { card, emptyState, fileInput, type Html, stateBadge, timeOf } from '../../../../console/widgets.ts'
import type { Entry } from '../../records.ts'
import type { Score, TestRun, Tried } from '../changes/records.ts'
import { shippedTitle } from '../trials/test-bench.ts'
import { compareRuns, verdictWords } from '../trials/trial.ts'
import { basePath } from './parts.ts'

const tones = { hit: 'good', offered: 'warn', refused: 'warn', wrong: 'bad' } as const
const mostShown = 200

/** The forms that start a test, and the runs so far. */
export function viewTests(
  runs: readonly TestRun[],
  { questions, now, csrf }: { questions: number; now: Temporal.Instant; csrf: Html },
): Html {
  return html`<div class="cards">
    ${card(
      '用自己的问题试',
      html`<form method="post" action="${basePath}/tests" enctype="multipart/form-data">${csrf}
      ${fileInput('问题表（.xlsx，两列：问题、应答条目）', '.xlsx')}
      <button type="submit">试一遍</button></form>
      <p class="hint">应答条目写编号、标准问法或项目名，几个都对就用「、」隔开；不该答的写「无」。<a href="${basePath}/tests/sample.xlsx">下载样表</a></p>`,
    )}
    ${card(
      shippedTitle,
      html`<form method="post" action="${basePath}/tests/shipped">${csrf}<button type="submit" class="secondary">用自带的 ${questions} 个问题试一遍</button></form>
      <p class="hint">每次改动上线前都会自动用它们试；变差了会先拦下来给审核人看。</p>`,
    )}</div>
    ${card('试过的', runs.length === 0 ? emptyState('还没有试过。试过一次以后，再试同样的问题，这里会比出哪里变好、哪里变差。') : viewRuns(runs, now))}`
}

function viewRuns(runs: readonly TestRun[], now: Temporal.Instant): Html {
  return html`<table class="stack"><thead><tr><th>问题表</th><th>什么时候</th><th class="number">问题</th><th class="number">答对</th><th class="number">反问里有</th><th class="number">没答</th><th class="number">答错</th></tr></thead>
    <tbody>${runs.map(
      ({
        number,
        title,
        at,
        byName,
        score,
      }) => html`<tr><td data-label="问题表"><a href="${basePath}/tests/${number}">${title}</a></td>
        <td data-label="什么时候">${timeOf(Temporal.Instant.from(at), now)} <small>${byName}</small></td>
        <td data-label="问题" class="number">${score.asked}</td><td data-label="答对" class="number">${share(score.hits, score)}</td>
        <td data-label="反问里有" class="number">${score.offered}</td><td data-label="没答" class="number">${score.refused}</td>
        <td data-label="答错" class="number">${score.wrong}</td></tr>`,
    )}</tbody></table>`
}

const share = (part: number, { asked }: Score) =>
  `${part}（${asked === 0 ? 0 : Math.round((100 * part) / asked)}%）`

type RunView = {
  run: TestRun
  before: TestRun | undefined
  entries: readonly Entry[]
  show: string
  now: Temporal.Instant
}

/** One run: how it did, beside the last time, and every question with what it got. */
export function viewRun({ run, before, entries, show, now }: RunView): Html {
  const questions = new Map(entries.map(({ id, question }) => [id, question]))
  const shown = run.tried.filter(({ verdict }) => show === '' || verdict === show)
  const tab = (to: string, title: string, count: number) =>
    html`<a href="${basePath}/tests/${run.number}${to ? `?show=${to}` : ''}" ${to === show ? html`aria-current="page"` : ''}>${title} ${count}</a>`
  const { score } = run
  return html`<p><a href="${basePath}/tests">← 批量测试</a></p>
    <section class="card"><h2>${run.title}</h2><p>${run.byName}，${timeOf(Temporal.Instant.from(run.at), now)}：问了 ${score.asked} 个，答对 ${share(score.hits, score)}，反问里有 ${score.offered}，没答 ${score.refused}，答错 ${score.wrong}。</p>
      ${before ? viewComparison(run, before, now) : html`<p class="hint">第一次试这些问题，还没有可比的。</p>`}
      <p><a href="${basePath}/tests/${run.number}/result.xlsx">下载结果（.xlsx）</a></p></section>
    <section class="card"><h2>逐个看</h2><nav class="tabs small" aria-label="按结果看">${tab('', '全部', score.asked)}${tab('wrong', '答错', score.wrong)}${tab('refused', '没答', score.refused)}${tab('offered', '反问里有', score.offered)}${tab('hit', '答对', score.hits)}</nav>
      ${shown.length === 0 ? emptyState('没有。') : viewTried(shown.slice(0, mostShown), questions)}
      ${shown.length > mostShown ? html`<p>只列出前 ${mostShown} 个，其余在结果表里。</p>` : ''}</section>`
}

function viewComparison(run: TestRun, before: TestRun, now: Temporal.Instant): Html {
  const worse = compareRuns(before.tried, run.tried).worse
  const better = compareRuns(run.tried, before.tried).worse
  const list = (title: string, tone: 'good' | 'bad', changed: typeof worse, flip: boolean) =>
    changed.length === 0
      ? ''
      : html`<details open><summary>${stateBadge(`${title} ${changed.length} 个`, tone)}</summary><ul>${changed.map(one => html`<li>${one.question}：${flip ? one.after : one.before} → ${flip ? one.before : one.after}</li>`)}</ul></details>`
  const was = before.score
  return html`<p>和上次（${timeOf(Temporal.Instant.from(before.at), now)}）比：答对 ${was.hits} → ${run.score.hits}，没答 ${was.refused} → ${run.score.refused}，答错 ${was.wrong} → ${run.score.wrong}。</p>
    ${worse.length + better.length === 0 ? html`<p class="hint">每个问题的结果都和上次一样。</p>` : ''}${list('变差', 'bad', worse, false)}${list('变好', 'good', better, true)}`
}

function viewTried(tried: readonly Tried[], questions: ReadonlyMap<string, string>): Html {
  const name = (id: string) => questions.get(id) ?? id
  return html`<table class="stack"><thead><tr><th>问题</th><th>结果</th><th>应答</th><th>实际</th></tr></thead>
    <tbody>${tried.map(
      ({
        question,
        verdict,
        expected,
        got,
        score,
      }) => html`<tr><td data-label="问题"><a href="${basePath}/try?q=${encodeURIComponent(question)}">${question}</a></td>
        <td data-label="结果">${stateBadge(verdictWords[verdict], tones[verdict])}</td>
        <td data-label="应答">${expected.length === 0 ? '不该答' : expected.length > 3 ? `${expected.length} 条中任一条` : expected.map(name).join('；')}</td>
        <td data-label="实际">${got ? html`<a href="${basePath}/entries/${got}">${name(got)}</a> <small>把握 ${Math.round(score * 100)}%</small>` : '没答'}</td></tr>`,
    )}</tbody></table>`
}

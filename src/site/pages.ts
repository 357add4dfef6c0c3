import { html } from 'hono/html'
import { sayKeptDay } from '../text/dates/kept-day.ts'
import type { SiteAnswer, SiteContent, SiteDigest, SiteEvent, SiteItem, SiteReport } from './content.ts'
import { documentPages } from './document-pages.ts'
import { type Markup, type SiteMatching, sayDay, viewParagraphs } from './frame.ts'

const mostClosing = 5
const mostEvents = 5
const newDays = 7
/** Former answers on the page of one. */
const mostPast = 10

/** A page's address in the site, title and content. */
export type SitePage = { path: string; title: string; body: Markup; scripts?: readonly string[] }

/**
 * All pages of the site.
 * @param searchPath page that takes a question as `?q=`; undefined where there is no search
 */
export function pagesOf(content: SiteContent, searchPath?: string): SitePage[] {
  return [
    { path: 'index.html', title: '首页', body: homeView(content, searchPath) },
    { path: 'answers/index.html', title: '问答', body: answersView(content) },
    ...content.answers.map(answer => ({
      path: `answers/${answer.id}.html`,
      title: answer.question,
      body: answerView(answer, content.day),
    })),
    { path: 'digests/index.html', title: '政策速递', body: digestsView(content) },
    ...content.digests.map(digest => ({
      path: `digests/${digest.number}.html`,
      title: `第 ${digest.number} 号 ${digest.title}`,
      body: digestView(digest, content.day),
    })),
    ...documentPages(content),
    { path: 'news.html', title: '动态', body: newsView(content) },
    { path: 'calendar.html', title: '日历', body: calendarView(content) },
    { path: 'pledges.html', title: '承诺和示范岗', body: pledgesView(content) },
    { path: 'report.html', title: '成绩单', body: reportView(content) },
  ]
}

/** Asks a search page, without a script. */
export const siteSearchForm = (path: string, question: string) =>
  html`<form method="get" action="${path}" role="search"><label for="q">想问什么</label><input id="q" name="q" value="${question}" maxlength="200"><button>搜索</button></form>`

/** Search in a folder of files: the scripts do what the server does elsewhere. */
export const siteSearchPage = (scripts: readonly string[]): SitePage => ({
  path: 'search.html',
  title: '搜索',
  scripts,
  body: html`<form id="search-form" role="search"><label for="q">想问什么</label><input id="q" name="q" maxlength="200"><button>搜索</button></form>
    <div id="search-output" aria-live="polite"></div>
    <noscript><p>这里的搜索要用 JavaScript。没有的话，请看<a href="answers/index.html">全部问答</a>。</p></noscript>`,
})

/** Policy matching in a folder of files. */
export const siteMatchingPage = ({ form, scripts }: SiteMatching): SitePage => ({
  path: 'match.html',
  title: '公司能享受哪些政策',
  scripts: [...scripts.keys()],
  body: form,
})

function homeView({ items, events, signUps, digests, day }: SiteContent, searchPath?: string): Markup {
  const closing = items
    .filter(({ deadline }) => deadline !== undefined && deadline >= day)
    .toSorted((a, b) => (a.deadline ?? '').localeCompare(b.deadline ?? ''))
    .slice(0, mostClosing)
  const fresh = items.filter(({ approvedOn }) => approvedOn > daysBefore(day, newDays))
  const latest = digests[0]
  return html`${searchPath === undefined ? '' : siteSearchForm(searchPath, '')}${section(
    '快截止的',
    listOf(
      closing.map(item => html`<strong>${sayDay(item.deadline ?? '', day)}截止</strong> ${itemLink(item)}`),
      '最近没有快截止的申报。',
    ),
  )}
    ${section('本周新的', listOf(fresh.map(itemLink), '这一周还没有新的。'))}
    ${section(
      '报名',
      listOf(
        signUps.map(({ number, title, limits }) =>
          title === ''
            ? html`<strong>${number} 号报名表</strong>。在群里发「报名 ${number} 号」。`
            : html`<strong>${title}</strong>（${limits}）。在群里发「报名 ${title}」。`,
        ),
        '现在没有可以报名的活动。',
      ),
    )}
    ${section(
      '最近的活动',
      listOf(
        events
          .filter(({ kind }) => kind === '课程')
          .slice(0, mostEvents)
          .map(event => eventLine(event, day)),
        '还没有排活动。',
      ),
    )}
    ${latest ? section('最近一期政策速递', html`<p><a href="digests/${latest.number}.html">第 ${latest.number} 号 ${latest.title}</a>，${sayDay(latest.sentOn, day)}</p>`) : ''}`
}

function answersView({ answers }: SiteContent): Markup {
  const groups = [...Map.groupBy(answers, ({ programme }) => programme)]
  return html`<p>群里机器人就是照这些回答的，每条都写着依据。</p>
    ${groups.map(([programme, list]) =>
      section(
        programme,
        listOf(
          list.map(({ id, question }) => html`<a href="${id}.html">${question}</a>`),
          '',
        ),
      ),
    )}`
}

function answerView({ programme, text, otherQuestions, past }: SiteAnswer, day: string): Markup {
  return html`<p><a href="index.html">← 全部问答</a>，${programme}</p><section>${viewParagraphs(text)}</section>
    ${past.length > 0 ? section('以前这样说过', html`<p>改过的都留着，现在以上面的为准。</p>${past.slice(0, mostPast).map(one => viewPast(one, day))}`) : ''}
    ${
      otherQuestions.length > 0
        ? section(
            '也有人这样问',
            listOf(
              otherQuestions.map(one => html`${one}`),
              '',
            ),
          )
        : ''
    }
    <p>这里不对？请在群里对机器人说「转人工」，写上哪里不对，会有人核对。</p>`
}

const viewPast = ({ until, text }: SiteAnswer['past'][number], day: string) =>
  html`<details><summary>${sayDay(until, day)}改之前</summary>${viewParagraphs(text)}</details>`

function digestsView({ digests, day }: SiteContent): Markup {
  const lines = digests.map(
    ({ number, title, sentOn, corrections }) =>
      html`<a href="${number}.html">第 ${number} 号 ${title}</a>，${sayDay(sentOn, day)}${corrections.length > 0 ? '（有更正）' : ''}`,
  )
  return html`<p>发到群里的原样存在这里，号码不变；有更正会写在最上面，不悄悄改。</p>${listOf(lines, '还没有发过政策速递。')}`
}

function digestView({ parts, sentOn, corrections }: SiteDigest, day: string): Markup {
  return html`<p><a href="index.html">← 全部政策速递</a>，${sayDay(sentOn, day)}发出</p>
    ${corrections.map(text => html`<p class="banner" role="note"><strong>更正：</strong>${text}</p>`)}
    ${parts.map(part => html`<section>${viewParagraphs(part)}</section>`)}`
}

function newsView({ items, day }: SiteContent): Markup {
  const streams = ['政策', '科技服务', '企业动态']
  return html`${streams.map(stream => {
    const lines = items
      .filter(item => item.stream === stream)
      .slice(0, 50)
      .map(
        item =>
          html`${sayDay(item.publishedOn, day)} ${itemLink(item)}${item.deadline ? `（${sayDay(item.deadline, day)}截止）` : ''}`,
      )
    return section(stream, listOf(lines, '这一栏还没有消息，有了新的会写在这里。'))
  })}`
}

function calendarView({ events, day }: SiteContent): Markup {
  const lines = events.map(event => html`${event.kind}：${eventLine(event, day)}`)
  return html`<p><a href="calendar.ics">放进手机日历（calendar.ics）</a></p>${listOf(lines, '还没有排活动。')}`
}

function pledgesView({ pledges }: SiteContent): Markup {
  const kinds = ['承诺', '示范岗'].map(kind => {
    const lines = pledges
      .filter(one => one.kind === kind)
      .map(({ text, byline }) => html`${text} —— ${byline}`)
    return section(
      kind,
      listOf(lines, `还没有。私聊机器人发「${kind} 一句话」，自己看过、同意了就放在这里。`),
    )
  })
  return html`<p>成员自己写的，看过、同意了才放在这里，随时可以收回。</p>${kinds}`
}

/** The words of {@link reportView} for one month, largest figures first. */
function sayReport({ month, asked, answered, unanswered, askedBack }: SiteReport, corrected: number): string {
  const [year, number] = month.split('-').map(Number)
  const share = asked === 0 ? '' : `（${Math.round((100 * answered) / asked)}%）`
  return `${year}年${number}月问了 ${asked} 个问题，答上 ${answered} 个${share}，没答上 ${unanswered} 个，反问以后没再选的 ${askedBack} 个；改了 ${corrected} 条答案。`
}

function reportView({ report, answers }: SiteContent): Markup {
  if (report.length === 0) return html`<p>还没有人问过问题。</p>`
  const heads = ['月份', '问了', '答上了', '反问后没选', '没答上', '说有用', '说没用', '改了答案']
  const changes = answers.flatMap(({ past }) => past.map(({ until }) => until.slice(0, 7)))
  const correctedIn = (month: string) => changes.filter(one => one === month).length
  const rows = report.map(one => [
    ...[one.asked, one.answered, one.askedBack, one.unanswered, one.useful, one.useless],
    correctedIn(one.month),
  ])
  return html`<p>机器人答得怎么样，照实写。数字来自提问记录和答案的修改记录，不含任何人的名字。</p>
    ${report.slice(0, 3).map(one => html`<section><p>${sayReport(one, correctedIn(one.month))}</p></section>`)}
    <table><caption>每月的提问</caption><thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${report.map(({ month }, at) => html`<tr><th scope="row">${sayKeptDay(month)}</th>${rows[at]?.map((value, place) => html`<td data-label="${heads[place + 1] ?? ''}">${value}</td>`)}</tr>`)}</tbody></table>`
}

const section = (title: string, body: Markup) => html`<section><h2>${title}</h2>${body}</section>`

const listOf = (lines: readonly Markup[], empty: string) =>
  lines.length > 0 ? html`<ul>${lines.map(line => html`<li>${line}</li>`)}</ul>` : html`<p>${empty}</p>`

const itemLink = ({ title, link }: SiteItem) =>
  link === undefined ? html`${title}` : html`<a href="${link}" rel="noopener noreferrer">${title}</a>`

const eventLine = ({ day: on, time, title }: SiteEvent, today: string) =>
  html`${sayDay(on, today)}${time ? ` ${time}` : ''} ${title}`

/** Days of the calendar, without a library: noon is the same day in every zone that matters. */
const daysBefore = (day: string, days: number) =>
  new Date(Date.parse(`${day}T12:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

import { html, raw } from 'hono/html'

export type Markup = ReturnType<typeof html>

/** Differences between the bot's own server and a folder of files. */
export type SiteOptions = {
  /** Where the site stands, without a slash at the end; undefined keeps search engines out. */
  publicUrl?: string | undefined
  /** Matching, and search without a script, need a server. */
  hasServer: boolean
  /** Scripts by which a folder of files is searched, by path. */
  searchScripts?: ReadonlyMap<string, string> | undefined
  /** Policy matching in a folder of files. */
  matching?: SiteMatching | undefined
}

/** A form, and the scripts that judge it in the browser, by path. */
export type SiteMatching = { form: Markup; scripts: ReadonlyMap<string, string> }

const sections = [
  ['index.html', '首页'],
  ['answers/index.html', '问答'],
  ['digests/index.html', '政策速递'],
  ['documents/index.html', '文件'],
  ['news.html', '动态'],
  ['calendar.html', '日历'],
  ['pledges.html', '承诺'],
  ['report.html', '成绩单'],
] as const

type Framed = {
  path: string
  title: string
  body: Markup
  /** From the root of the site. */
  scripts?: readonly string[]
  /** Whole addresses. */
  modules?: readonly string[]
  options: SiteOptions
}

/** A whole page. Links are relative, so that the pages work from a folder too. */
export async function framePage({
  path,
  title,
  body,
  scripts = [],
  modules = [],
  options,
}: Framed): Promise<string> {
  const root = rootOf(path)
  const url =
    options.publicUrl === undefined
      ? undefined
      : `${options.publicUrl}/${path.replace(/(^|\/)index\.html$/u, '$1')}`
  const page = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 党支部E空间</title>
${url === undefined ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${url}"><link rel="alternate" type="application/atom+xml" title="政策速递" href="${root}feed.xml">`}
<link rel="icon" href="${root}assets/icon.svg">
<link rel="stylesheet" href="${root}assets/site.css">${scripts.map(
    src => html`
<script defer src="${root}${src}"></script>`,
  )}${modules.map(
    src => html`
<script type="module" src="${src}"></script>`,
  )}
</head>
<body>
<a class="skip" href="#content">跳到正文</a>
<header><p class="brand">党支部E空间 · 党员创客</p><nav aria-label="栏目">${navigation(path, options)}</nav></header>
<main id="content" tabindex="-1"><h1>${title}</h1>${body}</main>
<footer><p>要帮忙：在群里 @机器人 直接问，或对它说「转人工」。本页由机器人按已审核的内容生成，以原文件为准。</p></footer>
</body>
</html>
`
  return String(await page)
}

const rootOf = (path: string) => '../'.repeat(path.split('/').length - 1)

function navigation(path: string, { hasServer, searchScripts, matching }: SiteOptions): Markup {
  const onServer: [string, string][] = [
    ['search', '搜索'],
    ['open/match', '政策匹配'],
  ]
  const links: readonly (readonly [string, string])[] = [
    ...sections,
    ...(hasServer ? onServer : []),
    ...(searchScripts ? [['search.html', '搜索'] as const] : []),
    ...(matching ? [['match.html', '政策匹配'] as const] : []),
  ]
  return html`${links.map(([to, word]) => html`<a href="${rootOf(path)}${to}" ${to === path ? raw('aria-current="page"') : ''}>${word}</a>`)}`
}

/** Text with its line breaks; addresses become links. */
export function viewParagraphs(text: string): Markup {
  const lines = text.split(/\r?\n/u).filter(line => line.trim() !== '')
  return html`${lines.map(line => html`<p>${linked(line)}</p>`)}`
}

const address = /https?:\/\/[\w./?=&%#~:+-]+[\w/=]/gu

function linked(line: string): Markup {
  const parts: Markup[] = []
  let from = 0
  for (const { 0: url, index } of line.matchAll(address)) {
    parts.push(html`${line.slice(from, index)}<a href="${url}" rel="noopener noreferrer">${url}</a>`)
    from = index + url.length
  }
  return html`${parts}${line.slice(from)}`
}

/** 「11月29日」 of this year, else 「2025年11月29日」; `day` may lack its day or month. */
export function sayDay(day: string, today: string): string {
  const [year, month, date] = day.split('-').map(Number)
  const short = [month ? `${month}月` : '', date ? `${date}日` : ''].join('')
  return day.slice(0, 4) === today.slice(0, 4) && short !== '' ? short : `${year}年${short}`
}

import type { Block, Sample } from './sample.ts'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\u3000', '&emsp;')
const menu = ['首页', '机构概况', '新闻中心', '信息公开', '办事服务', '互动交流']
  .map(name => `<li><a href="/${name.length}/">${name}</a></li>`)
  .join('')

/** A page of a ministry: a table of labels above the title, a paragraph each, lists and tables as such. */
export function articlePage({ blocks, head }: Sample): Buffer {
  const labels = blocks.filter(({ kind }) => kind === 'label')
  const article = blocks.filter(({ kind }) => kind !== 'label')
  return Buffer.from(`<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>${head.title}_国家创业发展部</title>
    <style>.a{color:red}</style><script>var page = '第一条';</script></head><body>
    <div class="header"><a href="/">国家创业发展部</a><ul>${menu}</ul><form><input placeholder="请输入关键字"><button>搜索</button></form></div>
    <div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">信息公开</a> &gt; 正文</div>
    <table class="info">${rowsOf(labels, 2)}</table>
    <div class="share">【字体：<a>大</a> <a>中</a> <a>小</a>】 <a>打印</a></div>
    <div id="content">${article.map((block, at) => paragraph(block, article[at - 1], article[at + 1])).join('\n')}</div>
    <div class="share"><a>打印本页</a> <a>关闭窗口</a></div>
    <div class="footer"><p>主办单位：国家创业发展部　承办：信息中心</p><p>网站标识码：bm0000001　京ICP备00000001号</p></div></body></html>`)
}

const rowsOf = (labels: readonly Block[], perRow: number) =>
  Array.from({ length: Math.ceil(labels.length / perRow) }, (_, row) => {
    const cells = labels.slice(row * perRow, (row + 1) * perRow).map(({ text }) => {
      const [name = '', value = ''] = text.split('：')
      return `<td class="name">${name}：</td><td>${escaped(value)}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  }).join('')

function paragraph(block: Block, before: Block | undefined, after: Block | undefined): string {
  const { kind, text } = block
  if (kind === 'row') return tableRow(block, before, after)
  const isCentred =
    kind === 'title' || kind === 'no' || kind === 'annex' || (kind === 'h' && /^第.章/u.test(text))
  const style = isCentred
    ? 'text-align: center'
    : kind === 'sign' || kind === 'date'
      ? 'text-align: right'
      : ''
  const indent = isCentred || style !== '' || kind === 'to' || kind === 'start' ? '' : '&emsp;&emsp;'
  const [label = '', rest = ''] = /^(第.{1,4}条|[一二三四五六七八九十]+、)(.*)$/u.exec(text)?.slice(1) ?? [
    '',
    text,
  ]
  return `<p style="${style}">${indent}${label ? `<strong>${label}</strong>` : ''}<span>${escaped(rest)}</span></p>`
}

function tableRow({ text }: Block, before: Block | undefined, after: Block | undefined): string {
  const cells = text.split(' | ').map(cell => `<td>${escaped(cell.trim())}</td>`)
  return `${before?.kind === 'row' ? '' : '<table border="1">'}<tr>${cells.join('')}</tr>${after?.kind === 'row' ? '' : '</table>'}`
}

/** A page of the years before: tables as frames, lines broken by `br`, indents of hard spaces. */
export function framedPage({ blocks }: Sample): Buffer {
  const [title, label, ...rest] = blocks
  const lines = rest.map(({ kind, text }) =>
    kind === 'sign' || kind === 'date'
      ? `<div align="right">${escaped(text)}</div>`
      : kind === 'no' || kind === 'annex'
        ? `<center>${escaped(text)}</center>`
        : `${kind === 'to' ? '' : '&nbsp;&nbsp;&nbsp;&nbsp;'}${escaped(text)}<br><br>`,
  )
  return Buffer.from(`<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=utf-8"><TITLE>市人社局</TITLE></HEAD><BODY>
    <TABLE width="1000"><TR><TD width="200"><A href="/">网站首页</A><BR><A href="/a">通知公告</A><BR><A href="/b">政策法规</A></TD><TD>
    <TABLE width="800"><TR><TD align="center"><FONT size="5"><B>${escaped(title?.text ?? '')}</B></FONT></TD></TR>
    <TR><TD align="center">${escaped(label?.text ?? '')}</TD></TR>
    <TR><TD><FONT face="宋体">${lines.join('\n')}</FONT></TD></TR>
    <TR><TD align="right"><A href="javascript:print()">打印</A> <A href="javascript:close()">关闭</A></TD></TR></TABLE>
    </TD></TR></TABLE><CENTER>版权所有：榕海市人力资源和社会保障局</CENTER></BODY></HTML>`)
}

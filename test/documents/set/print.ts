import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { type Block, type Sample, sampleGroups, samplesOf } from './sample.ts'
import { flatDocument } from './writer.ts'

/**
 * Prints with Chromium, and saves with a word processor as .doc, the documents that are read so, into `files/`; run
 * again when their texts change:
 *
 *   node test/documents/set/print.ts [group]
 */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const tags: Partial<Record<Block['kind'], string>> = { title: 'h1', label: 'div', h: 'h3' }

const plainSheet = `body { font: 16px/1.9 "Noto Sans CJK SC" } p { margin: 0; text-indent: 2em; text-align: justify }
    h1 { font-size: 24px; text-align: center; padding: 0 3em } h3 { font-size: 16px; margin: 0; text-indent: 2em }
    .to, .label, .start, .copy { text-indent: 0 } .sign, .date { text-align: right; padding-right: 2em }
    table { border-collapse: collapse; width: 100% } td { border: 1px solid #000; width: 30% }`
/** Serif, narrow paragraphs with space between them, spaced titles, small tables. */
const sheet = `body { font: 14px/1.6 "Noto Serif CJK SC" } p, h3 { margin: 6px 0; text-indent: 2em } h3 { font-size: 14px; font-weight: 700 }
    h1 { font-size: 22px; text-align: center; letter-spacing: 2px; margin: 4px 0 } .mark { font-size: 28px; color: #c00; text-align: center; text-indent: 0; letter-spacing: 6px }
    .no { text-align: center; text-indent: 0; border-bottom: 2px solid #c00 } .to, .label, .start, .copy { text-indent: 0 } .sign, .date { text-align: right; padding-right: 4em }
    table { border-collapse: collapse; width: 90%; margin: 8px auto; font-size: 12px } td { border: 1px solid #666; padding: 2px 8px; text-align: center }`

/** Small pages with a title each time; articles in bold. */
const booklet = `${sheet} body { font-size: 12px; line-height: 1.7 } p { margin: 0; text-align: justify } h1, .mark { font-size: 18px }`
/** Three narrow columns on a landscape page below a title over all, as gazettes are set. */
const threeColumns = `body { font: 11px/1.6 "Noto Serif CJK SC"; columns: 3; column-gap: 7mm } p { margin: 0; text-indent: 2em; text-align: justify }
    h1 { column-span: all; font-size: 19px; text-align: center; margin: 0 } h3 { font-size: 11px; text-align: center; margin: 5px 0 } .no { column-span: all; text-align: center; margin-bottom: 6px }
    .to { text-indent: 0 } .sign, .date { text-align: right } .annex { font-size: 14px; text-align: center; text-indent: 0; margin: 8px 0 }`
/** Two columns below a title over both. */
const columns = `body { font: 12px/1.7 "Noto Sans CJK SC"; columns: 2; column-gap: 9mm } p { margin: 0; text-indent: 2em; text-align: justify }
    h1 { column-span: all; font-size: 20px; text-align: center; margin: 0 } h3 { font-size: 13px; text-align: center; margin: 6px 0 } .label { column-span: all; text-align: center; margin-bottom: 8px }`

function pageOf({ blocks }: Sample, sheet = plainSheet): string {
  const written = blocks.map(({ kind, text }, at) => {
    if (kind !== 'row') return `<${tags[kind] ?? 'p'} class="${kind}">${escaped(text)}</${tags[kind] ?? 'p'}>`
    const cells = text.split(' | ').map(cell => `<td>${escaped(cell)}</td>`)
    const isFirst = blocks[at - 1]?.kind !== 'row'
    const isLast = blocks[at + 1]?.kind !== 'row'
    return `${isFirst ? '<table>' : ''}<tr>${cells.join('')}</tr>${isLast ? '</table>' : ''}`
  })
  return `<meta charset="utf-8"><style>
    ${sheet}
  </style>${written.join('\n')}`
}

/** As GB/T 9704 has it: 22 lines of 28 characters, a red mark above a red line, the copies between two lines. */
const official = `body { font: 16pt/29pt "Noto Serif CJK SC" } p, h3 { margin: 0; text-indent: 2em; text-align: justify } h3 { font: inherit }
    h1 { font-size: 22pt; font-weight: 400; text-align: center; margin: 0; line-height: 35pt } .mark { font-size: 30pt; line-height: 48pt; color: #c00; text-align: center; text-indent: 0; letter-spacing: 4px }
    .no { text-align: center; text-indent: 0; border-bottom: 2px solid #c00; margin: 29pt 0 } .to, .start { text-indent: 0 } .start { break-before: page; font-weight: 700 }
    .sign, .date { text-align: right; padding-right: 4em; text-indent: 0 } .copy { font-size: 14pt; text-indent: 0; border-top: 1px solid #000; border-bottom: 1px solid #000 }
    table { border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 20pt } td { border: 1px solid #000; padding: 2px 4px }`
/** A printed guide: a cover of its own, a page of contents with dots, headings in another face. */
const cover = `body { font: 13px/1.8 "Noto Serif CJK SC" } p { margin: 0 0 5px; text-indent: 2em; text-align: justify } h1 { font: 700 34px/1.5 "Noto Sans CJK SC"; text-align: center; margin: 0 }
    h1:first-of-type { margin-top: 60mm } h3 { font: 700 16px/1.8 "Noto Sans CJK SC"; margin: 12px 0 4px } .label { text-align: center; font-size: 16px; margin-top: 10px; text-indent: 0 }
    .contents { text-indent: 0 } :not(.contents) + .contents { break-before: page; text-align: center } .contents + :not(.contents) { break-before: page }`

type Print = { sheet?: string; options: Parameters<Page['pdf']>[0] }
const middle = (size: number, text: string) =>
  `<div style="font-size:${size}px;width:100%;text-align:center">${text}</div>`
const pageNumber = '<span class="pageNumber"></span>'
const margins = (top: number, bottom: number, side: number) => ({
  top: `${top}mm`,
  bottom: `${bottom}mm`,
  left: `${side}mm`,
  right: `${side}mm`,
})

/** How each maker prints; undefined for those who do not. */
const prints: Record<string, (sample: Sample) => Print> = {
  chromium: () => ({
    options: {
      format: 'A4',
      displayHeaderFooter: true,
      margin: { ...margins(25, 25, 28), right: '26mm' },
    },
  }),
  print: ({ head }) => ({
    sheet,
    options: {
      format: 'A4',
      displayHeaderFooter: true,
      headerTemplate: `<div style="font-size:9px;width:100%;text-align:right;padding-right:20mm">${head.number ?? ''}</div>`,
      footerTemplate: middle(9, `第 ${pageNumber} 页 共 <span class="totalPages"></span> 页`),
      margin: margins(22, 22, 20),
    },
  }),
  booklet: ({ head }) => titled(booklet, 'A5', head.title),
  columns: ({ head }) => titled(columns, 'A4', head.title),
  threecolumns: () => ({
    sheet: threeColumns,
    options: {
      format: 'A4',
      landscape: true,
      displayHeaderFooter: true,
      headerTemplate: '<div style="font-size:8px;width:100%;padding-left:15mm">政府公报</div>',
      footerTemplate: middle(8, `·${pageNumber}·`),
      margin: margins(18, 16, 15),
    },
  }),
  official: () => ({
    sheet: official,
    options: {
      format: 'A4',
      displayHeaderFooter: true,
      headerTemplate: '<div></div>',
      footerTemplate: middle(14, `— ${pageNumber} —`),
      margin: { ...margins(37, 35, 28), right: '26mm' },
    },
  }),
  cover: () => ({
    sheet: cover,
    options: {
      format: 'A4',
      displayHeaderFooter: true,
      headerTemplate: '<div></div>',
      footerTemplate: middle(9, pageNumber),
      margin: margins(25, 22, 25),
    },
  }),
}

const titled = (own: string, format: string, title: string): Print => ({
  sheet: own,
  options: {
    format,
    displayHeaderFooter: true,
    headerTemplate: middle(8, title),
    footerTemplate: middle(8, `- ${pageNumber} -`),
    margin: margins(20, 18, 18),
  },
})

const files = join(import.meta.dirname, 'files')
const chosen = process.argv[2]
const all = sampleGroups.filter(group => chosen === undefined || group === chosen).flatMap(samplesOf)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  mkdirSync(files, { recursive: true })
  for (const sample of all) {
    const print = prints[sample.maker]?.(sample)
    if (!print) continue
    const page = await browser.newPage()
    await page.setContent(pageOf(sample, print.sheet))
    writeFileSync(join(files, `${sample.name}.pdf`), await page.pdf(print.options))
    await page.close()
  }
} finally {
  await browser.close()
}

for (const sample of all.filter(each => each.maker === 'doc')) {
  const source = join(files, `${sample.name}.html`)
  writeFileSync(source, pageOf(sample))
  execFileSync('soffice', ['--headless', '--convert-to', 'doc:MS Word 97', '--outdir', files, source])
  rmSync(source)
}

/** The file that a word processor writes from a flat one. */
const converted: Record<string, string> = { writer: 'docx:MS Word 2007 XML', typeset: 'pdf' }
for (const sample of all) {
  const target = converted[sample.maker]
  if (target === undefined) continue
  const source = join(files, `${sample.name}.fodt`)
  writeFileSync(source, flatDocument(sample, sample.maker !== 'typeset'))
  execFileSync('soffice', ['--headless', '--convert-to', target, '--outdir', files, source])
  rmSync(source)
}

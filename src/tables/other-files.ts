/** Words for a packed file that is no workbook, by the names of its parts. */
const otherFiles: readonly [RegExp, string][] = [
  [
    /^Index\/.*\.iwa$|^Index\.zip$/u,
    '这是苹果 Numbers 的表格。请在 Numbers 里点「文件 → 导出为 → Excel」，再导入导出的 .xlsx。',
  ],
  [/^word\/document\.xml$/u, '这是 Word 文档。请把里面的表格复制到 WPS 或 Excel 里，另存为 .xlsx 再导入。'],
  [/^ppt\//u, '这是演示文稿。请把里面的表格复制到 WPS 或 Excel 里，另存为 .xlsx 再导入。'],
  [
    /^xl\/workbook\.bin$/u,
    '这是 .xlsb 表格。请用 WPS 或 Excel 打开，点「文件 → 另存为」，类型选「.xlsx」，再导入。',
  ],
  [
    /^content\.xml$/u,
    '这是 .ods 一类的文件。请用 WPS、Excel 或 LibreOffice 打开，点「文件 → 另存为」，类型选「.xlsx」，再导入。',
  ],
  [/\.(?:xlsx|csv)$/iu, '这是压缩包。请先解压，再导入里面的 .xlsx 或 CSV 文件。'],
]
/** @param names of all parts of the file */
export const otherFile = (names: readonly string[]): string =>
  otherFiles.find(([part]) => names.some(name => part.test(name)))?.[1] ??
  '这个文件里没有表格（可能是文档或压缩包）。请选 .xlsx 或 CSV 文件。'

const archive = '这是压缩包。请先解压，再导入里面的 .xlsx 或 CSV 文件。'
const picture = '这是图片，认不出里面的表格。请用原来的表格文件（.xlsx 或 CSV）。'
/** Words for a file that is neither packed nor text, by the characters that it begins with, a byte each. */
const otherStarts: readonly [RegExp, string][] = [
  [/^(?:Rar!|7z\xbc\xaf|\p{Cc}\x8b)/u, archive],
  [/^(?:\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0{4}|RIFF.{4}WEBP)/su, picture],
  [/^\{\\rtf/u, '这是 Word 一类的文档。请把里面的表格复制到 WPS 或 Excel 里，另存为 .xlsx 再导入。'],
  [/^\s*MIME-Version:/iu, '这是存成网页的表格。请用表格软件打开，另存为 .xlsx 再导入。'],
]

/** @returns undefined where the file may be text */
export const otherKind = (bytes: Uint8Array): string | undefined => {
  const start = Buffer.from(bytes.subarray(0, 40)).toString('latin1')
  return otherStarts.find(([pattern]) => pattern.test(start))?.[1]
}

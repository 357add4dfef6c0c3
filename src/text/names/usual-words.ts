import { familyNames } from './family-names.ts'

/** Words that a family name begins, though the two stand apart there. */
const usualWords =
  '高质 高新 高企 高等 高工 管委 项目 安排 万元 方案 方式 金额 文旅 包车 立项 温馨 连锁 文化 文件 兑付 高校 顾问 金融 时间 安全 高级 文创 林业 石化 财务 程序 施工 项目'.split(
    ' ',
  )
/** Strings of two or three characters that begin with a family name, in texts that name no person. */
export function usualIn(texts: Iterable<string>): ReadonlySet<string> {
  const usual = new Set(usualWords)
  for (const text of texts)
    for (let at = 0; at < text.length; at += 1)
      if (familyNames.has(text[at] ?? '')) usual.add(text.slice(at, at + 2)).add(text.slice(at, at + 3))
  return usual
}

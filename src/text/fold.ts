import { recentlyUsed } from '../lib/recently-used.ts'
import { foldRadicals } from './characters.ts'
import { foldNumbers } from './figures/numbers.ts'
import { simplify } from './traditional.ts'

/** Emoji with all that modifies them, and what is not seen: zero-width characters, direction marks. */
const unseen =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20e3|\p{Variation_Selector}|\p{Cf}|\p{Co}|\p{Cs}/gu

/** How WeChat's own faces arrive as text, once it is Simplified and in lower case. */
const faceNames = `
  微笑 呲牙 捂脸 偷笑 强 握手 抱拳 合十 玫瑰 鼓掌 疑问 可怜 流泪 大哭 尴尬 得意 愉快 憨笑
  撇嘴 发呆 害羞 闭嘴 调皮 惊讶 难过 囧 抓狂 白眼 傲慢 困 惊恐 悠闲 咒骂 嘘 晕 衰 敲打
  再见 擦汗 抠鼻 坏笑 鄙视 委屈 阴险 亲亲 笑脸 破涕为笑 奸笑 机智 皱眉 耶 吃瓜 加油 汗
  天啊 社会社会 旺柴 好的 打脸 哇 翻白眼 让我看看 叹气 苦涩 裂开 爱心 心碎 拥抱 胜利 勾引
  拳头 ok 庆祝 礼物 红包 发 福 烟花 爆竹 猪头 跳跳 发抖 转圈`
const wechatFace = new RegExp(`\\[(?:${faceNames.trim().split(/\s+/u).join('|')})\\]`, 'gu')

/**
 * The form in which texts are compared: Simplified, half-width, lower case, numbers written one way, without
 * emoji or anything unseen, single spaces. Two texts that people call the same have one folded form.
 * Folding what is folded changes nothing. Never shown to people.
 */
export function fold(text: string): string {
  const known = folded.peek(text)
  if (known !== undefined) return known
  const made = foldAnew(text)
  folded.set(text, made)
  return made
}

const mostKept = 200
/** A message of twenty thousand characters is kept too: to fold it once takes milliseconds. */
const mostCharacters = 100_000
/** Each reader of a message folds it, some ten times within a millisecond: the oldest may go first, used or not. */
const folded = recentlyUsed<string>(mostKept, {
  mostSize: mostCharacters,
  sizeOf: (_, text) => text.length,
})

/** Marks that NFKC makes of composed characters such as 「㎧」 and 「‶」, as the marks that fonts draw alike. */
const composedMarks: Record<string, string> = { '\u2215': '/', '\u2035': '`' }

/** Texts of ideographs, small letters, digits and common marks, which stay as they are until they are simplified. */
const plain = /^[ -@[-~\u3001\u3002\u4e00-\u9fff]*$/u

function foldAnew(text: string): string {
  // Most wordings of a large base are plain, and to index them is for the most part to fold them.
  const simple = simplify(plain.test(text) ? text : foldSigns(text))
  return foldNumbers(simple.replace(wechatFace, ' ').replace(/\s+/gu, ' ').trim())
}

/** One form for each letter and mark, and nothing that is not seen. */
function foldSigns(text: string): string {
  const seen = foldRadicals(text)
    .replace(/\p{Cc}+/gu, ' ')
    .normalize('NFKC')
    .replace(/[\u2215\u2035]/gu, mark => composedMarks[mark] ?? mark)
    .replace(unseen, '')
  return seen.toLowerCase().normalize('NFKC')
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMentions } from '../../../src/text/names/mentions.ts'

const setting = {
  botNames: ['小创', '小创（政策助手）'],
  otherNames: ['优空间-张唯', '优梦空间 郑一霖', '若云☁️', 'Kevin 刘', '小创 客服'],
  isMentionedById: false,
}
const byId = { ...setting, isMentionedById: true }
const spaced = { ...setting, botNames: ['Chuang Ke 🤖', '小 创'] }

const refer = (title: string) =>
  `<?xml version="1.0"?>\n<msg><appmsg appid="" sdkver="0"><title>${title}</title><type>57</type>` +
  '<refermsg><type>1</type><displayname>张唯</displayname><content>@小创 高企</content></refermsg></appmsg></msg>'

const chain = (title: string) =>
  `<?xml version="1.0"?>\n<msg><appmsg appid="" sdkver="0"><title>${title}</title><type>53</type></appmsg></msg>`

test.each([
  [
    'a 接龙 card is the list that it shows',
    chain('#接龙&#x0A;1. 张三&#x0A;2. 李四'),
    setting,
    '#接龙\n1. 张三\n2. 李四',
    false,
  ],
  // How the different apps write a mention of the bot.
  ['a phone puts U+2005 after the name', '@小创\u2005高企怎么报', setting, '高企怎么报', true],
  ['a PC puts a space', '@小创 高企怎么报', setting, '高企怎么报', true],
  ['WeCom puts nothing at the end', '高企怎么报@小创', setting, '高企怎么报', true],
  ['WeCom puts nothing in the middle, but gives the id', '@小创高企怎么报', byId, '高企怎么报', true],
  ['a mention and nothing else', '@小创', setting, '', true],
  ['a mention and a space', '@小创\u2005', setting, '', true],
  ['a mention in the middle', '请问@小创\u2005高企怎么报', setting, '请问 高企怎么报', true],
  ['a mention and a new line', '@小创\n高企怎么报', setting, '高企怎么报', true],
  ['the alias in this group', '@小创（政策助手）\u2005科小', setting, '科小', true],
  ['typed by hand with a comma', '@小创，高企怎么报', setting, '高企怎么报', true],
  ['typed by hand with a colon', '@小创：高企怎么报', setting, '高企怎么报', true],
  ['a full-width at sign', '＠小创 高企怎么报', setting, '高企怎么报', true],
  ['a name with a space and an emoji', '@Chuang Ke 🤖\u2005高企', spaced, '高企', true],
  ['the same in small letters', '@chuang ke 🤖 高企', spaced, '高企', true],
  ['a space inside a Chinese name', '@小 创 高企', spaced, '高企', true],
  ['an id without any name in the text', '高企怎么报', byId, '高企怎么报', true],
  ['twice', '@小创 @小创\u2005在吗', setting, '在吗', true],

  // Not the bot.
  ['a longer name that begins the same', '@小创客\u2005高企怎么报', setting, '高企怎么报', false],
  ['a longer name with a space', '@小创 客服\u2005高企怎么报', setting, '高企怎么报', false],
  ['no @ at all', '小创 高企怎么报', setting, '小创 高企怎么报', false],
  ['no end of the name and no id', '@小创高企', setting, '', false],
  ['an address', '材料发到 li@小创 吗', setting, '材料发到 li@小创 吗', false],
  ['an e-mail address', '发到 fz@example.com 行吗', setting, '发到 fz@example.com 行吗', false],
  ['everybody', '@所有人 明天下午交表', setting, '明天下午交表', false],
  ['everybody, on a phone', '@所有人\u2005明天交表', setting, '明天交表', false],
  ['everybody, and the gateway gives all ids', '@所有人 明天交表', byId, '明天交表', false],
  ['everybody in English', '@all 明天交表', byId, '明天交表', false],
  ['everybody, and the bot too', '@所有人 @小创\u2005高企怎么报', byId, '高企怎么报', true],
  ['an empty bot name matches nobody', '@ 高企', { ...setting, botNames: [''] }, '@ 高企', false],

  // Others' mentions are taken off.
  ['another person, then a question', '@优空间-张唯\u2005补贴怎么领', setting, '补贴怎么领', false],
  ['another person beside the bot', '@小创\u2005@优空间-张唯\u2005问下高企', setting, '问下高企', true],
  ['a known name with a space, on a PC', '@优梦空间 郑一霖 补贴', setting, '补贴', false],
  ['an unknown name with a space, on a phone', '@Amy Lin\u2005补贴', setting, '补贴', false],
  ['an unknown name, on a PC', '@王五 补贴', setting, '补贴', false],
  ['an emoji name without its selector', '@若云☁\u2005@小创\u2005补贴', setting, '补贴', true],
  ['a mixed name at the end', '问问 @Kevin 刘', setting, '问问', false],

  // Quotes are taken off.
  [
    'the old quote',
    '「张唯：高企怎么报」\n- - - - - - - - - - - - - - -\n@小创\u2005这个',
    setting,
    '这个',
    true,
  ],
  [
    'a mention inside it',
    '「张唯：@小创 高企」\n- - - - - - - - -\n我也想知道',
    setting,
    '我也想知道',
    false,
  ],
  ['a quote of several lines', '「张唯：一\n二」三」\n———————————\n收到', setting, '收到', false],
  ['brackets that are no quote', '「高企」怎么报 @小创', setting, '「高企」怎么报', true],
  ['an XML quote', refer('@小创\u2005这个怎么办'), setting, '这个怎么办', true],
  ['an XML quote of a mention', refer('我也是'), setting, '我也是', false],
  ['an escaped XML title', refer('&lt;高企&gt; &amp;amp; 科小 @小创'), setting, '<高企> &amp; 科小', true],
  ['a sender before the XML', `wxid_a1:\n${refer('<![CDATA[@小创 研发<5%]]>')}`, setting, '研发<5%', true],

  // The text stays as typed.
  ['lines stay lines', '@小创 第一行 \n 第二行', setting, '第一行\n第二行', true],
] as const)('%s', (_, written, given, text, mentionsBot) => {
  expect(readMentions(written, given)).toEqual({ text, mentionsBot })
})

test('whatever a bot is called, a phone and a PC can mention it', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter(one => one.trim() === one && !/[@＠\n]/.test(one))
  fc.assert(
    fc.property(name, fc.constantFrom('\u2005', ' '), (botName, end) => {
      const given = { botNames: [botName], otherNames: [], isMentionedById: false }
      expect(readMentions(`@${botName}${end}高企怎么报`, given)).toEqual({
        text: '高企怎么报',
        mentionsBot: true,
      })
    }),
  )
})

test('anything may be written, and reading it ends', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), written => void readMentions(written, setting)))
})

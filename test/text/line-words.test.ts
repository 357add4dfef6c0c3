import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addressedInGroup,
  hasRefusedLink,
  withBotMention,
  withoutLinks,
  withoutMentionPromise,
} from '../../src/text/line-words.ts'

const none = { domains: [], pageOf: () => undefined }

test.each([
  ['直接发「签到」两个字就行。', '直接发「@我 签到」两个字就行。'],
  [
    '请发「确认补学 姓名」「退回补学 姓名 原因」或「确认补学 全部」：',
    '请发「@我 确认补学 姓名」「@我 退回补学 姓名 原因」或「@我 确认补学 全部」：',
  ],
  ['回复「完整答案」看全部。', '回复「@我 完整答案」看全部。'],
  ['不知道的回「不知道」。', '不知道的回「@我 不知道」。'],
  ['要继续发，说「恢复发送」。', '要继续发，说「@我 恢复发送」。'],
  ['请带上号码再发，例如「签到 1」：', '请带上号码再发，例如「@我 签到 1」：'],
  ['签到没收到回执的，请再发一次「签到」。', '签到没收到回执的，请再发一次「@我 签到」。'],
  ['要带四位数字，像「签到 四位数字」这样发。', '要带四位数字，像「@我 签到 四位数字」这样发。'],
  [
    '请写明改什么，例如「改课 地点 三楼」「改课 以后 主讲 王老师」',
    '请写明改什么，例如「@我 改课 地点 三楼」「@我 改课 以后 主讲 王老师」',
  ],
  ['来了的请用「补签 名字」。', '来了的请用「@我 补签 名字」。'],
  ['回序号就行', '@我 回序号就行'],
  [
    '像「下课 1」「上课 2」「本月报告 全部」这样发',
    '像「@我 下课 1」「@我 上课 2」「@我 本月报告 全部」这样发',
  ],
  ['想看现在能报的，问我「现在有什么可以申报的」。', '想看现在能报的，问我「@我 现在有什么可以申报的」。'],
  ['请再问我一次「我的报名」。', '请再问我一次「@我 我的报名」。'],
  ['新文件已经核过，看原文请问「新办法」。', '新文件已经核过，看原文请问「@我 新办法」。'],
  [
    '直接打字问我就行，比如「高企怎么报」「微党课几点」。',
    '直接打字问我就行，比如「@我 高企怎么报」「@我 微党课几点」。',
  ],
])('a group that hears only mentions is told %s', (before, after) => {
  expect(withBotMention(before)).toBe(after)
  expect(withBotMention(after)).toBe(after)
})

test('a list of words says once that the bot is to be mentioned', () => {
  const list = '签到 —— 课上报到\n请假 —— 来不了'
  expect(withBotMention(list)).toBe(`${list}\n这个群里要先 @我，再写这些字。`)
})

test.each([
  '请私聊我发「我是 姓名 手机尾号四位」，马上就对上',
  '私聊说「测政策」再看',
  '私聊我发「我的信息」，看我记了什么；发「删除我的信息」，我就删掉',
  '关于印发「十四五」规划的通知',
  '省里下发「白名单」',
  '用「福建省政务服务网」办，例如「高新技术企业」认定',
  '请用自己的微信私聊我，像「我是 张三 1234」这样发',
  '标题用「甲 乙」，正文用「丙 丁」。',
  '名额请写一个数字，例如「名额30」。',
  '请只写一个，像「12月5日 14:00-15:30」。',
  '请把几点写出来，像「今天 14:00」。',
  '要开今后的课，请带上日期，例如「明天 14:00」。',
  '请写日子或次数，像「每周六 14:00 从12月5日起 到12月31日」「每周六 14:00 共8次」。',
  '请写清楚，像「下周六 14:00」「2026-12-05 14:00」「上午 9:00」。',
])('%s stays as it is', text => expect(withBotMention(text)).toBe(text))

test('in private it is only the word for the group that gets the mention', () => {
  expect(addressedInGroup('请到群里发「签到」；发「帮助」看看')).toBe(
    '请到群里发「@我 签到」；发「帮助」看看',
  )
  expect(addressedInGroup('请到「榕创客」里发「签到」')).toBe('请到「榕创客」里发「@我 签到」')
})

test.each([
  ['已转给组织者（3 号），有答复我在这里 @ 你。', '已转给组织者（3 号），有答复我在这里告诉你。'],
  ['转人工 问题 —— 请指导员来答，答了我 @ 你', '转人工 问题 —— 请指导员来答，答了我告诉你'],
  ['直接发「@我 签到」，@ 你的同事也行', '直接发「@我 签到」，@ 你的同事也行'],
])('where the bot can mention nobody, it does not say that it will: %s', (before, after) => {
  expect(withoutMentionPromise(before)).toBe(after)
})

test.each([
  [
    '依据：《办法》国科发火〔2016〕32号\n原文：https://www.most.gov.cn/a/b.html （官方链接，我们没有逐一打开核对）',
    '依据：《办法》国科发火〔2016〕32号',
  ],
  ['请登录www.innocom.gov.cn填报。', '请登录官网填报。'],
  ['在 zjtx.miit.gov.cn 自评填报，由市里审核。', '在官网自评填报，由市里审核。'],
  ['登录 zjtx.miit.gov.cn 的评价系统填报', '登录官网的评价系统填报'],
  ['入口是 zjtx.miit.gov.cn；下一批等通知。', '入口是官网；下一批等通知。'],
  ['登录 https://form.example.com/x?id=1 报名。', '登录网站报名。'],
  ['企业在 www.a.gov.cn 或 b.org.cn/login 注册', '企业在官网注册'],
  ['在梯度培育平台 zjtx.miit.gov.cn 办理。', '在梯度培育平台办理。'],
  [
    '登录 https://a.gov.cn/x 填报。\n依据：《办法》国科发火〔2016〕32号\n原文：https://a.gov.cn/x',
    '登录《办法》国科发火〔2016〕32号填报。\n依据：《办法》国科发火〔2016〕32号',
  ],
  ['登录 https://a.gov.cn/x 填报。\n《见 https://b.com》https://a.gov.cn/x', '登录官网填报。\n《见 》'],
  ['先在认定网 www.innocom.gov.cn 填报', '先在认定网填报'],
  ['见 most.gov.cn/x?y=1，再报', ' ，再报'],
  ['[原文](https://a.example.com/x)请看', '原文 请看'],
  ['《措施》文号见原文，2025年9月25日 https://www.fujian.gov.cn/a.htm', '《措施》文号见原文，2025年9月25日'],
  ['条件见办法，请登录官网（https://a.gov.cn），再申报', '条件见办法，请登录官网，再申报'],
  ['征求意见 https://x.cn/a', '征求意见'],
  ['可以看见 https://x.cn/a', '可以看见'],
  ['这种情况常见 https://x.cn/a。', '这种情况常见。'],
  ['请见 https://x.cn/a，电话 0591', '，电话 0591'],
  ['详情见 https://x.cn/a', '详情'],
  ['原文见 https://x.cn/a', ''],
  ['按时申报（官网 a.gov.cn）。', '按时申报。'],
  ['邮箱 tjkj@163.com', '邮箱 tjkj@163．com'],
  ['http://127.0.0.1:3000/x', ''],
  ['见《办法》 https://例子.cn/a', '见《办法》'],
  ['见《办法》 https://福州.政务.cn', '见《办法》'],
  ['《办法》<https://a.gov.cn/x>', '《办法》'],
  ['登录福州.中国办理', '登录福州．中国办理'],
  ['短链 bit.ly/3x', '短链 bit．ly/3x'],
  ['网站 www.a.la', '网站 www．a．la'],
  ['网站 a_b.com', '网站 a_b．com'],
  ['后缀是.gov.cn的网站', '后缀是．gov．cn的网站'],
  ['原文：https://a.gov.cn/政策/2024年办法.html', ''],
  ['见 https://a.gov.cn/政策/解读/1.html，请看', ' ，请看'],
  ['登录 https://a.gov.cn/x?名=值&b=1 填报', '登录官网填报'],
  ['打开 a.cloud/政策/1.html 看', '打开 a．cloud/政策/1.html 看'],
  ['网站 a.cloud，备用 b.news、c.in', '网站 a．cloud，备用 b．news、c．in'],
  ['网站 a.xn--fiqs8s/x', '网站'],
  ['登录10.0.0.1:8080填报，或 10.0.0.2/x', '登录网站填报，或网站'],
  ['一共两项：1.APP 备案；2.AI应用', '一共两项：1．APP 备案；2．AI应用'],
  ['报名表.zip', '报名表．zip'],
])('no link is left in %s', (text, expected) => {
  const said = withoutLinks(text, none)
  expect(hasRefusedLink(said, [])).toBe(false)
  expect(said.trim()).toBe(expected.trim())
})

test('a page of ours stands for the link where its domain is registered', () => {
  const rule = { domains: ['bot.example.cn'], pageOf: () => 'https://bot.example.cn/s/ab12' }
  const said = withoutLinks('原文：https://www.most.gov.cn/a.html。', rule)
  expect(said).toBe('原文：https://bot.example.cn/s/ab12。')
  expect(hasRefusedLink(said, rule.domains)).toBe(false)
})

test('an address inside a sentence is no address of ours: words stand there, and our page follows', () => {
  const asked: unknown[] = []
  const pageOf = (url: string, isPart: boolean) => {
    asked.push([url, isPart])
    return `https://bot.example.cn/s/${asked.length}`
  }
  const said = withoutLinks('登录 zjtx.miit.gov.cn 填报。\n原文：https://www.most.gov.cn/a.html', {
    domains: ['bot.example.cn'],
    pageOf,
  })
  expect(said).toBe('登录官网填报。\n原文：https://bot.example.cn/s/2\n官网：https://bot.example.cn/s/1')
  expect(asked).toEqual([
    ['zjtx.miit.gov.cn', true],
    ['https://www.most.gov.cn/a.html', false],
  ])
})

test.each([
  ['https://a.gov.cn/x查看', '查看'],
  ['https://a.gov.cn/查看全文', '查看全文'],
  ['https://a.gov.cn/x（官方链接）', '（官方链接）'],
  ['https://a.gov.cn/政策。之后再报', '政策。之后再报'],
])('words behind the address stay in %s', (text, expected) => {
  expect(withoutLinks(text, none)).toBe(expected)
})

test.each([
  '第3.5条',
  '签到.xlsx 在附件',
  '10.30 前',
  '研发费用1.2亿元',
  'V2.0',
  '12:30',
  'A.B两类',
  'index.html',
  'a.PDF 在附件',
  '3.5kg',
])('%s holds no link', text => {
  expect(withoutLinks(text, none)).toBe(text)
})

test('whatever stands around it, no link gets through', () => {
  const link = fc.constantFrom(
    'https://a.gov.cn/x',
    'www.b.com',
    'c.org.cn',
    'HTTP://D.COM',
    'ftp://e.net/f',
    'x.y.gov.cn:8080/p?q=1#z',
    'g@h.com',
    'https://政务.中国/',
    'www.福州.la',
    't.la/x',
  )
  fc.assert(
    fc.property(fc.string(), link, fc.string(), (before, url, after) => {
      expect(hasRefusedLink(withoutLinks(`${before} ${url}，${after}`, none), [])).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test.each(['0.5mg/L', '0.85kWh/m2', '2.4km/h', '2.5kgce/t', '100.5MB/s', '3.6m3/h', '1.2.3-beta/x'])(
  'a figure with a unit, %s, is no address',
  text => {
    expect(hasRefusedLink(`限值 ${text} 以下`, [])).toBe(false)
    expect(withoutLinks(`限值 ${text} 以下`, none)).toBe(`限值 ${text} 以下`)
  },
)

test.each(['t.la/x', 'a.b.la/x', '3.la/x', 'a1.x2.work/y'])('%s may be an address still', text => {
  expect(hasRefusedLink(text, [])).toBe(true)
  expect(hasRefusedLink(withoutLinks(`看 ${text} 这里`, none), [])).toBe(false)
})

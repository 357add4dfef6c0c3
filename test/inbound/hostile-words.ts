import fc from 'fast-check'

const long = 100_000
const repeated = (unit: string) => unit.repeat(Math.ceil(long / unit.length)).slice(0, long)

/** Texts that break naive programs: encodings, invisible marks, markup, formats, prototypes, paths, numbers. */
const nasty = [
  '',
  ' ',
  '\u0000',
  '\u0007\u001b[31m',
  '\r\n\r\n',
  '\ud800',
  'x\udc00y',
  '👨‍👩‍👧‍👦',
  '👨\u200d',
  '\ufe0f\u20e3',
  '\u200b\u200c\u200d\ufeff',
  '\u202e反过来\u202c',
  'مرحبا بكم',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
  '<msg><appmsg appid="" sdkver="0"><title>链接</title><type>5</type></appmsg></msg>',
  '<refermsg><content>旧的</content></refermsg><title>签到</title>',
  '<refermsg ><title><![CDATA[高企怎么报]]></title>&#x110000;&#99999999;&amp;lt;',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  '「小创：旧的」\n- - - - - - - - -\n高企',
  '@所有人',
  '@all ',
  '@小创\u2005',
  '＠小创 ',
  '@小创',
  '@小创客 ',
  '@@@@@',
  '%s%n%d%x',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to look like one
  '${7*7}{{7*7}}',
  '$& $1 $$',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../../etc/passwd',
  'a/b/../c',
  'C:\\con\\nul',
  '9'.repeat(400),
  '1e309',
  '-0',
  'NaN',
  '一百二十三万亿亿亿',
  '百分之百分之百',
  "'; DROP TABLE lessons; --",
  '[微笑][强][',
  '(((((((((((',
  '\\d+(?=a*)*$',
  'null',
]

const words = [
  ...[
    '签到',
    '签到 1',
    '签到 99',
    '签到 1234',
    '签到 张三',
    '请假',
    '请假 出差',
    '请假 1 病了',
    '#接龙',
    '接龙 1. 张三',
  ],
  ...[
    '补签',
    '补签 张三',
    '补签 新成员 李四',
    '更正',
    '更正 张三 迟到',
    '开课',
    '开课 夜校 20:00',
    '开课 明天14:00-15:30',
  ],
  ...['下课', '下课 2', '取消课程', '签到情况', '签到表', '启用签到码', '停用签到码', '签到码'],
  ...[
    '绑定本群',
    '解绑本群',
    '本群状态',
    '认领',
    '认领 000000',
    '申请组织者',
    '申请审核人',
    '同意 1',
    '不同意',
    '同意',
  ],
  ...[
    '取消组织者 陈姐',
    '取消审核人',
    '组织者名单',
    '登录',
    '帮助',
    '推送列表',
    '预览推送',
    '预览推送 1',
    '立即推送',
  ],
  ...['确认推送 1', '取消推送', '推送情况', '推送情况 999999', '2', '选1', '完整答案', '详细'],
  ...[
    '高企怎么报',
    '科小',
    '补贴',
    '请问',
    '研发费用加计扣除比例多少？',
    '创业补贴多少钱？另外怎么报',
    '在吗',
    '谢谢',
  ],
]

const giants = [
  'a',
  '一',
  '百万',
  '<',
  '<title>',
  '@',
  '@小创 ',
  ' ',
  '\n',
  '（',
  '？',
  '👍',
  '9',
  '&#x41;',
  '签到 ',
  '「',
  '. ',
].map(repeated)

const bit = fc.oneof(
  { arbitrary: fc.constantFrom(...words), weight: 6 },
  { arbitrary: fc.constantFrom(...nasty), weight: 5 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }), weight: 1 },
  {
    arbitrary: fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map(c => String.fromCharCode(c)),
      maxLength: 20,
    }),
    weight: 1,
  },
)

/** Texts of a hostile member or a broken gateway. */
export const hostileText = fc.oneof(
  { arbitrary: fc.constantFrom(...words), weight: 20 },
  { arbitrary: fc.array(bit, { minLength: 1, maxLength: 4 }).map(bits => bits.join('')), weight: 40 },
  { arbitrary: fc.array(bit, { minLength: 2, maxLength: 4 }).map(bits => bits.join(' ')), weight: 38 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '签到 ', '请假 ', '开课 ', '取消组织者 ', '@小创 ', '补签 '),
        fc.constantFrom(...giants),
      )
      .map(([before, giant]) => before + giant),
    weight: 2,
  },
)

/** Ids and names, as hostile as texts but shorter. */
export const hostileName = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 60 }))

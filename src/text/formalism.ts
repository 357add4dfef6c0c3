/** Patterns that a message in a work group must not hold, each with the rule's own short name. */
const patterns: readonly (readonly [string, RegExp])[] = [
  [
    '点名没到的人',
    /(?:缺席|缺勤|旷课|未到|没到|未签到|没签到|未参加|没来)(?:的?(?:人员|同志|成员|名单|有)|名单)[^\n]{0,6}[:：]\s*[^\s—–-]/u,
  ],
  [
    '点名没回应的人',
    /(?:未|没有?)(?:回复|回应|接龙|填报|填写|转发|投票|完成)(?:的?(?:人员|同志|成员|名单|有)|名单)[^\n]{0,6}[:：]\s*[^\s—–-]/u,
  ],
  ['人的排名', /(?:出勤|签到|学习|积分|活跃|个人|成员)[^\n]{0,4}(?:排名|排行|榜单|倒数|末位)/u],
  ['积分', /(?:签到|学习|出勤|答题)[^\n]{0,6}(?:积\d|加\d+分|得\d+分|积分)/u],
  ['强制打卡', /(?:必须|务必|一律|限时)[^。；\n]{0,12}(?:打卡|截图|留痕|接龙|点赞|转发|回复收到)/u],
  ['通报批评', /通报批评|点名批评|全群通报/u],
]

/** @returns what in a group message is formalism by the state's rules for work groups; none where nothing is */
export function formalismIn(text: string): string[] {
  return patterns.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)
}

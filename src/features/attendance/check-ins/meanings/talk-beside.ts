const minutes = '(?:[\\d一二两三四五六七八九十几半]{1,3}分钟)'
const room = '(?:腾讯会议|钉钉会议|视频会议|会议室|会场|直播间|教室|课堂|现场|线上|线下|位子|位置|座位|位)'
const cameLate = '(?:来晚|来迟|迟到|晚到)'

/** Longer words first where one begins another. */
const harmless = [
  // Greetings and courtesy
  '(?:各位|大家|老师|领导|你|您)们?好',
  '不好意思|对不起|抱歉|打扰了?|谢谢老师|谢谢|感谢老师|感谢|老师辛苦了?|辛苦了?|收到|好的|已阅|加油|支持|期待|报告',
  '祝?(?:大家|各位|老师们?)?(?:周末|节日|新年|春节|中秋|国庆|假期)(?:愉快|快乐)|老师讲[得的](?:很|真|太|非常)?好|多谢(?:指导)?',
  '(?:请|麻烦)?(?:记录|登记|记一下|登记一下)(?:一下)?|请?多多?关照|新人|新来的',
  '(?:党员|学员)(?:签到|打卡|报到)',
  // Arrival, in a room or online
  `(?:进(?:入|到|了)?|接入)会议|(?:坐?在|坐|进(?:入|到|了)?|到达?|抵达|接入|来到|赶到|回到)?了?${room}(?:里面?|内|中)?`,
  `(?:第[一1]个?)?(?:到达|抵达|赶到|来了|入场|进场|进来|进去|进门|就位|就座|入座|坐下|坐好|坐定|下车|停好车|车停好|连上|接入|上线|参会|参加|到会|到场|到课|到)`,
  '(?:前来|来)?学习中?|认真听|(?:第[一1]次|首次)(?:来|参加)?|正?在?(?:听课中?|听着)|在听|在线|远程',
  '坐?在?(?:最?[前中后]面?[一二三几]?|第[一二三四五六七八九十\\d]{1,2})排|坐在?(?:最?[前中后]面|角落|靠[窗门墙])',
  // Lateness of a person who has come
  `${cameLate}了${minutes}|${cameLate}[一两二三几1-3]分钟|${cameLate}`,
  '(?:路上|高架上?|有点|太)*堵车?了?(?=.*(?:[刚才已赶]|终于|总算)到)',
  // Reasons why a person who is there sends the word late
  '没网|断网|没信号|网络?(?:太?卡|不好|不行|太?差|断了?)|掉线|忘[了记]?(?:发|签到|打卡|签)?|[没才]?看[到见](?:消息|通知|信息|群)?|没注意|手机没电',
  // Particles and fillers
  '刚才|刚刚|刚|才|终于|总算|已经|已|也|又|现在|今天|今晚|有点|稍微|实在|一直|先|本人|自己|我|俺|人',
  '[了啦咯喽哈哦噢呀啊哒嘞]',
]
const harmlessWords = new RegExp(harmless.join('|'), 'gu')
const placeLead = /^(?:我|俺|本人)?(?:人)?(?:已经|已|刚)*(?:坐?在|到达?|来自|是)?了?/u

/**
 * Whether words beside a sign-in leave it the sender's own: every one of them is known to say nothing of another
 * person, another time or another place.
 * @param clauses folded, without marks and without the sign-in
 * @param isPlace whether a word is a place of the sender or of the lesson
 */
export function isHarmlessTalk(clauses: readonly string[], isPlace: (word: string) => boolean): boolean {
  const rest = clauses.filter(one => !isPlace(one.replace(placeLead, '').replace(/[了啦]$/u, '')))
  return rest.join('').replaceAll(harmlessWords, '') === ''
}

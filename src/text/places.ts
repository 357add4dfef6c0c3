/** Provinces with their cities; names that are also common words stand with 市 or 州 only. */
const cities: Record<string, string> = {
  北京: '中关村 海淀 朝阳区 亦庄 丰台 通州区 顺义',
  上海: '浦东 徐汇 闵行 张江 杨浦 松江 嘉定',
  天津: '滨海新区',
  重庆: '两江新区 渝北 渝中 万州',
  河北: '石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安',
  山西: '太原 大同市 阳泉 长治市 晋城 朔州 晋中 运城 忻州 临汾 吕梁',
  内蒙古: '呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 锡林郭勒',
  辽宁: '沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳市 葫芦岛',
  吉林: '长春 四平 辽源 通化 白山市 松原 白城 延边',
  黑龙江: '哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化',
  江苏: '南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 兴化 张家港',
  浙江: '杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 余杭',
  安徽: '合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城',
  福建: '福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 平潭 晋江 石狮 南安市',
  江西: '南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶',
  山东: '济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽',
  河南: '郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店',
  湖北: '武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江',
  湖南: '长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西',
  广东: '广州 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮',
  广西: '南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾市 崇左',
  海南: '海口 三亚 三沙 儋州 琼海',
  四川: '成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山',
  贵州: '贵阳 六盘水 遵义 安顺 毕节 铜仁 黔东南 黔南 黔西南',
  云南: '昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆',
  西藏: '拉萨 日喀则 昌都 林芝 山南 那曲 阿里地区 藏区',
  陕西: '西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康市 商洛',
  甘肃: '兰州 嘉峪关 金昌 白银市 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南',
  青海: '西宁 海东市 海北州 海西州 玉树',
  宁夏: '银川 石嘴山 吴忠 固原 中卫',
  新疆: '乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 喀什 和田市 伊犁 石河子',
  香港: '',
  澳门: '',
  台湾: '台北 高雄 台中市',
}

/** The districts and counties of Fuzhou, whose policies are their own. */
const ofFuzhou = '台江 鼓楼区 仓山 晋安 马尾 长乐 福清 闽侯 连江 罗源 闽清 永泰'

const above = new Map<string, string>()
for (const [province, names] of Object.entries(cities)) {
  above.set(province, '')
  for (const name of names.split(' ').filter(Boolean)) above.set(name, province)
}
for (const name of ofFuzhou.split(' ')) above.set(name, '福州')
/** By first character, longest first: most characters begin no place. */
const byFirst = new Map<string, string[]>()
for (const name of [...above.keys()].sort((a, b) => b.length - a.length)) {
  byFirst.set(name.charAt(0), [...(byFirst.get(name.charAt(0)) ?? []), name])
}

/** The places of China that a folded text names, each once, in order: provinces, cities, Fuzhou's districts. */
export function placesIn(folded: string): string[] {
  const found = new Set<string>()
  for (let at = 0; at < folded.length; at++) {
    const name = byFirst.get(folded.charAt(at))?.find(name => folded.startsWith(name, at))
    if (name === undefined) continue
    found.add(name)
    at += name.length - 1
  }
  return [...found]
}

/** True where one place lies in the other or both are the same: 福州 and 福建, not 福州 and 厦门. */
export function isAlongside(one: string, other: string): boolean {
  return chainOf(one).includes(other) || chainOf(other).includes(one)
}

function chainOf(place: string): string[] {
  const chain: string[] = []
  for (let at: string | undefined = place; at; at = above.get(at)) chain.push(at)
  return chain
}

/** Words behind a place that is only where a partner, a road, a head office or the way here is. */
const besideAfter =
  /^(?:[市省]?的?(?:客户|供应商|合作|朋友|同学|亲戚|户口|户籍|籍)|[东西南北中]?[路街道巷]|[^，,。？?]{0,8}(?:转|迁|搬|挪)(?:到|来|回|进))/u
/** And before it: 「跟杭州」「从南平」「总部在深圳」「搬去厦门」; a number makes 「七成都是」 no city. */
const besideBefore =
  /(?:[跟和与同]|给了?|从|由|总部(?:设)?在|母公司在|户口在|户籍在|老家(?:是|在)?|(?:搬|迁|转|挪)(?:去|到|往|至)?|卖到|发往)$/u

/** Without the place at its end, in which the next one lies: 「搬去泉州」 of 「搬去泉州晋江」. */
function withoutPlace(before: string): string {
  const place = placesIn(before).find(name => before.endsWith(name))
  return place === undefined ? before : before.slice(0, -place.length)
}

/**
 * Whether a folded text asks about one of these places, and does not only name it by the way: a partner's town, a
 * road, where one comes from or moves to.
 */
export function asksOfElsewhere(folded: string, places: readonly string[]): boolean {
  return places.some(place => {
    const at = folded.indexOf(place)
    const [before, after] = [withoutPlace(folded.slice(0, at)), folded.slice(at + place.length)]
    if (place === '成都' && /[\d一二三四五六七八九几]$/u.test(before)) return false
    return !besideBefore.test(before) && !besideAfter.test(after)
  })
}

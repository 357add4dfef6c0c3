/** Notices as sites publish them, as many as wanted, no two of them one: for measuring only. */

const places = [
  '福州市',
  '厦门市',
  '泉州市',
  '台江区',
  '鼓楼区',
  '仓山区',
  '马尾区',
  '晋安区',
  '福清市',
  '长乐区',
]
const offices = ['科技局', '工信局', '人社局', '市场监管局', '财政局', '商务局', '发改委']
const things = [
  '研发投入',
  '专利转化',
  '技术改造',
  '数字化转型',
  '人才引进',
  '孵化器建设',
  '融资贴息',
  '出口信保',
  '绿色制造',
  '标准制定',
]
const verbs = ['奖补', '贴息', '认定', '后补助', '专项资金', '示范', '试点', '培育']
const clauses = [
  '申报单位应当在本市注册，具有独立法人资格，信用记录良好',
  '申报材料应当真实、完整、有效，不得弄虚作假',
  '同一项目不得重复申报，已获得市级以上财政资金支持的不再支持',
  '主管部门对申报材料进行审核，必要时组织现场核查',
  '专项资金应当专款专用，接受财政和审计部门的监督检查',
  '项目实施期满后三个月内应当申请验收',
]

/** The same numbers every time. */
function random(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export function benchNotice(n: number) {
  const next = random(n)
  const pick = <T>(all: readonly T[]) => all[Math.floor(next() * all.length)] as T
  const office = pick(places) + pick(offices)
  const thing = pick(things) + pick(things) + pick(verbs)
  const title = `${office}关于组织申报2026年度${thing}（第${n}号项目）的通知`
  const own = Array.from(
    { length: 12 },
    () =>
      `${pick(things)}不少于${Math.floor(next() * 9000) + 1000}万元的，给予${Math.floor(next() * 90) + 10}万元${pick(verbs)}`,
  )
  const text = [
    `榕科〔2026〕${n}号`,
    '各县（市）区主管部门，各有关单位：',
    `为落实${office}工作部署，现就${thing}申报工作通知如下。`,
    ...clauses.filter(() => next() < 0.6).map(clause => `${clause}。`),
    ...own.map(clause => `${clause}。`),
    `请企业于12月${(n % 28) + 1}日前登录系统提交申请，逾期不予受理。`,
    `${office}`,
  ].join('\n')
  return { title, text }
}

import { placesIn } from '../../../../text/places.ts'

/** Words that end in a post: 「项目经理」, 「安全员」. */
const post =
  /(?:经理|主[任管]|书记|委员|总监|顾问|[高总]工|工程师|会计师?|律师|教授|讲师|老师|师傅|专[员家]|助理|[店站厂校院所处科局部会队组班]长|理事|监事|董事|总裁|出纳|[文技安全质检资料统计驾驶施工研究管理]员|经办|设计师|架构师|分析师|经济师|审计师|医师)$/u

export const isPost = (words: string) => post.test(words)

/** 「宁德」, 「连江县」. */
export const isTown = (words: string) =>
  placesIn(words).some(place => [place, `${place}市`, `${place}县`, `${place}区`].includes(words))

/** Behind a family name it is part of the post: 「陈常务副主任」, 「李项目经理」. */
const kindOfPost =
  /(?:副|总|常务|执行|第一|党?支部?|党委|党总支|部门|项目|产品|区域|大区|客户|销售|市场|技术|财务|行政|运营|人事|人力|业务|品牌|研发|分管|办公室?|创意|艺术|名誉|荣誉|大学|客座|师傅|[大小老])+$/u
export const withoutKindOfPost = (words: string) => words.replace(kindOfPost, '')

/** Words that end as places, offices and companies do, not as names. */
const nameOfPlace =
  /(?:支部|空间|大厦|公司|企业|集团|工作室|研究院|孵化器|基地|工场|[区楼层组座街路镇园部馆省市县村])$/u
export const isPlaceName = (words: string) => nameOfPlace.test(words) || isTown(words)

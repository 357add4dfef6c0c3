/** The letters of a name may stand apart: 「文　　号」. */
const spread = (names: string) => names.replaceAll(/(?<=\p{Script=Han})(?=\p{Script=Han}|\/)/gu, '\\s*')

/** One of the first names, then one of the second: 「发文」 and 「单位」. */
const paired = (first: string, second: string) => `(?:${spread(first)})\\s*(?:${spread(second)})`

/** Acts of an office that publishes a text; those of an applicant or of an auditor are none. */
const acts =
  '发文|发布|发稿|公布|公开|颁布|制定|制订|制发|印发|签发|起草|拟稿|解读|编写|编制|编印|汇编|整理|供稿|撰稿|提供|信息提供|稿件提供|出台|公告|回复|答复|答疑|出品|责任|公开责任|所属|信息发布|政策发布|文件发布|信息公开|政策解读|文字整理'
const kinds = '单位|机关|机构|部门|主体|方'

/** Names of the fields that the head of a document or of its page has, as parts of patterns over folded text. */
export const labelNames = {
  issuer: [
    paired(acts, kinds),
    spread('团体名称|发布团体|归口单位'),
    spread(
      '整理|文字整理|供稿|撰稿|编写|编制|主编|制作|出品|编印|发布|信息来源|文章来源|稿件来源|内容来源|稿源|来源',
    ),
  ].join('|'),
  number: [
    paired('文件|公文|标准|制度|规程|文档|发文|发布|政策|备注/', '文号|编号|字号|标准号'),
    spread('文号|文件号|发文号|标准号|编号'),
  ].join('|'),
  signed: paired(
    '成文|生成|公文生成|形成|发文|签发|制发|印发|签署|公文|文件|颁布|制定|批准|编制',
    '日期|时间',
  ),
  published: [
    paired('发布|公布|公开|更新|上网|上传|录入|发表|发稿|解读|推送|刊发|刊登|回复|答复', '日期|时间|日'),
    spread('日期|时间'),
  ].join('|'),
  title: spread(
    '标题|文件名称|名称|信息名称|文件标题|公文标题|信息标题|公文名称|政策名称|规章名称|标准名称|制度名称',
  ),
  other: spread(
    '索引号|内容概述|内容摘要|主题分类|主题词|有效性|效力状态|文件状态|政策状态|公文种类|体裁分类|组配分类|信息类别|信息分类|服务对象分类|生命周期|浏览次数|点击数?|阅读次数|作者|责任编辑|编辑|公开方式|公开范围|公开形式|字体|关键词|生效日期|失效日期|废止日期|实施日期|施行日期|执行日期|时效性|公开类别|公开属性|公开期限|公开依据|文件类型|文件种类|所属栏目|信息索引号?|统一编号|浏览量|阅读量|访问量|点击[量率]|浏览|阅读|发布人|发布者|责编|分类',
  ),
} as const

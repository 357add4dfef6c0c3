import { doubleFamilyNames, familyNames } from './family-names.ts'
import { usualIn } from './usual-words.ts'

const families = [...familyNames].filter(name => name.length === 1).join('')
const person = `(?:(?:${doubleFamilyNames.join('|')}|[${families}])\\p{Script=Han}{1,2}|\\p{Script=Han}{2,6}[·•‧]\\p{Script=Han}{2,8})`
const titles =
  '老师|同志|先生|女士|小姐|教授|博士(?!后)|院士|书记|主任|科长|处长|局长|区长|市长|镇长|所长|院长|校长|会长|秘书长|经理|总经理|董事长|主席|律师'
const labels = [
  // Contacts, and who handled or wrote a paper.
  '联\\s*[系络]\\s*人|咨询人|经办(?:人员?)?|承办人|联络[人员]|受理人员?|[负责]责人|[签会][发签]人|审核人|拟稿人',
  '申请人|收[件款]人|(?:法定)?代表人|法人代表',
  // People at an event or in a group.
  '主讲(?:人|嘉宾|老师)?|讲师|嘉宾|主持(?:人)?|记录(?:人)?|副?组长|副?主任|成员|委员|专家|评委|导师',
  '(?:人员|个人|选手|学员)名单|出席|列席|参加|请假|缺席|姓\\s*名|获奖[人者]',
].join('|')

const labelled = new RegExp(
  `((?:${labels})(?:人员|名单)?(?:及电话)?\\s*[:：]\\s*)([^。；;|\\n]{1,120})`,
  'gu',
)
const alone = new RegExp(
  `^(.*(?:局|委|办|厅|会|院|部|处|中心|公司|学校|大学|街道|区|企业|空间))?(${person}|[小老阿][${families}](?=$))(?=$|${titles})`,
  'u',
)
/** The same without a colon: 「负责人林晓」, 「评审专家为张伟、李娜」. */
const beside = new RegExp(
  `((?:联系人|咨询人|经办人|承办人|联络[人员]|负责人|主讲人?|主持人|评审专家|评委|专家|代表人)(?:为|是|\\s)?)(${person}(?:、${person}){0,40})(?=$|[，,。；;、（()）\\s\\d]|电话|手机|同志|老师)`,
  'gu',
)
/** 「由林晓负责受理」, 「与林晓联系」. */
const acting = new RegExp(
  `((?:由|与|向|跟|和))(${person})(?=负责|办理|受理|主讲|审核|联系|咨询|对接|领取)`,
  'gu',
)
/** 「张伟、李娜同志」, 「张伟等3人」. */
const listed = new RegExp(
  `(${person}(?:[、\\s]{1,9}${person}){0,40})(?=\\s*(?:同志|等\\s*\\d+\\s*[人名位]))`,
  'gu',
)
/** 「电话：87654321（林晓）」. */
const behindPhone = new RegExp(`(\\d{7,8}\\s*[（(]\\s*)(${person})(?=\\s*[）)])`, 'gu')
const signed =
  /^((?:代)?(?:[市省州区县局厅部院]\s*长|主\s*[任席])\s+)(\p{Script=Han}(?:\s*\p{Script=Han}){1,3})$/u
const titled = new RegExp(`(${person})(?=${titles})`, 'gu')
const familyOnly = new RegExp(`(?<![\\p{Script=Han}])([${families}])(?=${titles})`, 'gu')
const phoned = new RegExp(
  `(?<!\\p{Script=Han})(${person})(?=[，,、（(:：\\s]{0,3}(?:(?:联系|办公)?(?:电话|手机|座机)|1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8}))`,
  'gu',
)
const chosen = new RegExp(
  `(授予|表彰|任命|免去|聘任|聘请|推选|选举|增补|同意)(${person}(?:、${person}){0,40})(?=等|为|同志|荣誉|的职务|担任)`,
  'gu',
)
const asked = new RegExp(`((?:问|找|联系|咨询|致电))(${person})(?=$|[，。；,;\\s（(]|办理|盖章|确认)`, 'gu')
const words = new Intl.Segmenter('zh', { granularity: 'word' })
/** 「谢谢老师」「管事的老师」 */
const isWord = (name: string) =>
  name[0] === name[1] ||
  /[的了和等有是]/u.test(name) ||
  /^(?:关于|由于|于是|应当|应该|经过|时任|相应)/u.test(name)
const beginsWord = (said: string, at: number) => words.segment(said).containing(at)?.index === at
const isInDictionary = (name: string) => [...words.segment(name)].length === 1 && name.length > 1

/** They end the name of an office or a place, and no name. */
const notPerson = /[局委办厅会院部处区县市镇乡站所组队社司行校业]$/u
/** Behind a verb a word is likelier than a name: 「由申请人负责」, 「与金融机构联系」. */
const notActing = /[人方员者家户商们]$|^..[科股室]$/u
/** One character of the name stands apart: 「林  晓」. */
const apart = new RegExp(
  `(?<!\\p{Script=Han})([${families}])[ \\u3000]{1,4}(\\p{Script=Han})(?!\\p{Script=Han})`,
  'gu',
)

/**
 * Makes a function for texts of offices that replaces only what is said to be a person: behind 「联系人：」, before
 * 「同志」, beside a phone number. Other words stay, however much they look like a name (万众创新, 单张合同).
 * @param usualTexts texts that name no person: what stands in them is no name
 */
export function createNamedPersonMask(usualTexts: Iterable<string>): (text: string) => string {
  const usual = usualIn(usualTexts)
  const masked = (name: string) => (notPerson.test(name) || usual.has(name) ? name : '某某')

  /** Where no colon says that a name comes, a word of the dictionary is none. */
  const maskedWeakly = (name: string) => (notActing.test(name) || isInDictionary(name) ? name : masked(name))
  const eachMasked = (names: string) =>
    names
      .split(/([、\s]+)/u)
      .map((piece, at) => (at % 2 === 0 ? maskedWeakly(piece) : piece))
      .join('')

  const inList = (list: string) =>
    list
      .replace(apart, '$1$2')
      .split(/([、，,\s（）()]+|[:：])/u)
      .map(piece =>
        piece.replace(alone, (_, before: string = '', name: string) => `${before}${masked(name)}`),
      )
      .join('')

  return text =>
    text
      .replace(labelled, (_, label: string, list: string) => `${label}${inList(list)}`)
      .replace(beside, (_, label: string, names: string) => `${label}${eachMasked(names)}`)
      .replace(acting, (_, verb: string, name: string) => `${verb}${maskedWeakly(name)}`)
      .replace(behindPhone, (_, phone: string, name: string) => `${phone}${maskedWeakly(name)}`)
      .replace(signed, (_, post: string) => `${post}某某`)
      .replace(
        chosen,
        (_, verb: string, names: string) => `${verb}${names.split('、').map(masked).join('、')}`,
      )
      .replace(listed, (names: string, _: string, at: number, said: string) =>
        beginsWord(said, at) ? eachMasked(names) : names,
      )
      .replace(titled, (name: string, _: string, at: number, said: string) =>
        isWord(name) || !beginsWord(said, at) ? name : masked(name),
      )
      .replace(familyOnly, '某')
      .replace(phoned, masked)
      .replace(asked, (_, verb: string, name: string) => `${verb}${masked(name)}`)
}

/**
 * Masks the cells below 「姓名」 and 「联系人」 in a table whose rows are paragraphs with cells parted by 「 | 」.
 * @param rows texts in their order; those that are no rows end a table
 */
export function maskNameColumns(rows: readonly string[]): string[] {
  let columns: number[] = []
  return rows.map(row => {
    const cells = row.split(' | ')
    if (cells.length === 1) columns = []
    const named = cells.flatMap((cell, at) => (nameColumn.test(cell.replaceAll(/\s/gu, '')) ? [at] : []))
    if (named.length > 0) {
      columns = named
      return row
    }
    return cells.map((cell, at) => (columns.includes(at) && nameCell.test(cell) ? '某某' : cell)).join(' | ')
  })
}

const nameColumn = /^(?:姓名|联[系络]人|负责人|项目负责人|法定代表人|专家|导师|评委|成员)$/u
const nameCell = /^\p{Script=Han}{1,6}(?:[·•‧\s]\p{Script=Han}{1,8})?$/u

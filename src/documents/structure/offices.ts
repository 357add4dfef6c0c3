import { foldCharacters } from '../../text/characters.ts'

const endings =
  '局|厅|部|委|委员会|办|办公室|政府|会|院|中心|集团|公司|处|科|所|站|社|学校|大学|学院|党委|党组|支部|工委|组|指挥部|法院|检察院|银行|分行|支行|联合会|协会|总队|支队|大队|海关|园区|开发区|管委会|税务局|街道|镇|区|总局|署|联盟|馆|台|庭|司|基地|平台|俱乐部|工场|工坊|创客空间|科技园|产业园|创业园|孵化器|众创空间|室'
const office = new RegExp(
  `^\\p{Script=Han}[\\p{Script=Han}()·、]{1,38}(?:${endings})(?:\\([^()]{1,12}\\))?$`,
  'u',
)
const notOffice =
  /^(?:附件|抄送|主送|各|第|本|联系)|关于|的(?:通知|函)|办法|印发|申请|证书|通知|(?:全|内|外|干|局|中|东|西|南|北)部$/u

/** The offices that a line names, and nothing else; empty where it says anything more. */
export function officesIn(line: string): string[] {
  const pieces = foldCharacters(line)
    .trim()
    .replace(/\s*\((?:盖\s*章|公\s*章|印章|章)\)$/u, '')
    .split(/[\s|]+/u)
  const names = pieces.every(piece => [...piece].length === 1) ? [pieces.join('')] : pieces
  const areOffices = names.every(name => office.test(name) && !notOffice.test(name))
  return areOffices ? names.map(plainOffice).flatMap(parted) : []
}

const placeEnd = /^(.{1,8}?[省市县区])/u
/** 「甲市科技局甲市财政局」 of a file that has lost the spaces: the second begins with a place that the first names. */
function parted(name: string): string[] {
  for (const { index } of name.matchAll(/(?<=[局厅委会部府院心司])\p{Script=Han}/gu)) {
    const [first, second] = [name.slice(0, index), name.slice(index)]
    const [, place] = placeEnd.exec(second) ?? []
    if (place && place.length > 2 && first.includes(place) && office.test(first) && office.test(second))
      return [first, ...parted(second)]
  }
  return [name]
}

/** A body of an association, which is no office of its own. */
const ofMembers = /^(?:会员|理事|常务|监事|职工|股东|党员|代表)/u

/**
 * An office before a verb in one line: 「某某协会　发布」 on a standard, and who passed a rule, whose session is left out:
 * 「闽东省人民代表大会常务委员会」 of 「闽东省第十三届人民代表大会常务委员会第五次会议通过」.
 */
export function officeActing(text: string): string[] {
  const passed =
    /日(?:经|由)?(\p{Script=Han}{4,40}?)第[\d一二三四五六七八九十百]+次.{0,8}会议.{0,6}(?:通过|批准)/u.exec(
      foldCharacters(text),
    )?.[1]
  const issued = /日\s*(\p{Script=Han}{4,40}?)(?:印发|发布|公布|制定)(?=[,;)]|$)/u.exec(
    foldCharacters(text),
  )?.[1]
  const published = officePublishing(text)
  return published.length > 0 ? published : officesOf(passed ?? issued)
}

/** The office in 「某某协会　发布」 and 「某某中心编印」, which are lines of their own. */
export const officePublishing = (text: string): string[] =>
  officesOf(
    /(?:^|\|)([^|。,;:]{4,60}?)\s*(?:联合)?(?:发\s*布|批准|印发|制定|监制|编制|编写|编印|印制|汇编|主编|编|制)\s*$/u.exec(
      foldCharacters(text).trim(),
    )?.[1],
  )

function officesOf(said = ''): string[] {
  const name = said.trim().replace(/第[\d一二三四五六七八九十百]+届/u, '')
  return ofMembers.test(name) ? [] : officesIn(name)
}

/** With the brackets of Chinese text. */
export const plainOffice = (name: string) =>
  foldCharacters(name).replaceAll(/\s/gu, '').replaceAll('(', '（').replaceAll(')', '）')

/** The lines of a title as one: 「甲局 乙局关于……的通知」 keeps the space between its offices and no other. */
export function joinedTitle(lines: readonly string[]): string {
  const pieces = lines.flatMap(line => line.trim().split(/(?<=[^\w])\s+|\s+(?=[^\w])/u))
  return pieces.reduce((title, piece, at) => {
    const before = pieces[at - 1] ?? ''
    return `${title}${officesIn(before).length > 0 && beginsWithOffice.test(piece) ? ' ' : ''}${piece}`
  }, '')
}

const beginsWithOffice =
  /^(?!关于|印发|支持|公布|第)\p{Script=Han}[\p{Script=Han}（）()]{2,30}?(?:局|厅|部|委员会|政府|公司|银行|协会|联合会|中心|办公室|法院|检察院|学院|大学|集团|基金会|委|办(?![法理事])|会(?![费议员]))/u

/** Parts the offices with which a title begins, where the file has lost the spaces between them. */
export function withSpacedOffices(title: string, offices: readonly string[]): string {
  const found: string[] = []
  let rest = title
  for (;;) {
    const next = offices.find(office => rest.startsWith(office))
    if (!next) break
    found.push(next)
    rest = rest.slice(next.length).trimStart()
  }
  return found.length > 1 ? `${found.join(' ')}${rest}` : title
}

/** 「某某局关于……的公告」, 「某某协会章程」; of several offices in one word none is told. */
export function officeOfTitle(title: string): string[] {
  const name =
    /^(.{4,40}?)(?:关于.*|章程|(?:20\d{2}|二[〇○零][一二三四五六七八九〇○零]{2})年.*|印发《.*)$/u.exec(
      title,
    )?.[1] ?? ''
  const areSeveral = /(?:(?<!总)局|[厅会室府心部])\p{Script=Han}{1,8}[省市县区](?!域)/u.test(name)
  return areSeveral ? [] : officesIn(name)
}

/** Whether a name is one of a section within an office: 「政策法规科」, which puts a page on the site of its office. */
export const isSection = (name: string): boolean => /^\p{Script=Han}{2,9}[科股处室]$/u.test(name)

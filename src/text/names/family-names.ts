/** Family names of two characters, and the commonest of one, but for those that are mostly other words (和, 于, 时). */
export const doubleFamilyNames = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '皇甫',
  '夏侯',
  '慕容',
  '令狐',
  '尉迟',
  '公孙',
  '司徒',
  '端木',
]
export const familyNames = new Set([
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤柯温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柴霍凌项涂游阙蓝池连卓官饶翁缪卞戚娄屈鲍裴穆萧骆辛管祁纪',
  ...doubleFamilyNames,
])

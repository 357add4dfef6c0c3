/** Columns of a row that are read: no list has more. */
export const mostColumns = 200
/** UTF-16 units of a cell that are read: Excel keeps no more. */
export const longestCell = 32_767
